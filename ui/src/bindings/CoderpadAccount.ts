export type CoderpadAccount = { owner: string | null, organization: string | null, padsLeft: number | null, padsUsed: number, };
