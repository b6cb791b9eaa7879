import { say } from '../say';

/** What to call a candidate within a sentence: not everyone's name is known. */
export function nameWithin(name: string): string {
  return name === '' ? say('name-missing-within') : name;
}

/** The first letters of the first and the last word of a name, for a disc; a dot if it has none. */
export function initialsOf(name: string): string {
  const letters = name.match(/(?<![\p{L}\p{M}\p{N}'’-])\p{L}/gu) ?? [];
  const last = letters.length > 1 ? letters.at(-1) : '';
  // Arabic letters would join.
  return [letters[0] ?? '·', last].join('\u200c').toUpperCase();
}
