import type { PadRow } from "./PadRow";
import type { TimelineEntry } from "./TimelineEntry";

export type PadDetail = { row: PadRow, tags: Array<string>, stage: string, timeline: Array<TimelineEntry>, };
