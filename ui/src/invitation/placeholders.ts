/** What a template can name, and how it is written there. */
import type { Placeholder } from '../bindings/Placeholder';
import { type PlainWord, say } from '../say';

const KEYS: Record<Placeholder, string> = {
  firstName: 'first_name',
  name: 'name',
  job: 'job',
  link: 'link',
  time: 'time',
  interviewers: 'interviewers',
  recruiter: 'recruiter',
};

/** What it is called. */
export const PLACEHOLDER_WORDS = {
  firstName: 'placeholder-first-name',
  name: 'placeholder-name',
  job: 'placeholder-job',
  link: 'placeholder-link',
  time: 'placeholder-time',
  interviewers: 'placeholder-interviewers',
  recruiter: 'placeholder-recruiter',
} as const satisfies Record<Placeholder, PlainWord>;

export const PLACEHOLDERS = Object.keys(KEYS) as Placeholder[];

/** As it stands in a template. */
export function written(placeholder: Placeholder): string {
  return `{{ ${KEYS[placeholder]} }}`;
}

/** What an invitation lacks, in a sentence. */
export function lacking(missing: Placeholder[]): string {
  const names = missing.map((each) => say(PLACEHOLDER_WORDS[each]).toLowerCase());
  return say('invitation-missing', { what: names.join(', ') });
}
