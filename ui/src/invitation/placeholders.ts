/** What a template can name, and how it is written there. */
import type { Placeholder } from '../bindings/Placeholder';

const KEYS: Record<Placeholder, string> = {
  firstName: 'first_name',
  name: 'name',
  job: 'job',
  link: 'link',
  time: 'time',
  interviewers: 'interviewers',
  recruiter: 'recruiter',
};

export const PLACEHOLDERS = Object.keys(KEYS) as Placeholder[];

/** As it stands in a template. */
export function written(placeholder: Placeholder): string {
  return `{{ ${KEYS[placeholder]} }}`;
}
