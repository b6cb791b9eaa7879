import { screen, waitFor, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it } from 'vitest';

import { PROBLEMS } from '../bindings/Sayings';
import { type Opened, calls, opened } from '../opened';
// Fetched when it is first opened; here it has been, so that no test waits for a compiler.
import '../later';

describe('the set-up', () => {
  /** The list behind it can't be reached, but jsdom doesn't know that. */
  function cover(): HTMLElement {
    return document.querySelector('.cover') as HTMLElement;
  }

  async function enter({ user }: Opened, label: string): Promise<void> {
    await user.type(await screen.findByLabelText(label), 'invented');
    await user.click(within(cover()).getByRole('button', { name: 'Connect' }));
  }

  async function bothKeys(page: Opened): Promise<void> {
    await enter(page, 'Lever API key');
    await enter(page, 'CoderPad API key');
    await screen.findByRole('button', { name: 'Change Stage' });
  }

  it('goes from nothing to watching in four clicks, and moves on when a key is good', async () => {
    const page = await opened('setUp');
    const { backend, user } = page;
    await bothKeys(page);
    expect(screen.getByText('Mara Lindqvist')).toBeVisible();
    expect(screen.getByText('coderpad · 27 candidates')).toBeVisible();
    expect(screen.getByText(/only when you really mean it/)).toBeVisible();
    expect(calls(backend, 'setAutostart')).toHaveLength(0);
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(await screen.findByRole('heading', { name: 'Already in Phone Screen' })).toBeVisible();
    expect(calls(backend, 'setAutostart')).toEqual([{ kind: 'setAutostart', on: true }]);
    await user.click(await screen.findByRole('button', { name: 'Start watching' }));
    expect(screen.getByRole('combobox')).toBeVisible();
    expect(calls(backend, 'serve')).toHaveLength(0);
    // Nothing is created before the last page: Padwatch hears of each page.
    expect(calls(backend, 'setUpAt').map(({ step }) => step)).toEqual([
      ...['lever', 'coderpad', 'check', 'people', 'done'],
    ]);
    expect(backend.asked.findIndex(({ kind }) => kind === 'setUpAt')).toBeLessThan(
      backend.asked.findIndex(({ kind }) => kind === 'setLeverKey'),
    );
  });

  it('is offered again once the keyring answers', async () => {
    const { backend } = await opened('setUp');
    expect(await screen.findByRole('heading', { name: 'Connect Lever' })).toBeVisible();
    for (const problem of [PROBLEMS.keyringLocked, PROBLEMS.keysMissing]) {
      backend.change(({ snapshot }) => {
        snapshot.condition = { kind: 'setUp', problem };
      });
      await tick();
    }
    expect(await screen.findByRole('heading', { name: 'Connect Lever' })).toBeVisible();
  });

  it('has one foot on its last page, right after the candidates', async () => {
    const page = await opened('setUp');
    await bothKeys(page);
    await page.user.click(screen.getByRole('button', { name: 'Continue' }));
    const boxes = await screen.findAllByRole('checkbox', { name: /\w+ \w+/ });
    expect(cover().querySelectorAll('footer')).toHaveLength(1);
    boxes.at(-1)?.focus();
    for (const name of ['Back', 'Start watching']) {
      await page.user.tab();
      expect(screen.getByRole('button', { name })).toHaveFocus();
    }
  });

  it('ends on the third page when no one is in the stage', async () => {
    const { backend, user } = await opened('setUpIntegration');
    await user.click(await screen.findByRole('button', { name: 'Continue' }));
    await user.click(await screen.findByRole('button', { name: 'Start watching' }));
    expect(await screen.findByRole('combobox')).toBeVisible();
    expect(calls(backend, 'setUpAt').at(-1)?.step).toBe('done');
  });

  it('guesses the person by email, and the integration by pad links of others', async () => {
    const { backend, user } = await opened('setUpIntegration');
    await user.click(await screen.findByRole('button', { name: 'Continue' }));
    expect(await screen.findByText(/^5 tagged profiles already have pad links/)).toBeVisible();
    expect(screen.getByText('CoderPad’s Lever integration')).toBeVisible();
    expect(screen.getByText('Mara Lindqvist')).toBeVisible();
    expect(screen.queryByText(/only when you really mean it/)).toBeNull();
    expect(calls(backend, 'changeSettings').at(-1)?.settings).toMatchObject({
      actingUser: 'u1',
      whoMakes: 'coderpadIntegration',
    });
    await user.click(screen.getByRole('button', { name: 'Change Who creates the pads' }));
    await user.click(screen.getByRole('radio', { name: 'Padwatch' }));
    expect(await screen.findByText(/only when you really mean it/)).toBeVisible();
  });

  it('unfolds what is changed in place, and keeps a choice when it goes back and forth', async () => {
    const page = await opened('setUp');
    const { user } = page;
    await bothKeys(page);
    await user.click(screen.getByRole('button', { name: 'Change Stage' }));
    await user.click(await screen.findByRole('checkbox', { name: 'On-site' }));
    expect(await screen.findByText('Phone Screen, On-site')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Change You in Lever' }));
    await user.click(await screen.findByRole('radio', { name: 'Jonas Okafor' }));
    await user.click(screen.getByRole('button', { name: 'Back' }));
    expect(await screen.findByText('The CoderPad key works.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(await screen.findByText('Jonas Okafor')).toBeVisible();
    expect(screen.getByText('Phone Screen, On-site')).toBeVisible();
  });

  it('opens at login only if that is wanted', async () => {
    const page = await opened('setUp');
    const { backend, user } = page;
    await bothKeys(page);
    await user.click(screen.getByRole('button', { name: 'Change Open at login' }));
    await user.click(screen.getByRole('checkbox', { name: 'Open Padwatch when I log in' }));
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    await screen.findByRole('heading', { name: 'Already in Phone Screen' });
    expect(calls(backend, 'setAutostart')).toHaveLength(0);
  });

  it('continues without opening at login where the desktop can’t', async () => {
    const page = await opened('setUp');
    const { backend, user } = page;
    backend.refuse('setAutostart', {
      code: 'notValid',
      message: 'Padwatch can’t be opened at login here.',
      means: '',
      hint: '',
    });
    await bothKeys(page);
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(await screen.findByText('Padwatch can’t be opened at login here.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    await screen.findByRole('heading', { name: 'Already in Phone Screen' });
  });

  it('asks for a stage when none is watched', async () => {
    const page = await opened('setUp');
    page.backend.change(({ settings }) => (settings.watch.stages = { by: 'ids', value: [] }));
    await bothKeys(page);
    expect(await screen.findByText('No stage chosen')).toBeVisible();
    await page.user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(await screen.findByRole('checkbox', { name: 'Phone Screen' })).toBeVisible();
  });

  it('copies a request with the needed permissions first', async () => {
    const { backend, user } = await opened('setUp');
    await user.click(
      await screen.findByRole('button', { name: 'Copy a request for your Super Admin' }),
    );
    const text = calls(backend, 'copyText').at(-1)?.text ?? '';
    expect(text).toContain(
      'Required: Find all opportunities, Find an opportunity, Find all stages, Add opportunity links',
    );
    expect(text.indexOf('Required:')).toBeLessThan(
      text.indexOf('- Interview times and interviewers:'),
    );
    expect(text).not.toMatch(/[{}]|undefined/);
    await user.click(screen.getByRole('button', { name: 'Open Lever settings' }));
    expect(calls(backend, 'openKeyPage')).toEqual([{ kind: 'openKeyPage', service: 'lever' }]);
  });

  it('shows a key while it is typed, if that is wanted', async () => {
    const { user } = await opened('setUp');
    const field = await screen.findByLabelText('Lever API key');
    expect(field).toHaveAttribute('type', 'password');
    await user.click(screen.getByRole('button', { name: 'Show key' }));
    expect(field).toHaveAttribute('type', 'text');
    await user.click(screen.getByRole('button', { name: 'Hide key' }));
    expect(field).toHaveAttribute('type', 'password');
  });

  it('continues on the page where it stopped', async () => {
    const { backend, user } = await opened('setUpUnfinished');
    expect(await screen.findByRole('heading', { name: 'Already in Phone Screen' })).toBeVisible();
    const [first] = await screen.findAllByRole('checkbox', { name: /Grace|Ada|\w+ \w+/ });
    await user.click(first as HTMLElement);
    await user.click(await screen.findByRole('button', { name: /^Create/ }));
    expect(calls(backend, 'serve')).toHaveLength(1);
    expect(calls(backend, 'setUpAt').at(-1)?.step).toBe('done');
  });

  it('promises no tray where there is none', async () => {
    const { backend } = await opened('setUpUnfinished');
    expect(await screen.findByText(/keeps running in the tray/)).toBeVisible();
    backend.change(({ snapshot }) => {
      snapshot.notices = [{ code: 'desktopUnable', message: 'No tray.', means: '', hint: '' }];
    });
    await waitFor(() => {
      expect(screen.queryByText(/keeps running in the tray/)).toBeNull();
    });
  });

  it('says when Padwatch can’t know which page it is', async () => {
    const page = await opened('setUp');
    page.backend.refuse('setUpAt', {
      code: 'ledgerUnusable',
      message: 'The ledger can’t be written.',
      means: '',
      hint: 'Free some room on the disk.',
    });
    await enter(page, 'Lever API key');
    expect(await screen.findByText('The ledger can’t be written.')).toBeVisible();
    expect(calls(page.backend, 'setLeverKey')).toHaveLength(0);
  });

  it('has the focus in the key field, and continues on Enter', async () => {
    const { user } = await opened('setUp');
    expect(await screen.findByLabelText('Lever API key')).toHaveFocus();
    await user.keyboard('invented{Enter}');
    const field = await screen.findByLabelText('CoderPad API key');
    await waitFor(() => {
      expect(field).toHaveFocus();
    });
  });

  it('takes a CoderPad address of one’s own before the key', async () => {
    const page = await opened('setUp');
    const { backend, user } = page;
    await enter(page, 'Lever API key');
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
    await user.click(await screen.findByRole('button', { name: 'Try the demo' }));
    expect(await screen.findByText(/^The demo opens in its own window/)).toBeVisible();
    expect(calls(backend, 'trySample')).toHaveLength(1);
  });

  it('gives way to the list once another program has stored the keys', async () => {
    const { backend } = await opened('setUp');
    await screen.findByLabelText('Lever API key');
    backend.change(({ snapshot }) => (snapshot.condition = { kind: 'watching' }));
    await waitFor(() => {
      expect(document.querySelector('.cover')).toBeNull();
    });
  });

  it('can be put off', async () => {
    const { user } = await opened('setUp');
    await user.click(await screen.findByRole('button', { name: 'Not now' }));
    expect(document.querySelector('.cover')).toBeNull();
    expect(screen.getByRole('combobox')).toBeVisible();
  });

  it('stays, and says what is wrong, with a key that is refused or lacks something', async () => {
    const page = await opened('setUp');
    page.backend.refuse('setLeverKey', {
      code: 'leverKeyWrong',
      message: 'Lever doesn’t know this key.',
      means: '',
      hint: 'Copy it again.',
    });
    await enter(page, 'Lever API key');
    expect(await screen.findByText('Lever doesn’t know this key.')).toBeVisible();
    page.backend.refuse('setLeverKey', null);
    page.backend.change(({ lever }) => {
      lever.permissions = [{ name: 'Find all stages', allowed: false, needed: true }];
    });
    await page.user.click(within(cover()).getByRole('button', { name: 'Connect' }));
    expect(await screen.findByText(/^This key is missing a permission/)).toBeVisible();
    expect(within(cover()).getByRole('button', { name: 'Continue' })).toBeDisabled();
  });
});
