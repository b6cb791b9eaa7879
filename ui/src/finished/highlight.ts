/**
 * Code in pieces, each with what it is: a keyword, a text, a comment. What nothing is known of is
 * one piece. The pieces put together are the code.
 */
import bash from '@speed-highlight/core/languages/bash.js';
import c from '@speed-highlight/core/languages/c.js';
import go from '@speed-highlight/core/languages/go.js';
import java from '@speed-highlight/core/languages/java.js';
import js from '@speed-highlight/core/languages/js.js';
import json from '@speed-highlight/core/languages/json.js';
import py from '@speed-highlight/core/languages/py.js';
import rs from '@speed-highlight/core/languages/rs.js';
import sql from '@speed-highlight/core/languages/sql.js';
import ts from '@speed-highlight/core/languages/ts.js';
import { type ShjLanguageData, type ShjToken, tokenizeWith } from '@speed-highlight/core/tokenize';

export interface Piece {
  text: string;
  kind: ShjToken | undefined;
}

/** Longer code is shown in one colour: each piece is an element of the page. */
const LONGEST = 100_000;

/** Those that other grammars embed, by the names by which they do. */
const languages = { bash, js, json, sql, ts } as Record<string, ShjLanguageData>;

/** CoderPad's names for languages, and the usual ends of file names. Near relatives share one. */
const GRAMMARS: readonly (readonly [grammar: unknown, names: string])[] = [
  [bash, 'bash sh zsh'],
  [c, 'c cpp objc h hpp cc cxx m'],
  [go, 'go gin'],
  [java, 'java spring kotlin kt kts scala csharp cs dart'],
  [js, 'js jsx mjs cjs javascript node nodejs react coffeescript'],
  [json, 'json'],
  [py, 'py python python3 django'],
  [rs, 'rust rs'],
  [sql, 'sql mysql postgresql'],
  [ts, 'ts tsx typescript angular nextjs'],
];

const byName = new Map(
  GRAMMARS.flatMap(([grammar, names]) =>
    // The library's own types don't agree with each other under `exactOptionalPropertyTypes`.
    names.split(' ').map((name) => [name, grammar as ShjLanguageData] as const),
  ),
);

/** The end of a file's name says more than the language of the project that it is in. */
function grammarOf(language: string, path: string): ShjLanguageData | undefined {
  const file = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const end = file.includes('.') ? file.slice(file.lastIndexOf('.') + 1) : '';
  return byName.get(end) ?? byName.get(language.toLowerCase().replace('multifile_', ''));
}

export function pieces(text: string, language: string, path: string): Piece[] {
  const grammar = text.length > LONGEST ? undefined : grammarOf(language, path);
  if (grammar === undefined) {
    return text === '' ? [] : [{ text, kind: undefined }];
  }
  const found: Piece[] = [];
  tokenizeWith(
    text,
    grammar,
    (part, kind) => {
      if (part !== '') {
        found.push({ text: part, kind });
      }
    },
    { languages },
  );
  return found;
}
