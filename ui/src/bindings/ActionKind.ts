export type ActionKind = "markCopied" | "markSent" | "makeNow" | "skip" | "checkAgain" | "seePad" | "makeAnother" | "undo" | "deleteDuplicate" | "removeTag";
