import type { Section } from '../bindings/Section';
import type { PlainWord } from '../say';

/** The parts of the list from the top: what asks for the person first, what is done last. */
export const SECTIONS: readonly Section[] = [
  'needsYou',
  'toSend',
  'waiting',
  'upcoming',
  'finished',
  'alreadyThere',
  'setAside',
];

/** What each is called. */
export const SECTION_WORDS = {
  needsYou: 'section-needs-decision',
  toSend: 'section-ready-to-send',
  waiting: 'section-in-progress',
  upcoming: 'section-link-copied',
  finished: 'section-ended',
  alreadyThere: 'section-already-in-stage',
  setAside: 'section-skipped',
} as const satisfies Record<Section, PlainWord>;

/** The parts that are folded until someone opens them. */
export const FOLDED_AT_FIRST: readonly Section[] = ['alreadyThere', 'setAside'];
