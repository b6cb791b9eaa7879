import { say } from '../say';

/** What to call a candidate within a sentence: not everyone's name is known. */
export function nameWithin(name: string): string {
  return name === '' ? say('name-missing-within') : name;
}
