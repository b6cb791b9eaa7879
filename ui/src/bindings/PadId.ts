export type PadId = string;
