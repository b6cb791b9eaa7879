/** Where everything in the list is, so that only what is in view is drawn. */
import type { Section } from '../bindings/Section';

/** In px. */
export const ROW_HEIGHT = 52;
/** In px. */
export const HEADING_HEIGHT = 36;

/** One part of the list, as it is to be laid out. */
export interface Part {
  /** `null`: what a search found, which has no heading. */
  section: Section | null;
  count: number;
  folded: boolean;
}

export interface Laid {
  part: Part;
  /** Of the heading, in px from the top of the list. */
  top: number;
  /** Of the first row. */
  rowsTop: number;
  /** How many rows are laid out. */
  rows: number;
}

export interface Layout {
  parts: Laid[];
  /** In px. */
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

/** A thing to draw. */
export type Slot =
  | { kind: 'heading'; part: number; top: number; number: number }
  | { kind: 'row'; part: number; index: number; top: number; number: number };

/** Lays the parts out one below the other; an empty part takes no room. */
export function layOut(parts: Part[]): Layout {
  const laid: Laid[] = [];
  let top = 0;
  let slots = 0;
  for (const part of parts.filter((each) => each.count > 0)) {
    const heading = part.section !== null;
    const rowsTop = top + (heading ? HEADING_HEIGHT : 0);
    const rows = part.folded ? 0 : part.count;
    laid.push({ part, top, rowsTop, rows });
    top = rowsTop + rows * ROW_HEIGHT;
    slots += rows + (heading ? 1 : 0);
  }
  return { parts: laid, height: top, slots };
}

/** What is between two heights, in order. */
export function slotsBetween(layout: Layout, from: number, to: number): Slot[] {
  const slots: Slot[] = [];
  let number = 1;
  layout.parts.forEach((laid, part) => {
    const heading = laid.part.section !== null;
    if (heading) {
      if (laid.top < to && laid.rowsTop > from) {
        slots.push({ kind: 'heading', part, top: laid.top, number });
      }
      number += 1;
    }
    const range = rowsBetween(laid, from, to);
    for (let index = range.first; index <= range.last; index += 1) {
      const top = laid.rowsTop + index * ROW_HEIGHT;
      slots.push({ kind: 'row', part, index, top, number: number + index });
    }
    number += laid.rows;
  });
  return slots;
}

/** Which rows of a part are between two heights; `last` is smaller than `first` if none is. */
export function rowsBetween(laid: Laid, from: number, to: number): { first: number; last: number } {
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
