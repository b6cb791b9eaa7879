import type { PermissionFound } from "./PermissionFound";
import type { StageFound } from "./StageFound";

export type LeverAccount = { permissions: Array<PermissionFound>, confidential: boolean, stages: Array<StageFound>, };
