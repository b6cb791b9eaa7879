export type Whose = "everybody" | "mine";
