import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { opened } from '../opened';

describe('a ledger that is rebuilt', () => {
  it('says how much of CoderPad’s list is read, and for how many people a pad was found', async () => {
    await opened('rebuilding');
    await screen.findByText('Checking CoderPad for Padwatch’s pads: 350 of 1,240');
    expect(screen.getByRole('progressbar')).toHaveAttribute('value', '350');
    expect(
      screen.getByText(/^Pads found for 17 candidates so far\.\s+This continues when you close/),
    ).toBeVisible();
  });

  it('goes on being told while its end is not known and nobody was found', async () => {
    const { backend } = await opened('rebuilding');
    await screen.findByRole('progressbar');
    backend.change(({ snapshot }) => {
      snapshot.progress = {
        what: 'Reading',
        done: 400,
        of: null,
        people: 0,
        canCancel: false,
        rehearsal: false,
      };
    });
    await screen.findByText('Reading: 400');
    expect(screen.getByText(/^No pads found yet\./)).toBeVisible();
  });
});
