import { expect, it } from 'vitest';

import { fold } from './fold';

it.each([
  ['Zoë', 'zoe'],
  ['O’Neill', 'oneill'],
  ["O'Neill", 'oneill'],
  ['Søren', 'soren'],
  ['Łukasz', 'lukasz'],
  ['Groß', 'gross'],
  ['Ｚｏｅ', 'zoe'],
])('folds %s to %s', (text, folded) => {
  expect(fold(text)).toBe(folded);
});
