import type { WatchedStages } from "./WatchedStages";
import type { Whose } from "./Whose";

export type WatchSettings = { tag: string, stages: WatchedStages, whose: Whose, everySeconds: number, };
