export type Progress = { what: string, done: number, of: number | null, };
