import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { calls, openedSettings } from '../opened';
// Fetched when it is first opened; here it has been, so that no test waits for a compiler.
import '../later';

describe('a rehearsal', () => {
  it('says what it comes to and who came, and is saved as a table', async () => {
    const { backend, user } = await openedSettings(/^Watching/);
    await user.click(await screen.findByText('Rehearsal'));
    expect(calls(backend, 'rehearse')).toHaveLength(0);
    await user.click(screen.getByRole('button', { name: 'Rehearse' }));
    expect(await screen.findByText(/^Padwatch would have created 3 pads/)).toBeVisible();
    const row = screen.getByText('No pad: not tagged').closest('li');
    expect(within(row as HTMLElement).getByText('2 links')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Export CSV' }));
    expect(await screen.findByText(/padwatch-rehearsal\.csv$/)).toBeVisible();
  });

  it('shows how far it is, and can be given up', async () => {
    const { backend, user } = await openedSettings(/^Watching/);
    await user.click(await screen.findByText('Rehearsal'));
    backend.answerLate(200);
    backend.change(({ snapshot }) => {
      snapshot.progress = {
        what: 'Reading the last 30 days',
        done: 6,
        of: 30,
        people: null,
        canCancel: true,
        rehearsal: true,
      };
    });
    await user.click(screen.getByRole('button', { name: 'Rehearse' }));
    const stop = await screen.findAllByRole('button', { name: 'Stop' });
    expect(screen.queryByText(/Existing pads stay/)).toBeNull();
    await user.click(stop.at(-1) as HTMLElement);
    await waitFor(() => {
      expect(calls(backend, 'endRehearsal')).toHaveLength(1);
    });
  });

  it('says why it could not be played', async () => {
    const { backend, user } = await openedSettings(/^Watching/);
    await user.click(await screen.findByText('Rehearsal'));
    const message = 'Padwatch can’t reach Lever.';
    backend.refuse('rehearse', { code: 'closing', message, means: '', hint: '' });
    await user.click(screen.getByRole('button', { name: 'Rehearse' }));
    expect(await screen.findByText(message)).toBeVisible();
  });
});
