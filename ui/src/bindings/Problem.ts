import type { ProblemCode } from "./ProblemCode";

export type Problem = { code: ProblemCode, message: string, hint: string, };
