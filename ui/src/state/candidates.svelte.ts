import { type Backend, Refused } from '../backend/backend';
import type { Counts } from '../bindings/Counts';
import type { PadRow } from '../bindings/PadRow';
import type { Section } from '../bindings/Section';
import type { Seen } from '../bindings/Seen';
import { type Layout, type Part, type Position, layOut, moved } from '../list/layout';
import {
  ENDED_AT_FIRST,
  GROUPS,
  type Group,
  countOf,
  interviewsIn,
  sectionOf,
  startOf,
} from '../list/sections';
import { PAGE, PagedRows } from './paged-rows.svelte';
import { remember, remembered } from './remembered';

/** How long a row says "Copied" and stays where it is, in ms. */
export const COPIED_MS = 5000;

/** The list of candidates: its parts, the search, and who is selected. */
export class Candidates {
  search = $state('');
  selected = $state<string | null>(null);
  /** Whose link was copied a moment ago. */
  copied = $state.raw<PadRow | null>(null);
  /** Whether all whose interview ended are shown. */
  allEnded = $state(remembered().allEnded === true);
  /** Whether those who were skipped are shown, and no one else. */
  skipped = $state(false);
  /** How far the list is to be scrolled once it is there, in px. */
  scrollTo = $state<number | null>(null);
  #folded = $state.raw<ReadonlySet<Group>>(new Set(remembered().folded ?? ['alreadyThere']));
  #counts = $state.raw<Counts | null>(null);
  #found = $state.raw<PagedRows | null>(null);
  #still = false;
  #held: Seen | null = null;
  #revision = -1;
  #opened = false;
  /** Whether a person said who is to be selected. */
  #chosen = false;
  #stopHolding: ReturnType<typeof setTimeout> | undefined;
  readonly #sections = new Map<Section, PagedRows>();
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
    for (const section of [...GROUPS, 'setAside' as const].map(sectionOf)) {
      this.#sections.set(section, this.#rowsOf(section, ''));
    }
  }

  readonly layout: Layout = $derived.by(() => {
    const counts = this.#counts;
    if (this.#found !== null) {
      const count = this.#found.total ?? 0;
      return layOut([{ group: null, headed: null, count, shown: count, start: 0, folded: false }]);
    }
    const groups = this.skipped ? (['setAside'] as const) : GROUPS;
    return layOut(counts === null ? [] : groups.flatMap((group) => this.#parts(group, counts)));
  });

  #parts(group: Group, counts: Counts): Part[] {
    return group === 'interviews' ? this.#interviews(counts) : [this.#part(group, counts)];
  }

  /** One part for each time of day that there is an interview at; the first has the heading. */
  #interviews(counts: Counts): Part[] {
    const parts: Part[] = [];
    let start = 0;
    for (const [sub, count] of interviewsIn(counts).filter(([, count]) => count > 0)) {
      parts.push({
        group: 'interviews',
        headed: start === 0 ? counts.interviews : null,
        sub,
        count,
        shown: count,
        start,
        folded: this.#folded.has('interviews'),
      });
      start += count;
    }
    return parts;
  }

  #part(group: Group, counts: Counts): Part {
    const count = countOf(group, counts);
    // Whose pad is being created is soon ready, and stands with those who are.
    const joined = group === 'waiting' && counts.toSend > 0;
    return {
      group,
      headed: joined ? null : count,
      count,
      shown: group === 'finished' && !this.allEnded ? Math.min(count, ENDED_AT_FIRST) : count,
      start: startOf(group, counts),
      folded: this.#folded.has(joined ? 'toSend' : group),
    };
  }

  /** How many were skipped. */
  readonly skippedCount = $derived(this.#counts?.setAside ?? 0);

  /** Whether something is searched for. */
  readonly searching = $derived(this.#found !== null);

  /** How many were found; `null` while nothing is searched for. */
  readonly foundCount = $derived(this.#found?.total ?? null);

  /** Whether the first answer is still to come. */
  readonly loading = $derived(
    this.#found === null ? this.#counts === null : this.#found.total === null,
  );

  /** Whether no one is on screen, and no one would be if a person hadn't folded them away. */
  readonly nobody = $derived.by(() => {
    const shown = this.layout.parts.filter(
      ({ part, rows }) => rows > 0 || part.group !== 'alreadyThere',
    );
    return !this.loading && shown.length === 0;
  });

  /** Whether there is anyone at all. */
  readonly anybody = $derived(this.layout.slots + this.skippedCount > 0);

  /** What kept the rows from coming. */
  readonly problem = $derived(
    this.#lists().find(({ problem }) => problem !== null)?.problem ?? null,
  );

  /** Asks for the rows that did not come. */
  again(): void {
    for (const rows of this.#lists()) {
      if (rows.problem !== null) {
        rows.again();
      }
    }
  }

  #lists(): PagedRows[] {
    return this.#found === null ? [...this.#sections.values()] : [this.#found];
  }

  /** Takes in how things stand, unless the list is held still. */
  hear(snapshot: Seen): void {
    if (this.#still) {
      this.#held = snapshot;
      return;
    }
    this.#counts = snapshot.counts;
    if (snapshot.revision !== this.#revision) {
      this.#revision = snapshot.revision;
      if (this.#opened && !this.#chosen && snapshot.counts.toSend > 0) {
        void this.#selectReady();
      }
      this.#found?.renew();
      for (const rows of this.#sections.values()) {
        rows.renew();
      }
    }
    if (!this.#opened) {
      this.#opened = true;
      void this.#begin(snapshot.counts);
    }
  }

  /** Searches as one types; an empty text ends the search. */
  find(text: string): void {
    this.search = text;
    const wanted = text.trim();
    if (wanted === '') {
      this.#found = null;
      return;
    }
    this.#chosen = true;
    const found = this.#rowsOf(this.skipped ? 'setAside' : null, wanted);
    void found.fetch(0).then((first) => {
      if (this.search === text) {
        // What was found before stays on screen until this moment.
        this.#found = found;
        this.selected = first?.opportunity ?? null;
      }
    });
  }

  fold(group: Group): void {
    const folded = new Set(this.#folded);
    if (!folded.delete(group)) {
      folded.add(group);
    }
    this.#folded = folded;
    remember({ folded: [...folded] });
  }

  /** Shows all whose interview ended, or the newest alone. */
  showEnded(all: boolean): void {
    this.allEnded = all;
    remember({ allEnded: all });
  }

  /** Shows those who were skipped instead of the others, or the others again. */
  showSkipped(skipped: boolean): void {
    this.skipped = skipped;
    this.find(this.search);
  }

  select(opportunity: string): void {
    this.#chosen = true;
    this.selected = opportunity;
    remember({ selected: opportunity });
  }

  /** The row at a place, if it has come. */
  at(position: Position): PadRow | undefined {
    return this.#rowsAt(position.part)?.at(position.index + this.#startAt(position.part));
  }

  /** Says which rows of a part are in view; both ends included. */
  show(part: number, first: number, last: number): void {
    const start = this.#startAt(part);
    this.#rowsAt(part)?.show(first + start, last + start);
  }

  /** Where the selected candidate is, if that part of the list has come. */
  whereSelected(): Position | null {
    if (this.selected === null) {
      return null;
    }
    for (const part of this.layout.parts.keys()) {
      const found = this.#rowsAt(part)?.indexOf(this.selected) ?? null;
      const index = (found ?? -1) - this.#startAt(part);
      if (index >= 0 && index < (this.layout.parts[part]?.rows ?? 0)) {
        return { part, index };
      }
    }
    return null;
  }

  /** Selects the candidate `by` rows further down. Answers where that is. */
  async move(by: number): Promise<Position | null> {
    const position = moved(this.layout, this.whereSelected(), by);
    if (position === null) {
      return null;
    }
    const row = await this.#rowsAt(position.part)?.fetch(
      position.index + this.#startAt(position.part),
    );
    if (row !== undefined) {
      this.select(row.opportunity);
    }
    return position;
  }

  /** Nothing moves from now on, until {@link letGo}. */
  holdStill(): void {
    clearTimeout(this.#stopHolding);
    this.#still = true;
  }

  /** Catches up with what was heard meanwhile. */
  letGo(): void {
    const held = this.#held;
    this.copied = null;
    this.#still = false;
    this.#held = null;
    if (held !== null) {
      this.hear(held);
    }
  }

  /** Says "Copied" in place for a moment, in which nothing moves. */
  sayCopied(row: PadRow): void {
    this.holdStill();
    this.#chosen = true;
    this.copied = row;
    this.#stopHolding = setTimeout(() => {
      this.letGo();
    }, COPIED_MS);
  }

  /**
   * When the window opens, Enter copies the newest link. Where there is none to copy, all is as it
   * was left. A selection that was made meanwhile stays.
   */
  async #begin(counts: Counts): Promise<void> {
    if (counts.toSend > 0) {
      await this.#selectReady();
      return;
    }
    const { selected, scrolled } = remembered();
    this.scrollTo = scrolled ?? null;
    if (typeof selected !== 'string') {
      return;
    }
    try {
      await this.#backend.ask({ kind: 'detail', opportunity: selected });
      this.selected ??= selected;
    } catch (thrown) {
      // Whoever is not there any longer is no one to select.
      if (!(thrown instanceof Refused)) {
        throw thrown;
      }
      remember({ selected: null });
    }
  }

  /** Until a person selects someone, Enter copies a link that is ready, if there is one. */
  async #selectReady(): Promise<void> {
    const query = { section: sectionOf('toSend'), search: '', offset: 0, limit: PAGE };
    try {
      const { rows } = await this.#backend.ask({ kind: 'list', query });
      const first = rows[0]?.opportunity;
      const stays = rows.some(({ opportunity }) => opportunity === this.selected);
      if (first !== undefined && !this.#chosen && !stays) {
        this.selected = first;
      }
    } catch (thrown) {
      // The list itself asks for the same rows, and shows why they didn't come.
      if (!(thrown instanceof Refused)) {
        throw thrown;
      }
    }
  }

  #startAt(part: number): number {
    return this.layout.parts[part]?.part.start ?? 0;
  }

  #rowsAt(part: number): PagedRows | undefined {
    const group = this.layout.parts[part]?.part.group;
    if (group === undefined) {
      return undefined;
    }
    return group === null ? (this.#found ?? undefined) : this.#sections.get(sectionOf(group));
  }

  #rowsOf(section: Section | null, search: string): PagedRows {
    return new PagedRows((offset, limit) =>
      this.#backend.ask({ kind: 'list', query: { section, search, offset, limit } }),
    );
  }
}
