export type StageId = string;
