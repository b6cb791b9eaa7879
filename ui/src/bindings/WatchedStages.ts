import type { StageId } from "./StageId";

export type WatchedStages = { "by": "name", "value": string } | { "by": "ids", "value": Array<StageId> };
