/**
 * Code in pieces, each with what it is: a keyword, a text, a number, a remark. What nothing is known
 * of is one piece. The pieces put together are the code. It is a reading aid, no compiler: what most
 * languages share is told apart, by families.
 */
export type Kind = 'kwd' | 'str' | 'num' | 'cmnt';

export interface Piece {
  text: string;
  kind: Kind | undefined;
}

/** Longer code is shown in one colour: each piece is an element of the page. */
const LONGEST = 100_000;

const HASH = /#.*/.source;
const SLASHES = /\/\/.*|\/\*[^]*?(?:\*\/|$)/.source;
const DASHES = /--.*|\/\*[^]*?(?:\*\/|$)/.source;
/** Texts over several lines first; one that isn't closed ends with its line. */
const TEXT = /"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?/.source;
const BACKTICKS = /`(?:\\.|[^`\\])*`?/.source;
const NUMBER = /\b\d[\w.]*/.source;

const SHARED = 'break case continue default do else for if in return switch while true false';
const OBJECTS =
  'abstract as async await catch class const enum extends final finally implements import instanceof interface is let new null override package private protected public static super this throw throws try type var void with yield';

/** CoderPad's names for languages, and the usual ends of file names. Near relatives share one. */
const FAMILIES: readonly (readonly [names: string, remarks: string, keywords: string])[] = [
  ['bash sh zsh', HASH, 'done elif esac export fi function local read set then until'],
  [
    'c cpp objc h hpp cc cxx m go gin rust rs',
    SLASHES,
    'auto bool char chan const crate defer delete double enum extern float fn fallthrough func go goto impl include int interface let long loop map match mod move mut namespace new nil nullptr package pub range select self short signed sizeof static struct template trait type typedef union unsigned use using var virtual void where',
  ],
  [
    'java spring kotlin kt kts scala csharp cs dart js jsx mjs cjs javascript node nodejs react coffeescript ts tsx typescript angular nextjs json',
    SLASHES,
    `${OBJECTS} boolean byte char data declare def delete double export float from fun function get int keyof long namespace number object of readonly sealed set short string struct trait typeof undefined using val when where`,
  ],
  [
    'py python python3 django ruby rb rails',
    HASH,
    `and as assert async await begin class def del elif elsif end ensure except False finally from global import is lambda module None nonlocal not nil or pass raise rescue self then True try unless until with yield`,
  ],
  [
    'sql mysql postgresql',
    DASHES,
    'all alter and as asc between by create delete desc distinct drop exists from full group having inner insert into is join left like limit not null on or order outer primary key references right select set table then union update values view when where with',
  ],
];

const byName = new Map(
  FAMILIES.flatMap((family) => family[0].split(' ').map((name) => [name, family] as const)),
);

/** The end of a file's name says more than the language of the project that it is in. */
function familyOf(language: string, path: string): (typeof FAMILIES)[number] | undefined {
  const file = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const end = file.includes('.') ? file.slice(file.lastIndexOf('.') + 1) : '';
  return byName.get(end) ?? byName.get(language.toLowerCase().replace('multifile_', ''));
}

export function pieces(text: string, language: string, path: string): Piece[] {
  const family = text.length > LONGEST ? undefined : familyOf(language, path);
  if (family === undefined) {
    return text === '' ? [] : [{ text, kind: undefined }];
  }
  const [, remarks, keywords] = family;
  // In SQL, keywords are written in capitals as often as not.
  const flags = remarks === DASHES ? 'gi' : 'g';
  const words = `${SHARED} ${keywords}`.replaceAll(' ', '|');
  const told = new RegExp(
    `(?<cmnt>${remarks})|(?<str>${TEXT}|${BACKTICKS})|(?<num>${NUMBER})|\\b(?<kwd>${words})\\b`,
    flags,
  );
  const found: Piece[] = [];
  let at = 0;
  for (const { index, 0: whole, groups = {} } of text.matchAll(told)) {
    const kind = Object.keys(groups).find((each) => groups[each] !== undefined) as Kind;
    found.push({ text: text.slice(at, index), kind: undefined }, { text: whole, kind });
    at = index + whole.length;
  }
  found.push({ text: text.slice(at), kind: undefined });
  return found.filter((piece) => piece.text !== '');
}
