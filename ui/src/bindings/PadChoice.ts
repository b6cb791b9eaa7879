import type { QuestionId } from "./QuestionId";
import type { TeamId } from "./TeamId";

export type PadChoice = { language: string | null, question: QuestionId | null, team: TeamId | null, waitingRoom: boolean | null, execution: boolean | null, ownerEmail: string | null, };
