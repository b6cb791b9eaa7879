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
import { say } from '../say';

/** Something that can be done, as it is offered. */
export interface Offer extends Item {
  call: Call;
  /** What a screen reader says when it is done, where nothing else says it. */
  done?: string;
  /** Set when it can't be undone: what is asked before, and all that will happen. */
  ask?: { question: string; consequences: string[]; doIt: string; deletes?: boolean };
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
  const simple = ORDER.filter((kind) => row.actions.includes(kind)).flatMap((kind) =>
    offer(kind, row, who, quota),
  );
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
const ORDER: readonly ActionKind[] = [
  'checkAgain',
  'useLink',
  'makeNow',
  'hold',
  'skip',
  'markSent',
  'makeAnother',
  'addTag',
  'removeTag',
  'undo',
];

function offer(kind: ActionKind, row: PadRow, who: string, quota: QuotaLeft | null): Offer[] {
  const made = (
    action: Action,
    label: string,
    effect: string,
    done: string,
    ask?: Offer['ask'],
  ): Offer[] => [{ id: kind, call: acting(row, action), label, effect, done, ...asking(ask) }];
  switch (kind) {
    case 'checkAgain':
      return made(
        { kind },
        say('action-check-again'),
        say('action-check-again.effect'),
        say('action-check-again.done'),
      );
    case 'useLink':
      return made(
        { kind },
        say('action-use-link'),
        say('action-use-link.effect'),
        say('action-use-link.done', { who }),
      );
    case 'makeNow':
      return made(
        { kind },
        say('action-create'),
        creation(who, quota?.remaining ?? null),
        say('action-create.done', { who }),
      );
    case 'hold':
      return made(
        { kind },
        say('action-hold'),
        say('action-hold.effect', { who }),
        say('action-hold.done', { who }),
      );
    case 'skip':
      return made(
        { kind },
        say('action-skip'),
        say('action-skip.effect', { who }),
        say('action-skip.done', { who }),
      );
    case 'markSent':
      return row.section === 'toSend'
        ? made(
            { kind, sent: true },
            say('action-mark-sent'),
            say('action-mark-sent.effect', { who }),
            say('action-mark-sent.done', { who }),
          )
        : made(
            { kind, sent: false },
            say('action-mark-not-sent'),
            say('action-mark-not-sent.effect', { who }),
            say('action-mark-not-sent.done', { who }),
          );
    case 'makeAnother': {
      return made(
        { kind },
        say('action-create-another'),
        say('action-create-another.effect'),
        say('action-create.done', { who }),
        {
          question: say('action-create-another.question', { who }),
          consequences: [
            say('action-create-another.may-exist'),
            say('action-create-another.check-first', { who }),
          ],
          doIt: say('action-create-another.confirm'),
        },
      );
    }
    case 'addTag':
      return made(
        { kind },
        say('action-add-tag'),
        say('action-add-tag.effect', { who }),
        say('action-add-tag.done', { who }),
      );
    case 'removeTag': {
      return made(
        { kind },
        say('action-remove-tag'),
        say('action-remove-tag.effect'),
        say('action-remove-tag.done', { who }),
        {
          question: say('action-remove-tag.question', { who }),
          consequences: [
            say('action-remove-tag.for-everyone', { who }),
            say('action-remove-tag.stays'),
          ],
          doIt: say('action-remove-tag.confirm'),
        },
      );
    }
    case 'undo':
      return made(
        { kind },
        say('action-delete-pad'),
        say('action-delete-pad.effect'),
        say('action-delete-pad.done', { who }),
        deleting(
          say('action-delete-pad.question', { who }),
          say('action-delete-pad.stops', { who }),
        ),
      );
    case 'markCopied':
    case 'seePad':
    case 'deleteDuplicate':
      return [];
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
    ...asking(
      deleting(
        say('action-delete-extra.question', { who, pad: id }),
        say('action-delete-extra.stops', { link }),
      ),
    ),
  };
}

/** What has to be asked before it is done. */
function asking(ask: Offer['ask']): Pick<Offer, 'ask' | 'deletes'> {
  return ask === undefined ? {} : { ask, deletes: ask.deletes === true };
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
