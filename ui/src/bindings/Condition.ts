import type { Problem } from "./Problem";

export type Condition = { "kind": "stopped", problem: Problem, } | { "kind": "paused", untilMs: number | null, } | { "kind": "setUp", problem: Problem, } | { "kind": "starting" } | { "kind": "offline", problem: Problem, } | { "kind": "hindered", problem: Problem, } | { "kind": "watching" };
