import { describe, expect, it } from 'vitest';

import {
  HEADING_HEIGHT,
  type Part,
  ROW_HEIGHT,
  SUB_HEIGHT,
  layOut,
  moved,
  topOf,
  viewsBetween,
} from './layout';

const part = (group: Part['group'], count: number, folded = false): Part => ({
  group,
  headed: group === null ? null : count,
  count,
  shown: count,
  start: 0,
  folded,
});

describe('the layout of the list', () => {
  it('gives an empty part no room, and a folded one only its heading', () => {
    const layout = layOut([part('needsYou', 0), part('toSend', 2), part('setAside', 9, true)]);
    expect(layout.parts.map((laid) => laid.part.group)).toEqual(['toSend', 'setAside']);
    expect(layout.height).toBe(2 * HEADING_HEIGHT + 2 * ROW_HEIGHT);
    expect(layout.slots).toBe(4);
  });

  it('draws only what is in view, whatever the length', () => {
    const layout = layOut([part('finished', 10_000)]);
    const middle = HEADING_HEIGHT + 5000 * ROW_HEIGHT;
    const [view, ...others] = viewsBetween(layout, middle, middle + 10 * ROW_HEIGHT);
    expect(others).toEqual([]);
    expect(view?.heading).toBe(false);
    expect(view?.indexes).toEqual(Array.from({ length: 10 }, (_, at) => 5000 + at));
  });

  it('shows a few of a part whose rest is asked for', () => {
    const layout = layOut([{ ...part('finished', 9900), shown: 3 }, part('setAside', 1)]);
    expect(layout.parts.map(({ rows }) => rows)).toEqual([3, 1]);
    expect(moved(layout, { part: 0, index: 2 }, 1)).toEqual({ part: 1, index: 0 });
  });

  it('numbers headings and rows in one count', () => {
    const joined = { ...part('waiting', 2), headed: null };
    const layout = layOut([part('toSend', 1), joined, part('upcoming', 1)]);
    expect(layout.parts.map(({ number }) => number)).toEqual([1, 3, 5]);
    expect(layout.slots).toBe(6);
  });

  it('has no heading over what a search found', () => {
    const layout = layOut([part(null, 3)]);
    expect(viewsBetween(layout, 0, layout.height).map(({ heading }) => heading)).toEqual([false]);
    expect(topOf(layout, { part: 0, index: 2 })).toBe(2 * ROW_HEIGHT);
  });

  it('puts a quiet heading over some rows of a part, which folds with them', () => {
    const later = { ...part('interviews', 2), headed: null, sub: 'later' as const };
    const layout = layOut([{ ...part('interviews', 1), headed: 3, sub: 'live' }, later]);
    expect(layout.parts.map(({ rowsTop }) => rowsTop)).toEqual([
      HEADING_HEIGHT + SUB_HEIGHT,
      HEADING_HEIGHT + 2 * SUB_HEIGHT + ROW_HEIGHT,
    ]);
    expect(layout.parts.map(({ number }) => number)).toEqual([1, 3]);
    const folded = layOut(layout.parts.map((laid) => ({ ...laid.part, folded: true })));
    expect(folded.height).toBe(HEADING_HEIGHT);
  });

  it('covers a row of which a hair is in view', () => {
    const [view] = viewsBetween(layOut([part(null, 5)]), ROW_HEIGHT - 0.01, ROW_HEIGHT + 0.01);
    expect(view?.indexes).toEqual([0, 1]);
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
