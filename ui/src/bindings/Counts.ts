export type Counts = { toSend: number, upcoming: number, finished: number, needsYou: number, alreadyThere: number, waiting: number, setAside: number, };
