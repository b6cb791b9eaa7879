import { describe, expect, it, vi } from 'vitest';

import type { Backend } from '../backend/backend';
import { PROBLEMS } from '../bindings/Sayings';
import type { Seen } from '../bindings/Seen';
import { FakeBackend } from '../fake/backend';
import { world } from '../fake/world';
import { Standing } from './standing.svelte';

describe('how things stand', () => {
  it('is what an event says, also where the first answer says less and comes after it', async () => {
    const backend: Backend = new FakeBackend(world([], 0));
    const now = await backend.ask({ kind: 'snapshot' });
    const before: Seen = { ...now, notices: [PROBLEMS.keyringLocked] };
    let answer: (seen: Seen) => void = () => undefined;
    const ask = vi
      .spyOn(backend, 'ask')
      .mockReturnValue(new Promise((resolve) => (answer = resolve)));
    vi.spyOn(backend, 'follow').mockImplementation((heard) => {
      heard(now);
      return () => undefined;
    });
    const standing = new Standing(backend);
    standing.follow();
    answer(before);
    await vi.waitFor(() => {
      expect(ask).toHaveResolved();
    });
    expect(standing.snapshot).toEqual(now);
  });
});
