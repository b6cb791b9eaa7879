/** What a person reads, from the catalogue of Padwatch's sentences. */
import messages, { type Pattern } from 'virtual:words';

import type { Words } from './bindings/Words';
import { LOCALE, number } from './locale';

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
const plurals = new Intl.PluralRules(LOCALE);

/** What is written from right to left, or turns the direction. */
const OTHER_DIRECTION = /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;

/** The message of that key, with what it is given filled in. */
export function say<K extends Word>(key: K, ...[given]: Given<K>): string {
  const said = written(messages[key], isolated(given ?? {}));
  return accent?.whole(said) ?? said;
}

/** Says everything in a language of the tests. */
export function speakWith(other: Accent): void {
  accent = other;
}

type Facts = Record<string, string | number>;
type Element = Exclude<Pattern, string>[number];

/** A message in words, of what the window's messages are made of: a test says that it is no more. */
function written(pattern: Pattern, facts: Facts): string {
  const elements = typeof pattern === 'string' ? [pattern] : pattern;
  return elements.map((element) => part(element, facts)).join('');
}

function part(element: Element, facts: Facts): string {
  if (typeof element === 'string') {
    return accent?.text(element) ?? element;
  }
  if (element.type !== 'select') {
    const value = valueOf(element, facts);
    return typeof value === 'number' ? number(value) : value;
  }
  const { selector, variants, star } = element;
  const value = valueOf(selector, facts);
  const kind = typeof value === 'number' ? plurals.select(value) : value;
  const chosen = variants.find(({ key }) => key.value === value || key.value === kind);
  return written((chosen ?? variants[star])?.value ?? '', facts);
}

function valueOf(element: Element, facts: Facts): string | number {
  if (typeof element === 'string') {
    return element;
  }
  switch (element.type) {
    case 'var':
      return facts[element.name] ?? '';
    case 'str':
    case 'num':
      return element.value;
    default:
      return '';
  }
}

/** Keeps what is written in the other direction from moving the words around it. */
function isolated(given: Facts): Facts {
  const entries = Object.entries(given).map(([name, value]): [string, string | number] => [
    name,
    typeof value === 'string' && OTHER_DIRECTION.test(value) ? `\u2068${value}\u2069` : value,
  ]);
  return Object.fromEntries(entries);
}
