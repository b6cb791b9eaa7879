/** What a person reads, from the catalogue of Padwatch's sentences. */
import { FluentBundle } from '@fluent/bundle';
import messages from 'virtual:words';

import type { Words } from './bindings/Words';
import { LOCALE } from './locale';

/** The key of a message. In the running page its number stands in its place: see `catalogue.ts`. */
export type Word = keyof Words;

/** The key of a message that is given nothing. */
export type PlainWord = { [K in Word]: Words[K] extends null ? K : never }[Word];

type Given<K extends Word> = Words[K] extends null ? [] : [given: Words[K]];

/** How a language of the tests changes texts; English leaves them alone. */
export interface Accent {
  /** Changes what the catalogue itself has. */
  text: (text: string) => string;
  /** Changes the whole that is said. */
  whole: (text: string) => string;
}

let accent: Accent | null = null;
const bundle = new FluentBundle(LOCALE, {
  useIsolating: false,
  transform: (text) => accent?.text(text) ?? text,
});

/** What is written from right to left, or turns the direction. */
const OTHER_DIRECTION = /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;

/** The message of that key, with what it is given filled in. */
export function say<K extends Word>(key: K, ...[given]: Given<K>): string {
  const said = bundle.formatPattern(messages[key], isolated(given ?? {}), []);
  return accent?.whole(said) ?? said;
}

/** Says everything in a language of the tests. */
export function speakWith(other: Accent): void {
  accent = other;
}

/** Keeps what is written in the other direction from moving the words around it. */
function isolated(given: Record<string, string | number>): Record<string, string | number> {
  const entries = Object.entries(given).map(([name, value]): [string, string | number] => [
    name,
    typeof value === 'string' && OTHER_DIRECTION.test(value) ? `\u2068${value}\u2069` : value,
  ]);
  return Object.fromEntries(entries);
}
