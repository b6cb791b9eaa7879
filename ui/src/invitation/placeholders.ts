/** What a template can name, and how it is written there. */
import type { Placeholder } from '../bindings/Placeholder';
import { type PlainWord, say } from '../say';

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

export const PLACEHOLDERS = Object.keys(PLACEHOLDER_WORDS) as Placeholder[];

/** A piece of a template. */
export interface Piece {
  text: string;
  /** What it means; `null`: it is meant as a placeholder, and isn't one. Text has none. */
  placeholder?: Placeholder | null;
  start: number;
}

/** A brace, and what goes with it. */
const IN_BRACES = /\{{1,2}([^{}\n]*)\}{0,2}|\}{1,2}/g;

/** As it stands in a template. */
export function written(placeholder: Placeholder): string {
  return `{${say(PLACEHOLDER_WORDS[placeholder])}}`;
}

/** A template in pieces, as the program reads it. */
export function pieces(template: string): Piece[] {
  const found: Piece[] = [];
  let start = 0;
  for (const match of template.matchAll(IN_BRACES)) {
    found.push({ text: template.slice(start, match.index), start });
    const [text, name = ''] = match;
    const complete = text.startsWith('{') && text.endsWith('}');
    const placeholder = (complete && called(name)) || null;
    found.push({ text, placeholder, start: match.index });
    start = match.index + text.length;
  }
  found.push({ text: template.slice(start), start });
  return found.filter(({ text }) => text !== '');
}

/** What is wrong with a piece that isn't a placeholder, in a sentence. */
export function flaw({ text }: Piece): string {
  const name = text.replace(/[{}]/g, '').trim();
  return name !== '' && text.startsWith('{') && text.endsWith('}')
    ? say('template-unknown', { name })
    : say('template-brace', { text: text.trim() });
}

/** Placeholders as they are said within a sentence. */
export function listed(placeholders: Placeholder[]): string {
  return placeholders.map((each) => say(PLACEHOLDER_WORDS[each]).toLowerCase()).join(', ');
}

function called(name: string): Placeholder | undefined {
  return PLACEHOLDERS.find(
    (each) =>
      folded(each) === folded(name) || folded(say(PLACEHOLDER_WORDS[each])) === folded(name),
  );
}

/** Case, spaces and underscores make no difference. */
function folded(name: string): string {
  return name.toLowerCase().replace(/[\s_]/g, '');
}
