export type QuotaLeft = { remaining: number | null, overages: boolean, low: boolean, };
