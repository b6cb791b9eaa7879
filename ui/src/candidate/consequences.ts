/** What each action does to candidate, pad and quota, before it is done. */
import type { Action } from '../bindings/Action';
import type { ActionKind } from '../bindings/ActionKind';
import type { DuplicatePad } from '../bindings/DuplicatePad';
import type { PadRow } from '../bindings/PadRow';
import type { QuotaLeft } from '../bindings/QuotaLeft';
import { words } from '../words';

/** An action as it is offered. */
export interface Offer {
  /** Distinguishes offers of the same kind. */
  id: string;
  action: Action;
  label: string;
  /** What it will do, in a sentence. */
  effect: string;
  /** Set when it can't be undone: what is asked before, and all that will happen. */
  ask: { question: string; consequences: string[]; doIt: string } | null;
}

/** The actions that a candidate's state allows, in the order in which one would think of them. */
export function offersFor(row: PadRow, quota: QuotaLeft | null): Offer[] {
  const who = row.name === '' ? words.nameless : row.name;
  const simple = ORDER.filter((kind) => row.actions.includes(kind)).flatMap((kind) =>
    offer(kind, row, who, quota),
  );
  const extra = row.actions.includes('deleteDuplicate')
    ? row.duplicates.filter((pad) => pad.ours).map((pad) => deletion(pad, who))
    : [];
  return [...simple, ...extra];
}

// Copying has its own button, and a pasted link its own field.
const ORDER: readonly ActionKind[] = [
  'checkAgain',
  'useLink',
  'makeNow',
  'hold',
  'skip',
  'markSent',
  'makeAnother',
  'removeTag',
  'addTag',
  'undo',
];

function offer(kind: ActionKind, row: PadRow, who: string, quota: QuotaLeft | null): Offer[] {
  const say = words.actions;
  switch (kind) {
    case 'checkAgain':
      return [plain({ kind }, say.checkAgain.label, say.checkAgain.effect)];
    case 'useLink':
      return [plain({ kind }, say.useLink.label, say.useLink.effect)];
    case 'makeNow':
      return [
        plain({ kind }, say.makeNow.label, say.makeNow.effect(who, quota?.remaining ?? null)),
      ];
    case 'hold':
      return [plain({ kind }, say.hold.label, say.hold.effect(who))];
    case 'skip':
      return [plain({ kind }, say.skip.label, say.skip.effect(who))];
    case 'markSent': {
      const sent = row.section === 'toSend';
      const text = sent ? say.markSent : say.markNotSent;
      return [plain({ kind, sent }, text.label, text.effect)];
    }
    case 'makeAnother':
      return [grave({ kind }, say.makeAnother, who)];
    case 'removeTag':
      return [grave({ kind }, say.removeTag, who)];
    case 'addTag':
      return [plain({ kind }, say.addTag.label, say.addTag.effect(who))];
    case 'undo':
      return [grave({ kind }, say.undo, who)];
    case 'markCopied':
    case 'seePad':
    case 'deleteDuplicate':
      return [];
  }
}

function deletion(pad: DuplicatePad, who: string): Offer {
  const say = words.actions.deleteDuplicate;
  return {
    id: `deleteDuplicate ${pad.id}`,
    action: { kind: 'deleteDuplicate', pad: pad.id },
    label: say.label(pad.id),
    effect: say.effect,
    ask: {
      question: say.question(who, pad.id),
      consequences: say.consequences(pad.link),
      doIt: say.doIt,
    },
  };
}

function plain(action: Action, label: string, effect: string): Offer {
  return { id: action.kind, action, label, effect, ask: null };
}

interface GraveWords {
  label: string;
  effect: string;
  question: (who: string) => string;
  consequences: (who: string) => string[];
  doIt: string;
}

function grave(action: Action, say: GraveWords, who: string): Offer {
  return {
    id: action.kind,
    action,
    label: say.label,
    effect: say.effect,
    ask: { question: say.question(who), consequences: say.consequences(who), doIt: say.doIt },
  };
}
