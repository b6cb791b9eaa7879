import type { Counts } from '../bindings/Counts';
import type { Section } from '../bindings/Section';
import type { PlainWord } from '../say';

/** A part of the list. Two of them show the one or the other end of the same section. */
export type Group = Section | 'interviews';

/** When the interviews of a part are. */
export type Sub = 'live' | 'today' | 'later';

export const SUB_WORDS = {
  live: 'section-live',
  today: 'section-today',
  later: 'section-later',
} as const satisfies Record<Sub, PlainWord>;

/** From the top: what asks for the person first, what is done last. */
export const GROUPS = [
  'alreadyThere',
  'needsYou',
  'toSend',
  'waiting',
  'interviews',
  'upcoming',
  'finished',
] as const satisfies readonly Group[];

/** What each is called. */
export const GROUP_WORDS = {
  alreadyThere: 'section-already-in-stage',
  needsYou: 'section-needs-decision',
  toSend: 'section-ready-to-send',
  waiting: 'section-in-progress',
  interviews: 'section-interviews',
  upcoming: 'section-link-copied',
  finished: 'section-ended',
  setAside: 'section-skipped',
} as const satisfies Record<Group, PlainWord>;

/** How many of those whose interview ended are shown until someone asks for the rest. */
export const ENDED_AT_FIRST = 3;

/** Whose list a part shows. */
export function sectionOf(group: Group): Section {
  return group === 'interviews' ? 'upcoming' : group;
}

/** Where in that list it begins: those with an interview stand before the others. */
export function startOf(group: Group, counts: Counts): number {
  return group === 'upcoming' ? counts.interviews : 0;
}

/** How many are in a part. */
export function countOf(group: Group, counts: Counts): number {
  return group === 'upcoming' ? counts.upcoming - counts.interviews : counts[group];
}

/** How many interviews are when, in the order in which they stand in the list. */
export function interviewsIn({ live, today, interviews }: Counts): [Sub, number][] {
  return [
    ['live', live],
    ['today', today],
    ['later', interviews - live - today],
  ];
}
