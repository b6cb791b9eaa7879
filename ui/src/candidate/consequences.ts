/** What each action does to candidate, pad and quota, before it is done. */
import type { Action } from '../bindings/Action';
import type { ActionKind } from '../bindings/ActionKind';
import type { DuplicatePad } from '../bindings/DuplicatePad';
import type { PadRow } from '../bindings/PadRow';
import type { QuotaLeft } from '../bindings/QuotaLeft';
import { nameWithin } from './name';
import { say } from '../say';

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
  const who = nameWithin(row.name);
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
  switch (kind) {
    case 'checkAgain':
      return [plain({ kind }, say('action-check-again'), say('action-check-again.effect'))];
    case 'useLink':
      return [plain({ kind }, say('action-use-link'), say('action-use-link.effect'))];
    case 'makeNow':
      return [plain({ kind }, say('action-create'), creation(who, quota?.remaining ?? null))];
    case 'hold':
      return [plain({ kind }, say('action-hold'), say('action-hold.effect', { who }))];
    case 'skip':
      return [plain({ kind }, say('action-skip'), say('action-skip.effect', { who }))];
    case 'markSent': {
      const sent = row.section === 'toSend';
      return [
        sent
          ? plain({ kind, sent }, say('action-mark-sent'), say('action-mark-sent.effect', { who }))
          : plain(
              { kind, sent },
              say('action-mark-not-sent'),
              say('action-mark-not-sent.effect', { who }),
            ),
      ];
    }
    case 'makeAnother':
      return [another({ kind }, who)];
    case 'removeTag':
      return [untagging({ kind }, who)];
    case 'addTag':
      return [plain({ kind }, say('action-add-tag'), say('action-add-tag.effect', { who }))];
    case 'undo':
      return [undoing({ kind }, who)];
    case 'markCopied':
    case 'seePad':
    case 'deleteDuplicate':
      return [];
  }
}

function creation(who: string, left: number | null): string {
  // An account with overages may have none left and still get one.
  return left === null || left === 0
    ? say('action-create.effect', { who })
    : say('action-create.effect-of', { who, count: left });
}

function plain(action: Action, label: string, effect: string): Offer {
  return { id: action.kind, action, label, effect, ask: null };
}

function another(action: Action, who: string): Offer {
  const label = say('action-create-another');
  return {
    ...plain(action, label, say('action-create-another.effect')),
    ask: {
      question: say('action-create-another.question', { who }),
      consequences: [
        say('action-create-another.may-exist'),
        say('action-create-another.check-first', { who }),
      ],
      doIt: label,
    },
  };
}

function untagging(action: Action, who: string): Offer {
  const label = say('action-remove-tag');
  return {
    ...plain(action, label, say('action-remove-tag.effect')),
    ask: {
      question: say('action-remove-tag.question', { who }),
      consequences: [
        say('action-remove-tag.for-everyone', { who }),
        say('action-remove-tag.stays'),
      ],
      doIt: label,
    },
  };
}

function undoing(action: Action, who: string): Offer {
  return {
    ...plain(action, say('action-delete-pad'), say('action-delete-pad.effect')),
    ask: {
      question: say('action-delete-pad.question', { who }),
      consequences: forGood(say('action-delete-pad.stops', { who })),
      doIt: say('action-delete-pad.confirm'),
    },
  };
}

function deletion({ id, link }: DuplicatePad, who: string): Offer {
  return {
    id: `deleteDuplicate ${id}`,
    action: { kind: 'deleteDuplicate', pad: id },
    label: say('action-delete-extra', { pad: id }),
    effect: say('action-delete-extra.effect'),
    ask: {
      question: say('action-delete-extra.question', { who, pad: id }),
      consequences: forGood(say('action-delete-extra.stops', { link })),
      doIt: say('action-delete-pad.confirm'),
    },
  };
}

/** What deleting any pad means, after what it does to this one. */
function forGood(stops: string): string[] {
  return [stops, say('action-delete-pad.plan'), say('action-delete-pad.final')];
}
