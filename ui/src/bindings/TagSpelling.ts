export type TagSpelling = { text: string, count: number, };
