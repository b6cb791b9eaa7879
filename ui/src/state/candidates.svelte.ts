import type { Backend } from '../backend/backend';
import type { Counts } from '../bindings/Counts';
import type { PadRow } from '../bindings/PadRow';
import type { Section } from '../bindings/Section';
import type { Seen } from '../bindings/Seen';
import { type Layout, type Position, layOut, moved } from '../list/layout';
import { FOLDED_AT_FIRST, SECTIONS } from '../list/sections';
import { PagedRows } from './paged-rows.svelte';

/** How long a row says "Copied" and stays where it is, in ms. */
export const COPIED_MS = 2000;

/** The list of candidates: its parts, the search, and who is selected. */
export class Candidates {
  search = $state('');
  selected = $state<string | null>(null);
  /** Whose link was copied a moment ago. */
  copied = $state<string | null>(null);
  #folded = $state.raw<ReadonlySet<Section>>(new Set(FOLDED_AT_FIRST));
  #counts = $state.raw<Counts | null>(null);
  #found = $state.raw<PagedRows | null>(null);
  #still = false;
  #held: Seen | null = null;
  #revision = -1;
  #offeredFirst = false;
  #stopHolding: ReturnType<typeof setTimeout> | undefined;
  readonly #sections: Record<Section, PagedRows>;
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.#sections = Object.fromEntries(
      SECTIONS.map((section) => [section, this.#rowsOf(section, '')]),
    ) as Record<Section, PagedRows>;
  }

  readonly layout: Layout = $derived.by(() => {
    if (this.#found !== null) {
      return layOut([{ section: null, count: this.#found.total ?? 0, folded: false }]);
    }
    const counts = this.#counts;
    return layOut(
      counts === null
        ? []
        : SECTIONS.map((section) => ({
            section,
            count: counts[section],
            folded: this.#folded.has(section),
          })),
    );
  });

  /** Whether something is searched for. */
  readonly searching = $derived(this.#found !== null);

  /** Whether the first answer is still to come. */
  readonly loading = $derived(
    this.#found === null ? this.#counts === null : this.#found.total === null,
  );

  /** Whether no one is on screen, and no one would be if a person hadn't folded them away. */
  readonly nobody = $derived.by(() => {
    const shown = this.layout.parts.filter(
      ({ part, rows }) =>
        rows > 0 || part.section === null || !FOLDED_AT_FIRST.includes(part.section),
    );
    return !this.loading && shown.length === 0;
  });

  /** Whether there is anyone at all, folded away or not. */
  readonly anybody = $derived(this.layout.parts.some(({ part }) => part.count > 0));

  /** What kept the rows from coming. */
  readonly problem = $derived(
    this.#found !== null
      ? this.#found.problem
      : (SECTIONS.map((section) => this.#sections[section].problem).find(Boolean) ?? null),
  );

  /** Asks for the rows that did not come. */
  again(): void {
    const all =
      this.#found === null ? SECTIONS.map((section) => this.#sections[section]) : [this.#found];
    for (const rows of all) {
      if (rows.problem !== null) {
        rows.again();
      }
    }
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
      this.#found?.renew();
      for (const section of SECTIONS) {
        this.#sections[section].renew();
      }
    }
    if (!this.#offeredFirst) {
      this.#offeredFirst = true;
      void this.#selectFirstToSend();
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
    const found = this.#rowsOf(null, wanted);
    void found.fetch(0).then((first) => {
      if (this.search === text) {
        // What was found before stays on screen until this moment.
        this.#found = found;
        this.selected = first?.opportunity ?? null;
      }
    });
  }

  fold(section: Section): void {
    const folded = new Set(this.#folded);
    if (!folded.delete(section)) {
      folded.add(section);
    }
    this.#folded = folded;
  }

  /** The row at a place, if it has come. */
  at(position: Position): PadRow | undefined {
    return this.#rowsAt(position.part)?.at(position.index);
  }

  /** Says which rows of a part are in view; both ends included. */
  show(part: number, first: number, last: number): void {
    this.#rowsAt(part)?.show(first, last);
  }

  /** Where the selected candidate is, if that part of the list has come. */
  whereSelected(): Position | null {
    if (this.selected === null) {
      return null;
    }
    for (const part of this.layout.parts.keys()) {
      const index = this.#rowsAt(part)?.indexOf(this.selected) ?? null;
      if (index !== null && index < (this.layout.parts[part]?.rows ?? 0)) {
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
    const row = await this.#rowsAt(position.part)?.fetch(position.index);
    if (row !== undefined) {
      this.selected = row.opportunity;
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
  sayCopied(opportunity: string): void {
    this.holdStill();
    this.copied = opportunity;
    this.#stopHolding = setTimeout(() => {
      this.letGo();
    }, COPIED_MS);
  }

  /** When the list opens, Enter copies the newest link; a selection that was made stays. */
  async #selectFirstToSend(): Promise<void> {
    if (this.#counts?.toSend) {
      const first = await this.#sections.toSend.fetch(0);
      this.selected ??= first?.opportunity ?? null;
    }
  }

  #rowsAt(part: number): PagedRows | undefined {
    const section = this.layout.parts[part]?.part.section;
    if (section === undefined) {
      return undefined;
    }
    return section === null ? (this.#found ?? undefined) : this.#sections[section];
  }

  #rowsOf(section: Section | null, search: string): PagedRows {
    return new PagedRows((offset, limit) =>
      this.#backend.ask({ kind: 'list', query: { section, search, offset, limit } }),
    );
  }
}
