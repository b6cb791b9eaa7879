/** What is said of those who are chosen together. */
import type { PlainWord } from '../say';
import type { Choosable } from '../state/place.svelte';

interface ChoiceWords {
  title: PlainWord;
  lead: PlainWord;
  none: PlainWord;
}

export const CHOICE_WORDS = {
  alreadyThere: {
    title: 'choose-already',
    lead: 'choose-already.lead',
    none: 'choose-already-none',
  },
  needsYou: { title: 'choose-bulk', lead: 'choose-bulk.lead', none: 'choose-bulk-none' },
} as const satisfies Record<Choosable, ChoiceWords>;
