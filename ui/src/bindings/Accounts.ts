import type { KeyState } from "./KeyState";
import type { Problem } from "./Problem";

export type Accounts = { lever: KeyState, coderpad: KeyState, keyring: Problem | null, sandbox: boolean, };
