import type { Condition } from "./Condition";
import type { Counts } from "./Counts";
import type { PadRow } from "./PadRow";
import type { Progress } from "./Progress";
import type { QuotaLeft } from "./QuotaLeft";
import type { WhoMakes } from "./WhoMakes";

export type Snapshot = { revision: number, condition: Condition, lastCheckedMs: number | null, counts: Counts, newest: Array<PadRow>, needsYou: Array<PadRow>, finished: Array<PadRow>, quota: QuotaLeft | null, whoMakes: WhoMakes, progress: Progress | null, };
