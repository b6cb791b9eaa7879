import type { Section } from '../bindings/Section';

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

/** The parts that are folded until somebody opens them. */
export const FOLDED_AT_FIRST: readonly Section[] = ['alreadyThere', 'setAside'];
