import { describe, expect, it } from 'vitest';

import { english } from './locale';
import { say } from './say';

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
