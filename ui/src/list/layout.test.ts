import { describe, expect, it } from 'vitest';

import {
  HEADING_HEIGHT,
  type Part,
  ROW_HEIGHT,
  layOut,
  moved,
  rowsBetween,
  slotsBetween,
  topOf,
} from './layout';

const part = (section: Part['section'], count: number, folded = false): Part => ({
  section,
  count,
  folded,
});

describe('the layout of the list', () => {
  it('gives an empty part no room, and a folded one only its heading', () => {
    const layout = layOut([part('needsYou', 0), part('toSend', 2), part('setAside', 9, true)]);
    expect(layout.parts.map((laid) => laid.part.section)).toEqual(['toSend', 'setAside']);
    expect(layout.height).toBe(2 * HEADING_HEIGHT + 2 * ROW_HEIGHT);
    expect(layout.slots).toBe(4);
  });

  it('draws only what is in view, whatever the length', () => {
    const layout = layOut([part('finished', 10_000)]);
    const middle = HEADING_HEIGHT + 5000 * ROW_HEIGHT;
    const slots = slotsBetween(layout, middle, middle + 10 * ROW_HEIGHT);
    expect(slots).toHaveLength(10);
    expect(slots[0]).toEqual({
      kind: 'row',
      part: 0,
      index: 5000,
      top: middle,
      number: 5002,
    });
  });

  it('numbers headings and rows in one count', () => {
    const layout = layOut([part('toSend', 1), part('upcoming', 1)]);
    expect(slotsBetween(layout, 0, layout.height).map((slot) => slot.number)).toEqual([1, 2, 3, 4]);
  });

  it('has no heading over what a search found', () => {
    const layout = layOut([part(null, 3)]);
    expect(slotsBetween(layout, 0, layout.height).every((slot) => slot.kind === 'row')).toBe(true);
    expect(topOf(layout, { part: 0, index: 2 })).toBe(2 * ROW_HEIGHT);
  });

  it('covers a row that is in view by a single px', () => {
    const [laid] = layOut([part(null, 5)]).parts;
    expect(laid && rowsBetween(laid, ROW_HEIGHT - 1, ROW_HEIGHT + 1)).toEqual({
      first: 0,
      last: 1,
    });
  });

  it('moves over headings and folded parts, and stops at both ends', () => {
    const layout = layOut([part('toSend', 2), part('waiting', 4, true), part('upcoming', 1)]);
    expect(moved(layout, null, 1)).toEqual({ part: 0, index: 0 });
    expect(moved(layout, { part: 0, index: 1 }, 1)).toEqual({ part: 2, index: 0 });
    expect(moved(layout, { part: 2, index: 0 }, 1)).toEqual({ part: 2, index: 0 });
    expect(moved(layout, { part: 2, index: 0 }, -Infinity)).toEqual({ part: 0, index: 0 });
    expect(moved(layout, null, Infinity)).toEqual({ part: 2, index: 0 });
    expect(moved(layOut([]), null, 1)).toBeNull();
  });
});
