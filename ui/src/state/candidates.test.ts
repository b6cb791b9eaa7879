import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { PadRow } from '../bindings/PadRow';
import { FakeBackend } from '../fake/backend';
import { crowd, world } from '../fake/world';
import { COPIED_MS, Candidates } from './candidates.svelte';

const NOW = 1_790_000_000_000;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

async function listed(backend: FakeBackend): Promise<Candidates> {
  const candidates = new Candidates(backend);
  candidates.hear(await backend.ask({ kind: 'snapshot' }));
  backend.follow(
    (snapshot) => {
      candidates.hear(snapshot);
    },
    () => undefined,
  );
  return candidates;
}

function counts(candidates: Candidates): (string | number | null)[][] {
  return candidates.layout.parts.map(({ part }) => [part.group, part.count]);
}

describe('the candidates', () => {
  it('do not move while one of them says "Copied"', async () => {
    const backend = new FakeBackend(world(crowd({ toSend: 3, upcoming: 1 }, NOW), NOW));
    const candidates = await listed(backend);
    const row = await candidates.move(1).then((at) => at && candidates.at(at));
    expect(row).toBeDefined();
    candidates.holdStill();
    await backend.ask({ kind: 'copyLink', opportunity: row?.opportunity ?? '' });
    candidates.sayCopied(row as PadRow);
    vi.advanceTimersByTime(COPIED_MS - 1);
    expect(counts(candidates)).toEqual([
      ['toSend', 3],
      ['upcoming', 1],
    ]);
    vi.advanceTimersByTime(1);
    expect(counts(candidates)).toEqual([
      ['toSend', 2],
      ['upcoming', 2],
    ]);
  });

  it('select who becomes ready first, until a person selects someone', async () => {
    const backend = new FakeBackend(world(crowd({ upcoming: 1 }, NOW), NOW));
    const candidates = await listed(backend);
    await vi.advanceTimersByTimeAsync(0);
    expect(candidates.selected).toBeNull();
    const three = crowd({ toSend: 4 }, NOW).slice(1) as [PadRow, PadRow, PadRow];
    const [newest, first, second] = three;
    backend.change((world) => world.rows.unshift(first, second));
    await vi.advanceTimersByTimeAsync(0);
    expect(candidates.selected).toBe(first.opportunity);
    // One more, on top of the list: who is ready already stays selected.
    backend.change((world) => world.rows.unshift(newest));
    await vi.advanceTimersByTimeAsync(0);
    expect(candidates.selected).toBe(first.opportunity);
    // They go by themselves, to an interview: the next one who is ready is selected.
    const leaves = (row: PadRow) => {
      backend.change((world) => {
        world.rows = world.rows.filter(({ opportunity }) => opportunity !== row.opportunity);
      });
    };
    leaves(first);
    await vi.advanceTimersByTimeAsync(0);
    expect(candidates.selected).toBe(newest.opportunity);
    candidates.select(second.opportunity);
    leaves(second);
    await vi.advanceTimersByTimeAsync(0);
    expect(candidates.selected).toBe(second.opportunity);
  });

  it('stay selected by person, not by place, so that Enter never copies another link', async () => {
    const backend = new FakeBackend(world(crowd({ toSend: 3 }, NOW), NOW));
    const candidates = await listed(backend);
    await candidates.move(1);
    const chosen = candidates.selected;
    backend.change((world) => world.rows.reverse());
    candidates.show(0, 0, 2);
    await vi.advanceTimersByTimeAsync(0);
    expect(candidates.selected).toBe(chosen);
    expect(candidates.whereSelected()).toEqual({ part: 0, index: 2 });
  });

  it('are searched as one types, and an answer that comes late is dropped', async () => {
    const backend = new FakeBackend(world(crowd({ toSend: 30 }, NOW), NOW));
    const candidates = await listed(backend);
    candidates.find('a');
    candidates.find('ada');
    await vi.advanceTimersByTimeAsync(0);
    const found = candidates.layout.parts[0]?.part.count ?? 0;
    const row = candidates.at({ part: 0, index: 0 });
    expect(row?.name.toLowerCase()).toContain('ada');
    expect(found).toBeLessThan(30);
    candidates.find('');
    expect(counts(candidates)).toEqual([['toSend', 30]]);
  });

  it('that are folded away are passed over', async () => {
    const backend = new FakeBackend(world(crowd({ toSend: 1, upcoming: 1 }, NOW), NOW));
    const candidates = await listed(backend);
    candidates.fold('toSend');
    expect(await candidates.move(1)).toEqual({ part: 1, index: 0 });
  });
});
