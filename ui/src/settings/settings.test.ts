import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { calls, opened, openedSettings } from '../opened';
// Fetched when it is first opened; here it has been, so that no test waits for a compiler.
import '../later';

describe('the guards', () => {
  it('are sent at once, and a number out of range is brought back into it', async () => {
    const { backend, user } = await opened('usual');
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    await user.click(await screen.findByRole('button', { name: /^Watching/ }));
    const hold = await screen.findByLabelText('Delay before creating a pad');
    await user.clear(hold);
    await user.type(hold, '-5{Tab}');
    expect(hold).toHaveValue(0);
    await user.clear(hold);
    await user.type(hold, '90{Tab}');
    expect(await screen.findByText('Saved')).toBeVisible();
    expect(calls(backend, 'changeSettings')).toHaveLength(1);
    expect(hold).toHaveValue(90);
  });

  it('go back to what is true when a change is refused', async () => {
    const { backend, user } = await opened('usual');
    backend.refuse('changeSettings', {
      code: 'ledgerUnusable',
      message: 'The ledger can’t be written.',
      means: '',
      hint: 'Free some room on the disk.',
    });
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    await user.click(await screen.findByRole('button', { name: /^Watching/ }));
    const ask = await screen.findByLabelText('Ask before every pad');
    await user.click(ask);
    expect(await screen.findByText('The ledger can’t be written.')).toBeVisible();
    await waitFor(() => {
      expect(ask).not.toBeChecked();
    });
  });
});

describe('the table', () => {
  it('is saved, and it is said where', async () => {
    const { backend, user } = await opened('usual');
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    await user.click(await screen.findByRole('button', { name: /^Advanced/ }));
    await user.click(screen.getByText('Export'));
    await user.click(await screen.findByRole('button', { name: 'Export CSV' }));
    expect(await screen.findByText('/home/mara/Downloads/padwatch.csv')).toBeVisible();
    expect(calls(backend, 'export')).toHaveLength(1);
  });
});

describe('the notifications', () => {
  it('wait while it is quiet, between the times that are chosen', async () => {
    const { backend, user } = await openedSettings(/^General/);
    await user.click(await screen.findByLabelText('Quiet hours'));
    const from = await screen.findByLabelText('From');
    expect(from).toHaveValue('19:00');
    await fireEvent.change(from, { target: { value: '21:30' } });
    await waitFor(() => {
      expect(calls(backend, 'changeSettings').at(-1)?.settings.notifications.quiet).toEqual({
        fromMinute: 21 * 60 + 30,
        toMinute: 8 * 60,
      });
    });
  });
});

describe('the connection', () => {
  it('is kept as a whole, and counts after a new start', async () => {
    const { backend, user } = await openedSettings(/^Accounts/);
    await user.click(screen.getByText('Connection'));
    const lever = await screen.findByRole('group', { name: 'Lever' });
    await user.click(within(lever).getByRole('radio', { name: 'EU' }));
    const proxy = screen.getByRole('group', { name: 'Proxy' });
    await user.click(within(proxy).getByRole('radio', { name: 'Custom' }));
    await user.type(screen.getByLabelText(/^Proxy address/), 'proxy.example.com:3128');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await user.click(await screen.findByRole('button', { name: 'Restart now' }));
    expect(calls(backend, 'setConnection')).toMatchObject([
      {
        connection: {
          lever: { kind: 'eu' },
          coderpad: { kind: 'production' },
          proxy: { kind: 'at', address: 'proxy.example.com:3128' },
        },
      },
    ]);
    expect(calls(backend, 'restart')).toHaveLength(1);
  });

  it('says what is wrong with an address, and loses nothing that was typed', async () => {
    const { backend, user } = await openedSettings(/^Accounts/);
    await user.click(screen.getByText('Connection'));
    backend.refuse('setConnection', {
      code: 'notValid',
      message: 'The address for Lever can’t be used.',
      means: '',
      hint: 'Type it with https://.',
    });
    const lever = await screen.findByRole('group', { name: 'Lever' });
    await user.click(within(lever).getByRole('radio', { name: 'Another address' }));
    await user.type(screen.getByLabelText('Lever API address'), 'http://lever.example');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('The address for Lever can’t be used.')).toBeVisible();
    expect(screen.getByLabelText('Lever API address')).toHaveValue('http://lever.example');
  });
});

