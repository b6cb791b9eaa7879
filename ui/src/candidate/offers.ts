/** What can be done with a candidate: what each action does, to whom, and what it costs. */
import type { Action } from '../bindings/Action';
import type { ActionKind } from '../bindings/ActionKind';
import type { Call } from '../bindings/Call';
import type { DuplicatePad } from '../bindings/DuplicatePad';
import type { Item } from '../parts/MenuDialog.svelte';
import type { PadRow } from '../bindings/PadRow';
import type { QuotaLeft } from '../bindings/QuotaLeft';
import type { Doing } from '../state/asking.svelte';
import type { Page } from '../state/page';
import { copyLink } from './copy';
import { nameWithin } from './name';
import { isOpen, primaryOf } from './primary';
import { type PlainWord, type Word, say } from '../say';

/** Something that can be done, as it is offered. */
export interface Offer extends Item {
  call: Call;
  /** What a screen reader says when it is done, where nothing else says it. */
  done?: string;
  /** Set when it can't be undone: what is asked before, and all that will happen. */
  ask?: { question: string; consequences: string[]; doIt: string; deletes?: boolean } | undefined;
}

/** Does it. What goes wrong is told by `doing`. Answers whether it was done. */
export async function take(page: Page, doing: Doing, row: PadRow, offer: Offer): Promise<boolean> {
  if (offer.id === 'copyLink') {
    return copyLink(page, row, doing);
  }
  const done = await doing.run(() => page.backend.ask(offer.call));
  if (done && offer.done) {
    page.announcer.say(offer.done);
  }
  if (done && offer.id === 'copyInvitation') {
    page.candidates.sayCopied(row);
  }
  return done;
}

/** What a candidate's state allows, in the order in which one would think of it. */
export function offersFor(row: PadRow, quota: QuotaLeft | null): Offer[] {
  const who = nameWithin(row.name);
  const kinds = Object.keys(TOLD) as Offered[];
  const simple = kinds
    .filter((kind) => row.actions.includes(kind))
    .map((kind) => offer(kind, row, who, quota));
  const extra = row.actions.includes('deleteDuplicate')
    ? row.duplicates.filter((pad) => pad.ours).map((pad) => deletion(row, pad, who))
    : [];
  return [...handovers(row, who), ...simple, ...extra];
}

/** The offer that is made first: it has the one button that stands out. */
export function firstOf(row: PadRow, offers: Offer[]): Offer | undefined {
  const primary = primaryOf(row);
  const wanted = [row.remark?.fix, ...(primary === null ? [] : FIRST[primary])];
  return wanted.flatMap((id) => offers.filter((each) => each.id === id))[0];
}

/** What the button of a row stands for here. */
const FIRST = {
  copy: ['copyLink'],
  playback: ['openPlayback'],
  create: ['makeNow'],
  decide: ['useLink', 'makeNow', 'checkAgain', 'skip'],
} as const;

/** What leads out of Padwatch: to the clipboard, or to a browser. */
function handovers(row: PadRow, who: string): Offer[] {
  const { opportunity } = row;
  const open = isOpen(row);
  const ended = row.pad !== null && row.section === 'finished';
  const simple = (
    id: 'copyLink' | 'openPlayback' | 'openPad' | 'openProfile',
    label: string,
  ): Offer => ({
    id,
    call: { kind: id, opportunity },
    label,
  });
  const offers: Offer[] = [];
  if (row.remark?.fix === 'copyMessage') {
    offers.push({
      id: 'copyMessage',
      call: { kind: 'copyMessage', opportunity },
      label: say('message-copy'),
      done: say('message-copy.done'),
    });
  }
  if (open) {
    const template = { kind: 'ofPosting' } as const;
    offers.push(simple('copyLink', say('row-copy')), {
      id: 'copyInvitation',
      call: { kind: 'copyInvitation', opportunity, template, withGaps: false },
      label: say('invitation-copy'),
      key: 'I',
      done: say('invitation-copied-for', { who }),
    });
  }
  if (ended) {
    offers.push(simple('openPlayback', say('row-playback')));
  }
  if (open || ended) {
    offers.push(simple('openPad', say('candidate-open-pad')));
  }
  if (row.profileUrl !== null) {
    offers.push({ ...simple('openProfile', say('open-in-lever')), key: 'O' });
  }
  return offers;
}

// A pasted link has a field of its own.
type Offered = Exclude<ActionKind, 'markCopied' | 'seePad' | 'deleteDuplicate'>;
type Told = readonly [label: PlainWord, effect: Word, done: Word];

