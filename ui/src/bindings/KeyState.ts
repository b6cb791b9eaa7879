export type KeyState = { set: boolean, setOn: number | null, };
