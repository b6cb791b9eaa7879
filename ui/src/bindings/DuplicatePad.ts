import type { PadId } from "./PadId";

export type DuplicatePad = { id: PadId, link: string, ours: boolean, };