/** What is said of each: on its button, of what it does, and once it is done. In this order. */
const TOLD: Record<Offered, Told> = {
  checkAgain: ['action-check-again', 'action-check-again.effect', 'action-check-again.done'],
  useLink: ['action-use-link', 'action-use-link.effect', 'action-use-link.done'],
  makeNow: ['action-create', 'action-create.effect', 'action-create.done'],
  hold: ['action-hold', 'action-hold.effect', 'action-hold.done'],
  skip: ['action-skip', 'action-skip.effect', 'action-skip.done'],
  markSent: ['action-mark-sent', 'action-mark-sent.effect', 'action-mark-sent.done'],
  makeAnother: ['action-create-another', 'action-create-another.effect', 'action-create.done'],
  addTag: ['action-add-tag', 'action-add-tag.effect', 'action-add-tag.done'],
  removeTag: ['action-remove-tag', 'action-remove-tag.effect', 'action-remove-tag.done'],
  keepPad: ['action-keep-pad', 'action-keep-pad.effect', 'action-keep-pad.done'],
  endPad: ['action-end-pad', 'action-end-pad.effect', 'action-end-pad.done'],
  undo: ['action-delete-pad', 'action-delete-pad.effect', 'action-delete-pad.done'],
};

const NOT_SENT: Told = [
  'action-mark-not-sent',
  'action-mark-not-sent.effect',
  'action-mark-not-sent.done',
];

function offer(kind: Offered, row: PadRow, who: string, quota: QuotaLeft | null): Offer {
  const sent = row.section === 'toSend';
  const action = kind === 'markSent' ? { kind, sent } : { kind };
  const [label, effect, done] = kind === 'markSent' && !sent ? NOT_SENT : TOLD[kind];
  // Those that are given nothing don't mind.
  const tell = say as (key: Word, given: { who: string }) => string;
  const ask = questionAbout(kind, who);
  return {
    id: kind,
    call: acting(row, action),
    label: say(label),
    effect: kind === 'makeNow' ? creation(who, quota?.remaining ?? null) : tell(effect, { who }),
    done: tell(done, { who }),
    ask,
    deletes: ask?.deletes,
  };
}

/** What is asked before something that can't be undone. */
function questionAbout(kind: Offered, who: string): Offer['ask'] {
  switch (kind) {
    case 'makeAnother':
      return {
        question: say('action-create-another.question', { who }),
        consequences: [
          say('action-create-another.may-exist'),
          say('action-create-another.check-first', { who }),
        ],
        doIt: say('action-create-another.confirm'),
      };
    case 'removeTag':
      return {
        question: say('action-remove-tag.question', { who }),
        consequences: [
          say('action-remove-tag.for-everyone', { who }),
          say('action-remove-tag.stays'),
        ],
        doIt: say('action-remove-tag.confirm'),
      };
    case 'endPad':
      return {
        question: say('action-end-pad.question', { who }),
        consequences: [say('action-end-pad.stops'), say('action-end-pad.final')],
        doIt: say('action-end-pad.confirm'),
      };
    case 'undo':
      return deleting(
        say('action-delete-pad.question', { who }),
        say('action-delete-pad.stops', { who }),
      );
    default:
      return undefined;
  }
}

function acting({ opportunity }: PadRow, action: Action): Call {
  return { kind: 'act', opportunity, action };
}

function creation(who: string, left: number | null): string {
  // An account with overages may have none left and still get one.
  return left === null || left === 0
    ? say('action-create.effect', { who })
    : say('action-create.effect-of', { who, count: left });
}

function deletion(row: PadRow, { id, link }: DuplicatePad, who: string): Offer {
  return {
    id: `deleteDuplicate ${id}`,
    call: acting(row, { kind: 'deleteDuplicate', pad: id }),
    label: say('action-delete-extra', { pad: id }),
    effect: say('action-delete-extra.effect'),
    done: say('action-delete-pad.done', { who }),
    ask: deleting(
      say('action-delete-extra.question', { who, pad: id }),
      say('action-delete-extra.stops', { link }),
    ),
    deletes: true,
  };
}

/** What deleting any pad means, after what it does to this one. */
function deleting(question: string, stops: string): Offer['ask'] {
  return {
    question,
    consequences: [stops, say('action-delete-pad.plan'), say('action-delete-pad.final')],
    doIt: say('action-delete-pad.confirm'),
    deletes: true,
  };
}
