export type TimelineEntry = { atMs: number, what: string, why: string, trigger: string, };
