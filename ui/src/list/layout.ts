/** Where everything in the list is, so that only what is in view is drawn. */
import type { Group, Sub } from './sections';

/** In rem, so that it grows with the letters. */
export const ROW_HEIGHT = 3.25;
/** In rem. */
export const HEADING_HEIGHT = 2;
/** Of the heading of some of a part's rows, in rem. */
export const SUB_HEIGHT = 1.5;

/** One part of the list, as it is to be laid out. */
export interface Part {
  /** `null`: what a search found. */
  group: Group | null;
  /** Of how many its heading tells; `null`: it has none of its own. */
  headed: number | null;
  /** What its rows have in common, in a quiet heading of their own. */
  sub?: Sub;
  count: number;
  /** How many of them are shown. */
  shown: number;
  /** Where its first row is in the list that it shows a part of. */
  start: number;
  folded: boolean;
}

export interface Laid {
  part: Part;
  /** Of the heading, in rem from the top of the list. */
  top: number;
  /** Of the first row. */
  rowsTop: number;
  /** How many rows are laid out. */
  rows: number;
  /** The number of the heading, or else of the first row, among all that is laid out. */
  number: number;
}

export interface Layout {
  parts: Laid[];
  /** In rem. */
  height: number;
  /** Headings and rows together. */
  slots: number;
}

/** A place in the list that a candidate can be at. */
export interface Position {
  /** Which part, counted in {@link Layout.parts}. */
  part: number;
  index: number;
}

/** What of a part is in view. */
export interface View {
  part: number;
  laid: Laid;
  /** Whether one of its headings is. */
  heading: boolean;
  /** The rows. */
  indexes: number[];
}

/** Lays the parts out one below the other; an empty part takes no room. */
export function layOut(parts: Part[]): Layout {
  const laid: Laid[] = [];
  let top = 0;
  let number = 1;
  for (const part of parts.filter((each) => each.count > 0)) {
    const rowsTop = subTopOf(part, top) + (hasSub(part) ? SUB_HEIGHT : 0);
    const rows = part.folded ? 0 : part.shown;
    laid.push({ part, top, rowsTop, rows, number });
    top = rowsTop + rows * ROW_HEIGHT;
    number += rows + (part.headed === null ? 0 : 1);
  }
  return { parts: laid, height: top, slots: number - 1 };
}

/** Whether the quiet heading is laid out: it goes with the rows. */
export function hasSub({ sub, folded }: Part): boolean {
  return sub !== undefined && !folded;
}

/** The height of the quiet heading's upper edge, where the part begins at `top`. */
export function subTopOf({ headed }: Part, top: number): number {
  return top + (headed === null ? 0 : HEADING_HEIGHT);
}

/** What is between two heights, part by part. */
export function viewsBetween(layout: Layout, from: number, to: number): View[] {
  return layout.parts.flatMap((laid, part) => {
    const { first, last } = rowsBetween(laid, from, to);
    const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
    const heading = laid.top < laid.rowsTop && laid.top < to && laid.rowsTop > from;
    return heading || indexes.length > 0 ? [{ part, laid, heading, indexes }] : [];
  });
}

/** Which rows of a part are between two heights; `last` is smaller than `first` if none is. */
function rowsBetween(laid: Laid, from: number, to: number): { first: number; last: number } {
  const first = Math.max(0, Math.floor((from - laid.rowsTop) / ROW_HEIGHT));
  const last = Math.min(laid.rows - 1, Math.ceil((to - laid.rowsTop) / ROW_HEIGHT) - 1);
  return { first, last };
}

/** The height of a row's upper edge. */
export function topOf(layout: Layout, position: Position): number {
  const laid = layout.parts[position.part];
  return laid === undefined ? 0 : laid.rowsTop + position.index * ROW_HEIGHT;
}

/** The place `by` rows further down, headings not counted; stops at both ends. */
export function moved(layout: Layout, from: Position | null, by: number): Position | null {
  const all = layout.parts.reduce((sum, laid) => sum + laid.rows, 0);
  if (all === 0) {
    return null;
  }
  const start = from === null ? (by > 0 ? -1 : all) : flat(layout, from);
  return nth(layout, Math.min(all - 1, Math.max(0, start + by)));
}

function flat(layout: Layout, position: Position): number {
  const before = layout.parts.slice(0, position.part);
  return before.reduce((sum, laid) => sum + laid.rows, 0) + position.index;
}

function nth(layout: Layout, number: number): Position | null {
  let left = number;
  for (const [part, laid] of layout.parts.entries()) {
    if (left < laid.rows) {
      return { part, index: left };
    }
    left -= laid.rows;
  }
  return null;
}
