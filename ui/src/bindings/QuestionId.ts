export type QuestionId = number;
