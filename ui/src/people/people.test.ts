import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { announced, calls, opened } from '../opened';
// Fetched when it is first opened; here it has been, so that no test waits for a compiler.
import '../later';

describe('the candidates already in stage', () => {
  it('are served only when they are ticked', async () => {
    const { backend, user } = await opened('usual');
    await user.click(await screen.findByRole('button', { name: 'Choose…' }));
    expect(
      await screen.findByText('No candidates selected, so no pads are created.'),
    ).toBeVisible();
    const ticks = screen.getAllByRole('checkbox');
    await user.click(ticks[1] as HTMLElement);
    await user.click(ticks[2] as HTMLElement);
    expect(screen.getByText('Uses 2 of your 38 remaining pads.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Create 2 pads' }));
    await waitFor(() => {
      expect(calls(backend, 'serve')).toHaveLength(1);
    });
    const creating = await screen.findByRole('rowgroup', { name: 'In progress' });
    await waitFor(() => {
      expect(within(creating).getAllByText(/Creating the pad/)).toHaveLength(3);
    });
  });

  it('are skipped together, but for those who are ticked', async () => {
    const { backend, user } = await opened('usual');
    await user.click(await screen.findByRole('button', { name: 'Choose…' }));
    await screen.findByRole('button', { name: 'Skip all' });
    await user.click(screen.getAllByRole('checkbox')[1] as HTMLElement);
    await user.click(screen.getByRole('button', { name: 'Skip the others' }));
    await waitFor(() => {
      expect(announced()).toBe('Skipped 13 candidates');
    });
    expect(calls(backend, 'act').every(({ action }) => action.kind === 'skip')).toBe(true);
    expect(calls(backend, 'act')).toHaveLength(13);
    await user.click(await screen.findByRole('button', { name: 'Create 1 pad' }));
    await waitFor(() => {
      expect(calls(backend, 'serve')).toHaveLength(1);
    });
    expect(screen.queryByRole('button', { name: 'Choose…' })).toBeNull();
  });

  it('stay where they are when the choice is put off, and nothing promises more', async () => {
    const { backend, user } = await opened('usual');
    await user.click(await screen.findByRole('button', { name: 'Choose…' }));
    await user.click(await screen.findByRole('button', { name: 'Decide later' }));
    expect(await screen.findByRole('button', { name: 'Choose…' })).toBeVisible();
    expect(calls(backend, 'serve')).toHaveLength(0);
    expect(calls(backend, 'act')).toHaveLength(0);
  });
});
