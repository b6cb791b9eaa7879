/** Which keys, with Ctrl or the command key of a Mac, mean something; `shortcuts.ts` does it. */
import { isUndoable } from './candidate/copy';
import type { Page } from './state/page';

export const KEYS: Record<string, string> = {
  k: 'actions',
  i: 'copyInvitation',
  o: 'openProfile',
  z: 'undo',
  f: 'search',
  ',': 'settings',
  w: 'close',
  '/': 'shortcuts',
  '+': 'larger',
  '=': 'larger',
  '-': 'smaller',
  '0': 'usualSize',
};

/** What belongs to the list and the candidate. */
const OF_LIST = 'kiozf';

/** The key, if it is one of them and means something here. */
export function keyOf(
  { key, ctrlKey, metaKey, altKey }: KeyboardEvent,
  { candidates, where: { place } }: Page,
  covered: boolean,
): string | null {
  const letter = key.toLowerCase();
  // With Alt, keys write other signs.
  if (!(ctrlKey || metaKey) || altKey || !(letter in KEYS)) {
    return null;
  }
  if (OF_LIST.includes(letter) && place.name !== 'list' && place.name !== 'candidate') {
    return null;
  }
  if (letter === 'f') {
    return covered ? null : letter;
  }
  // Otherwise it belongs to the text in a field.
  if (letter === 'z') {
    return isUndoable(candidates.copied) ? letter : null;
  }
  return letter === ',' && place.name === 'setUp' ? null : letter;
}
