export type PauseFor = { "kind": "hour" } | { "kind": "until", untilMs: number, } | { "kind": "untilResumed" };
