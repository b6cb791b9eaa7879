import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

import { flaw, pieces } from './src/invitation/placeholders';

/** The table that the program's own tests read. */
const TABLE = '../src-tauri/crates/domain/src/invitation/templates.json';
const templates = JSON.parse(readFileSync(resolve(import.meta.dirname, TABLE), 'utf8')) as [
  string,
  [string, string][],
][];

describe('a template', () => {
  it.each(templates)('is read as the program reads it: %s', (template, expected) => {
    const found = pieces(template).map(({ text, placeholder }) => [
      placeholder === undefined ? 'text' : (placeholder ?? 'flawed'),
      text,
    ]);
    expect(found).toEqual(expected);
  });

  it('is whole when its pieces are put together', () => {
    for (const [template] of templates) {
      expect(
        pieces(template)
          .map(({ text }) => text)
          .join(''),
      ).toBe(template);
    }
  });

  it('is told what is wrong in words of ours, whatever is written', () => {
    const flawed = templates
      .flatMap(([template]) => pieces(template))
      .filter(({ placeholder }) => placeholder === null);
    expect(flawed.length).toBeGreaterThan(10);
    for (const piece of flawed) {
      expect(flaw(piece)).toMatch(/isn’t (a placeholder\. Insert|complete\. A placeholder)/);
    }
  });
});
