import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { type Opened, calls, opened } from '../opened';
// Fetched when it is first opened; here it has been, so that no test waits for a compiler.
import '../later';

describe('the pads to come', () => {
  async function settingsPage(name: RegExp): Promise<Opened> {
    const page = await opened('usual');
    await page.user.click(screen.getByRole('button', { name: 'Settings' }));
    await page.user.click(await screen.findByRole('button', { name }));
    return page;
  }

  it('have a language by any name, and a question that is searched for', async () => {
    const { backend, user } = await settingsPage(/^Pads/);
    await user.type(await screen.findByLabelText('Language'), 'gleam{Tab}');
    const shown = within(document.querySelector('.page') as HTMLElement);
    await user.click(shown.getByRole('button', { name: 'Choose…' }));
    await user.type(await screen.findByLabelText('Find a question by title'), 'rate');
    await user.click(await screen.findByRole('button', { name: /Rate limiter/ }));
    expect(await screen.findByText('Rate limiter')).toBeVisible();
    expect(calls(backend, 'changeSettings').at(-1)).toMatchObject({
      settings: { pads: { standard: { language: 'gleam', question: 312 } } },
    });
  });

  it('differ by job', async () => {
    const { backend, user } = await settingsPage(/^Pads/);
    await user.click(screen.getByText('Jobs'));
    const jobs = await screen.findAllByRole('button', { name: 'Pads and invitation' });
    await user.click(jobs[1] as HTMLElement);
    await user.click(screen.getByRole('button', { name: 'Use other pad settings for this job' }));
    const [, ofJob] = await screen.findAllByLabelText('Language');
    await user.type(ofJob as HTMLElement, 'go{Tab}');
    expect(await screen.findByText('Custom pad settings')).toBeVisible();
    expect(calls(backend, 'changeSettings').at(-1)).toMatchObject({
      settings: { pads: { standard: { language: null }, byPosting: { p1: { language: 'go' } } } },
    });
  });

  it('are announced before the tag is put on a job', async () => {
    const { backend, user } = await settingsPage(/^Pads/);
    await user.click(screen.getByText('Jobs'));
    const ticks = await screen.findAllByLabelText('Tag “coderpad”');
    expect(ticks[0]).toBeChecked();
    expect(ticks[4]).toBeDisabled();
    await user.click(ticks[1] as HTMLElement);
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(
      '14 candidates for this job in watched stages will get a pad.',
    );
    expect(dialog).toHaveTextContent('bulk move');
    expect(calls(backend, 'tagPosting')).toHaveLength(0);
    expect(ticks[1]).not.toBeChecked();
    await user.click(within(dialog).getByRole('button', { name: 'Add tag' }));
    await waitFor(() => {
      expect(ticks[1]).toBeChecked();
    });
    expect(calls(backend, 'tagPosting')).toMatchObject([{ posting: 'p1', on: true }]);
  });
});
