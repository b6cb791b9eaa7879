import type { StageId } from "./StageId";

export type StageFound = { id: StageId, name: string, watched: boolean, };
