import type { PadId } from "./PadId";

export type Action = { "kind": "markCopied" } | { "kind": "markSent", sent: boolean, } | { "kind": "makeNow" } | { "kind": "skip" } | { "kind": "checkAgain" } | { "kind": "seePad", link: string, } | { "kind": "makeAnother" } | { "kind": "undo" } | { "kind": "deleteDuplicate", pad: PadId, } | { "kind": "removeTag" };
