import type { PadRow } from "./PadRow";

export type PadList = { rows: Array<PadRow>, total: number, };