describe('help', () => {
  it('copies the report and opens the logs, and shows what could not be done', async () => {
    const { backend, user } = await openedSettings(/^Advanced/);
    await user.click(screen.getByText('Report a problem'));
    await user.click(await screen.findByRole('button', { name: 'Copy report' }));
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible();
    expect(calls(backend, 'copyText')).toMatchObject([
      { text: expect.stringContaining('Padwatch is watching.') as string },
    ]);
    await user.click(screen.getByRole('button', { name: 'Open logs folder' }));
    expect(calls(backend, 'openLogs')).toHaveLength(1);
  });

  it('has the guide, which is fetched once someone unfolds it', async () => {
    const { backend, user } = await openedSettings(/^Advanced/);
    expect(calls(backend, 'guide')).toHaveLength(0);
    await user.click(screen.getByText('Guide'));
    expect(await screen.findByRole('heading', { name: 'The first few minutes' })).toBeVisible();
    expect(screen.getAllByRole('listitem')[0]).toHaveTextContent(/^Connect Lever. A Super Admin/);
    expect(screen.getByText('Ready to send', { selector: 'dt' })).toBeVisible();
  });

  it('lists the keyboard shortcuts, and says which version this is', async () => {
    const { user } = await openedSettings(/^Advanced/);
    await user.click(screen.getByText('Keyboard shortcuts'));
    expect(screen.getByText('Select a candidate')).toBeVisible();
    const about = screen.getByRole('heading', { name: 'About' });
    expect(about.nextElementSibling).toHaveTextContent('Padwatch 0.1.0');
  });

  it('says nothing of new versions without an address to ask', async () => {
    const { backend } = await openedSettings(/^Advanced/);
    expect(await screen.findByText('Padwatch 0.1.0')).toBeVisible();
    expect(calls(backend, 'updates')).toHaveLength(1);
    expect(screen.queryByLabelText('Check for new versions')).toBeNull();
    expect(screen.queryByText(/is available/)).toBeNull();
  });

  it('says that there is a new version until that is turned off', async () => {
    const { user } = await openedSettings(/^Advanced/, 'newer');
    expect(await screen.findByText(/^Padwatch 0\.2 is available\./)).toBeVisible();
    await user.click(screen.getByLabelText('Check for new versions'));
    await waitFor(() => {
      expect(screen.queryByText(/is available/)).toBeNull();
    });
  });
});

describe('forgetting', () => {
  it('says what stays, and asks before it does it', async () => {
    const { backend, user } = await openedSettings(/^Advanced/);
    await user.click(screen.getByText('Reset Padwatch'));
    expect(await screen.findByText(/^In Lever: links, tags, and notes/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Reset Padwatch' }));
    const dialog = screen.getByRole('dialog');
    expect(dialog).toHaveTextContent('can’t be undone');
    expect(calls(backend, 'forgetEverything')).toHaveLength(0);
    await user.click(within(dialog).getByRole('button', { name: 'Reset Padwatch' }));
    await waitFor(() => {
      expect(calls(backend, 'forgetEverything')).toHaveLength(1);
    });
  });
});

describe('a setting that no page has any longer', () => {
  it('is shown only where it was changed, keeps working, and can be set back', async () => {
    const { backend, user } = await opened('usual');
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    await user.click(await screen.findByRole('button', { name: /^Watching/ }));
    await screen.findByLabelText('Ask before every pad');
    expect(screen.queryByLabelText('Check Lever every')).toBeNull();
    backend.change(({ settings }) => (settings.watch.everySeconds = 90));
    await user.keyboard('{Escape}');
    await user.click(await screen.findByRole('button', { name: /^Watching/ }));
    const field = await screen.findByLabelText('Check Lever every');
    expect(field).toHaveValue(90);
    await user.clear(field);
    await user.type(field, '30{Tab}');
    await waitFor(() => {
      expect(calls(backend, 'changeSettings').at(-1)?.settings.watch.everySeconds).toBe(30);
    });
    expect(field).toBeVisible();
  });
});
