export type PostingId = string;
