import type { UserId } from "./UserId";

export type LeverUser = { id: UserId, name: string, email: string, role: string, };
