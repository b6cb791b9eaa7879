export type Section = "needsYou" | "toSend" | "waiting" | "upcoming" | "finished" | "alreadyThere" | "setAside";
