import { describe, expect, it } from 'vitest';

import { initialsOf } from './name';

describe('the initials of a name', () => {
  it.each([
    ['Ada Almeida', 'AA'],
    ['zofia maria von Kowalska', 'ZK'],
    ['O’Brien', 'O'],
    ['Jean-Luc', 'J'],
    ['李小龍', '李'],
    ['محمد عبد الأنصاري', 'ما'],
    ['<img src=x>', 'IX'],
    ['', '·'],
    ['🎉', '·'],
  ])('of “%s” are %s', (name, initials) => {
    expect(initialsOf(name).replaceAll('\u200c', '')).toBe(initials);
  });
});
