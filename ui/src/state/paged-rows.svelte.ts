import { untrack } from 'svelte';

import { Refused } from '../backend/backend';
import type { PadList } from '../bindings/PadList';
import type { PadRow } from '../bindings/PadRow';
import type { Problem } from '../bindings/Problem';

/** How many rows are asked for at once. */
export const PAGE = 50;

interface LoadedPage {
  rows: PadRow[];
  generation: number;
}

/**
 * A long list of which only the parts in view are asked for. What was shown stays until newer
 * rows are there, so that nothing flickers.
 */
export class PagedRows {
  /** How many rows there are in all; `null` before the first answer. */
  total = $state<number | null>(null);
  problem = $state.raw<Problem | null>(null);
  #pages = $state.raw<ReadonlyMap<number, LoadedPage>>(new Map());
  #generation = 0;
  #view = { first: 0, last: -1 };
  readonly #asked = new Map<number, number>();
  readonly #ask: (offset: number, limit: number) => Promise<PadList>;

  constructor(ask: (offset: number, limit: number) => Promise<PadList>) {
    this.#ask = ask;
  }

  /** The row at a place, if it has come. */
  at(index: number): PadRow | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.rows[index % PAGE];
  }

  /** Where a candidate is, among the rows that have come. */
  indexOf(opportunity: string): number | null {
    for (const [page, { rows }] of this.#pages) {
      const within = rows.findIndex((row) => row.opportunity === opportunity);
      if (within >= 0) {
        return page * PAGE + within;
      }
    }
    return null;
  }

  /** The row at a place, asked for if it has not come. */
  async fetch(index: number): Promise<PadRow | undefined> {
    if (this.at(index) === undefined) {
      await this.#load(Math.floor(index / PAGE));
    }
    return this.at(index);
  }

  /** Says which rows are in view; both ends included. */
  show(first: number, last: number): void {
    this.#view = { first: Math.floor(first / PAGE), last: Math.floor(last / PAGE) };
    this.#fill();
  }

  /** Something changed: asks for what is in view again. */
  renew(): void {
    this.#generation += 1;
    this.#fill();
  }

  /** Asks for what did not come. */
  again(): void {
    this.problem = null;
    if (this.total === null) {
      void this.#load(0);
    } else {
      this.renew();
    }
  }

  /** Untracked: what says what is in view must not run again because it has come. */
  #fill(): void {
    untrack(() => {
      this.#askForMissing();
    });
  }

  #askForMissing(): void {
    for (let page = this.#view.first; page <= this.#view.last; page += 1) {
      const fresh = this.#pages.get(page)?.generation === this.#generation;
      if (!fresh && !this.#asked.has(page)) {
        void this.#load(page);
      }
    }
  }

  async #load(page: number): Promise<void> {
    const generation = this.#generation;
    this.#asked.set(page, generation);
    let list: PadList;
    try {
      list = await this.#ask(page * PAGE, PAGE);
    } catch (thrown) {
      this.#asked.delete(page);
      if (!(thrown instanceof Refused)) {
        throw thrown;
      }
      // Not asked again on its own: the person, the next change or scroll does.
      this.problem = thrown.problem;
      return;
    }
    this.#asked.delete(page);
    this.problem = null;
    this.total = list.total;
    this.#pages = this.#withPage(page, { rows: list.rows, generation });
    if (generation !== this.#generation) {
      this.#fill();
    }
  }

  /** Keeps old pages only where they are in view: elsewhere they are asked for when needed. */
  #withPage(page: number, loaded: LoadedPage): ReadonlyMap<number, LoadedPage> {
    const kept = [...this.#pages].filter(
      ([number, old]) =>
        old.generation === loaded.generation ||
        (number >= this.#view.first && number <= this.#view.last),
    );
    return new Map([...kept, [page, loaded]]);
  }
}
