import type { PadChoice } from "./PadChoice";
import type { PostingId } from "./PostingId";

export type PadSettings = { standard: PadChoice, byPosting: { [key in PostingId]?: PadChoice }, };
