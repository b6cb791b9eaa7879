/**
 * What the window remembers from one time to the next. It is a program of its own each time, so this
 * is kept by the web view.
 */
import type { Group } from '../list/sections';

interface Remembered {
  /** Which parts of the list are folded. */
  folded: Group[];
  /** Whether all whose interview ended are shown. */
  allEnded: boolean;
  /** How far the list was scrolled, in px. */
  scrolled: number;
  /** The candidate who was selected. */
  selected: string | null;
  /** How large everything is. */
  zoom: number;
}

const NAME = 'padwatch';

/** What was remembered; what never was is not there. */
export function remembered(): Partial<Remembered> {
  try {
    return (JSON.parse(localStorage.getItem(NAME) ?? '{}') ?? {}) as Partial<Remembered>;
  } catch {
    // Where nothing can be kept, or something else wrote: the window opens as for the first time.
    return {};
  }
}

export function remember(what: Partial<Remembered>): void {
  try {
    localStorage.setItem(NAME, JSON.stringify({ ...remembered(), ...what }));
  } catch {
    // A full or forbidden store costs the place in the list, no more.
  }
}
