import type { PadId } from "./PadId";

export type PadLinks = { id: PadId, link: string, playback: string, };
