export type PermissionFound = { name: string, allowed: boolean | null, needed: boolean, };
