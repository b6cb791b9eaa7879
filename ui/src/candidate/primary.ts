/** The one thing that most likely is to be done with a candidate. */
import type { PadRow } from '../bindings/PadRow';
import type { PlainWord, Word } from '../say';

export type Primary = 'copy' | 'playback' | 'decide' | 'create' | 'undo';

/** What its button says: on the screen, and to those who don't see the row around it. */
export const PRIMARY_WORDS = {
  copy: { label: 'row-copy', inFull: 'row-copy.for' },
  playback: { label: 'row-playback', inFull: 'row-playback.for' },
  decide: { label: 'row-decide', inFull: 'row-decide.for' },
  create: { label: 'row-create', inFull: 'row-create.for' },
} as const satisfies Record<Exclude<Primary, 'undo'>, { label: PlainWord; inFull: Word }>;

/** Whether candidates can join the pad: a link that leads nowhere is not handed out. */
export function isOpen(row: PadRow): boolean {
  return row.pad !== null && row.actions.includes('markCopied');
}

/** What a row's button and the Enter key do; `null`: nothing but looking. */
export function primaryOf(row: PadRow): Exclude<Primary, 'undo'> | null {
  switch (row.section) {
    case 'needsYou':
      return 'decide';
    case 'toSend':
    case 'upcoming':
      return isOpen(row) ? 'copy' : null;
    case 'finished':
      return row.pad === null ? null : 'playback';
    case 'waiting':
    case 'alreadyThere':
    case 'setAside':
      return row.actions.includes('makeNow') ? 'create' : null;
  }
}
