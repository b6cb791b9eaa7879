/** The one thing that most likely is to be done with a candidate. */
import type { PadRow } from '../bindings/PadRow';

export type Primary = 'copy' | 'playback' | 'decide' | 'makeNow';

/** What a row's button and the Enter key do; `null`: nothing but looking. */
export function primaryOf(row: PadRow): Primary | null {
  switch (row.section) {
    case 'needsYou':
      return 'decide';
    case 'toSend':
    case 'upcoming':
      return row.pad === null ? null : 'copy';
    case 'finished':
      return row.pad === null ? null : 'playback';
    case 'waiting':
    case 'alreadyThere':
      return row.actions.includes('makeNow') ? 'makeNow' : null;
    case 'setAside':
      return row.pad === null ? null : 'copy';
  }
}
