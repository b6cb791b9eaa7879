import { FluentBundle } from '@fluent/bundle';
import messages, { type Pattern } from 'virtual:words';
import { describe, expect, it } from 'vitest';

import { LOCALE, english } from './locale';
import { type PlainWord, say } from './say';

describe('what is said', () => {
  it('comes from the catalogue, with what it is given', () => {
    expect(say('list-empty')).toBe('No candidates yet');
    expect(say('action-hold.effect', { who: 'Ada' })).toMatch(/^Won’t create a pad for Ada until/);
  });

  it('counts as the language does', () => {
    expect(say('unit-pads', { count: 1 })).toBe('pad');
    expect(say('unit-pads', { count: 0 })).toBe('pads');
    expect(say('code-more', { count: 1234 })).toMatch(/^Show 1.?234 more$/);
  });

  it('keeps a name that is written from the right in its place', () => {
    expect(say('row-copy.for', { who: 'נועה לוי' })).toBe('Copy link for \u2068נועה לוי\u2069');
    expect(say('row-copy.for', { who: 'Ada' })).toBe('Copy link for Ada');
  });
});

describe('every message', () => {
  const bundle = new FluentBundle(LOCALE, { useIsolating: false });
  // In a test they are an array of all, and a key is a place in it.
  const all = [...(messages as unknown as Pattern[]).entries()];

  it('is read as Fluent’s own library reads it', () => {
    for (const [place, pattern] of all) {
      const text = JSON.stringify(pattern);
      if (text.includes('"type":"func"')) {
        continue;
      }
      const names = [...text.matchAll(/"type":"var","name":"(\w+)"/g)].map(
        ([, name]) => name ?? '',
      );
      for (const value of [0, 1, 2, 1234567, 'none', 'Ada', '']) {
        const given = Object.fromEntries(names.map((name) => [name, value]));
        const said = (say as (key: PlainWord, given: object) => string)(place as never, given);
        expect(said).toBe(bundle.formatPattern(pattern, given, []));
      }
    }
    expect(all.length).toBeGreaterThan(1_000);
  });
});

describe('the conventions', () => {
  it.each([
    ['de-DE', 'en-DE'],
    ['de', 'en-DE'],
    ['en-GB', 'en-GB'],
    ['en-US-u-va-posix', 'en-US'],
    ['pt-BR', 'en-BR'],
  ])('of a system in %s are those of %s', (system, expected) => {
    expect(english(system)).toBe(expected);
  });

  it('keep the words English', () => {
    const november = new Date(2026, 10, 18, 14, 30);
    const written = new Intl.DateTimeFormat(english('de-DE'), {
      dateStyle: 'long',
      timeStyle: 'short',
    }).format(november);
    expect(written).toMatch(/^18 November 2026.* 14:30$/);
  });
});
