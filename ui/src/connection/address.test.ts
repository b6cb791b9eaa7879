import { expect, it } from 'vitest';

import { originOf } from './address';

it.each([
  ['https://pads.example.test/dashboard?tab=1#x', 'https://pads.example.test'],
  ['  pads.example.test/ ', 'https://pads.example.test'],
  ['http://127.0.0.1:4001', 'http://127.0.0.1:4001'],
  ['not an address', 'not an address'],
])('reads %j as %j', (typed, origin) => {
  expect(originOf(typed)).toBe(origin);
});
