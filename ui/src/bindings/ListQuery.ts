import type { Section } from "./Section";

export type ListQuery = { section: Section | null, search: string, offset: number, limit: number, };
