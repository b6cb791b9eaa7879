import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { calls, opened } from '../opened';
// Fetched when it is first opened; here it has been, so that no test waits for a compiler.
import '../later';

describe('the set-up', () => {
  /** The list behind it can't be reached, but jsdom doesn't know that. */
  async function inSetUp(button: string): Promise<HTMLElement> {
    await screen.findByText('A pad link, ready when you are');
    return within(document.querySelector('.cover') as HTMLElement).getByRole('button', {
      name: button,
    });
  }

  it('leads from page to page, each key tested before it goes on, and back without loss', async () => {
    const { backend, user } = await opened('setUp');
    await user.click(await inSetUp('Set up'));
    for (const [heading, label] of [
      ['Connect Lever', 'Lever API key'],
      ['Connect CoderPad', 'CoderPad API key'],
    ] as const) {
      expect(await screen.findByRole('heading', { name: heading })).toBeVisible();
      expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull();
      await user.type(await screen.findByLabelText(label), 'invented');
      await user.click(screen.getByRole('button', { name: 'Test and save' }));
      await user.click(await screen.findByRole('button', { name: 'Continue' }));
    }
    await user.click(await screen.findByRole('radio', { name: 'Jonas Okafor' }));
    await user.click(screen.getByRole('button', { name: 'Back' }));
    expect(await screen.findByText('The CoderPad key works.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    await waitFor(async () => {
      expect(await screen.findByRole('radio', { name: 'Jonas Okafor' })).toBeChecked();
    });
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(await screen.findByRole('checkbox', { name: 'Phone Screen' })).toBeChecked();
    expect(screen.getByText('on 23 candidates')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(await screen.findByRole('radio', { name: 'Padwatch' })).toBeChecked();
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    await user.click(await screen.findByRole('button', { name: 'Continue without pads' }));
    expect(calls(backend, 'serve')).toHaveLength(0);
    const subject = await screen.findByLabelText('Subject');
    await user.clear(subject);
    await user.type(subject, 'Talk to us{Tab}');
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(calls(backend, 'changeSettings').at(-1)).toMatchObject({
      settings: { invitation: { templates: [{ subject: 'Talk to us' }] } },
    });
    expect(await screen.findByRole('checkbox')).not.toBeChecked();
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    await user.click(await screen.findByRole('button', { name: 'Show the list' }));
    expect(screen.getByRole('combobox')).toBeVisible();
    // Nothing is created before the last page: Padwatch hears of each page when it is shown.
    expect(calls(backend, 'setUpAt').map(({ step }) => step)).toEqual([
      ...['lever', 'coderpad', 'you', 'coderpad', 'you', 'watch', 'maker', 'people'],
      ...['invitation', 'login', 'done'],
    ]);
    expect(backend.asked.findIndex(({ kind }) => kind === 'setUpAt')).toBeLessThan(
      backend.asked.findIndex(({ kind }) => kind === 'setLeverKey'),
    );
  });

  it('continues on the page where it stopped', async () => {
    const { backend, user } = await opened('setUpUnfinished');
    expect(await screen.findByRole('heading', { name: 'Who creates the pads?' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    await user.click(await screen.findByRole('button', { name: 'Continue without pads' }));
    expect(calls(backend, 'setUpAt').at(-1)?.step).toBe('invitation');
  });

  it('promises no tray where there is none', async () => {
    const { backend, user } = await opened('setUpUnfinished');
    const message = 'Your desktop doesn’t show tray icons, so Padwatch is using this window.';
    backend.change(({ snapshot }) => {
      snapshot.notices = [{ code: 'desktopUnable', message, means: '', hint: '' }];
    });
    for (const name of ['Continue', 'Continue without pads', 'Continue', 'Continue']) {
      await user.click(await screen.findByRole('button', { name }));
    }
    expect(await screen.findByRole('heading', { name: 'Padwatch is watching' })).toBeVisible();
    expect(screen.getAllByText(message).length).toBeGreaterThan(0);
    expect(screen.queryByText(/keeps running in the tray/)).toBeNull();
  });

  it('says when Padwatch can’t know which page it is, and asks again', async () => {
    const { backend, user } = await opened('setUp');
    backend.refuse('setUpAt', {
      code: 'ledgerUnusable',
      message: 'The ledger can’t be written.',
      means: '',
      hint: 'Free some room on the disk.',
    });
    await user.click(await inSetUp('Set up'));
    expect(await screen.findByText('The ledger can’t be written.')).toBeVisible();
  });

  it('continues on Enter, with the focus in the key field', async () => {
    const { user } = await opened('setUp');
    await screen.findByText('A pad link, ready when you are');
    await user.keyboard('{Enter}');
    expect(await screen.findByLabelText('Lever API key')).toHaveFocus();
    await user.keyboard('invented{Enter}');
    await screen.findByText('The Lever key works.');
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(await screen.findByLabelText('CoderPad API key')).toHaveFocus();
  });

  it('takes a CoderPad address of one’s own before the key', async () => {
    const { backend, user } = await opened('setUp');
    await user.click(await inSetUp('Set up'));
    await user.type(await screen.findByLabelText('Lever API key'), 'invented');
    await user.click(screen.getByRole('button', { name: 'Test and save' }));
    expect(await screen.findByText('Padwatch uses the address api.lever.co.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    await user.click(await screen.findByRole('button', { name: /another address/ }));
    await user.type(
      screen.getByLabelText('CoderPad address'),
      'pads.example.test/dashboard{Enter}',
    );
    expect(await screen.findByText(/uses the CoderPad address https/)).toBeVisible();
    expect(calls(backend, 'setConnection').at(-1)?.connection.coderpad).toEqual({
      kind: 'other',
      root: 'https://pads.example.test',
    });
    expect(screen.getByLabelText('CoderPad API key')).toBeVisible();
  });

  it('opens a second Padwatch with sample data for whoever only wants to look', async () => {
    const { backend, user } = await opened('setUp');
    await user.click(await inSetUp('Try the demo'));
    expect(await screen.findByText(/^The demo opens in its own window/)).toBeVisible();
    expect(calls(backend, 'trySample')).toHaveLength(1);
  });

  it('gives way to the list once another program has stored the keys', async () => {
    const { backend } = await opened('setUp');
    await inSetUp('Set up');
    backend.change(({ snapshot }) => (snapshot.condition = { kind: 'watching' }));
    await waitFor(() => {
      expect(document.querySelector('.cover')).toBeNull();
    });
  });

  it('asks whether one is whose CoderPad key it is', async () => {
    const { backend, user } = await opened('setUp');
    backend.change(({ settings }) => (settings.actingUser = null));
    await user.click(await inSetUp('Set up'));
    for (const label of ['Lever API key', 'CoderPad API key']) {
      await user.type(await screen.findByLabelText(label), 'invented');
      await user.click(screen.getByRole('button', { name: 'Test and save' }));
      await user.click(await screen.findByRole('button', { name: 'Continue' }));
    }
    expect(await screen.findByText('Are you Mara Lindqvist?')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'That’s me' }));
    await waitFor(() => {
      expect(calls(backend, 'changeSettings').at(-1)?.settings.actingUser).toBe('u1');
    });
    await waitFor(() => {
      expect(screen.queryByText('Are you Mara Lindqvist?')).toBeNull();
    });
  });

  it('can be put off', async () => {
    const { user } = await opened('setUp');
    await user.click(await inSetUp('Not now'));
    expect(document.querySelector('.cover')).toBeNull();
    expect(screen.getByRole('combobox')).toBeVisible();
  });

  it('says under the field what is wrong with a key', async () => {
    const { backend, user } = await opened('setUp');
    backend.refuse('setLeverKey', {
      code: 'leverKeyWrong',
      message: 'Lever doesn’t know this key.',
      means: '',
      hint: 'Copy it again.',
    });
    await user.click(await inSetUp('Set up'));
    await user.type(await screen.findByLabelText('Lever API key'), 'wrong');
    await user.click(screen.getByRole('button', { name: 'Test and save' }));
    expect(await screen.findByText('Lever doesn’t know this key.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull();
  });
});
