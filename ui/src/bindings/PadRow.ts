import type { ActionKind } from "./ActionKind";
import type { DuplicatePad } from "./DuplicatePad";
import type { OpportunityId } from "./OpportunityId";
import type { PadLinks } from "./PadLinks";
import type { Section } from "./Section";

export type PadRow = { opportunity: OpportunityId, name: string, posting: string, section: Section, state: string, reason: string, sinceMs: number, pad: PadLinks | null, profileUrl: string | null, copiedMs: number | null, onProfile: boolean, duplicates: Array<DuplicatePad>, actions: Array<ActionKind>, };
