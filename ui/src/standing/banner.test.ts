import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import type { Call } from '../bindings/Call';
import type { Problem } from '../bindings/Problem';
import { announced, calls, opened } from '../opened';
// Fetched when it is first needed; here it has been, so that no test waits for a compiler.
import '../later';

const problem = {
  code: 'desktopUnable' as const,
  message: 'No program on this desktop opened the link.',
  means: '',
  hint: 'Set a default browser.',
};

describe('a button of a banner', () => {
  const buttons: [string, string, Call['kind']][] = [['rebuilding', 'Start creating pads', 'go']];

  it.each(buttons)('shows what it could not do (%s: %s)', async (scene, label, kind) => {
    const { backend, user } = await opened(scene);
    backend.refuse(kind, problem);
    await user.click(await screen.findByRole('button', { name: label }));
    expect(calls(backend, kind)).toHaveLength(1);
    expect(await screen.findByRole('alert')).toHaveTextContent(problem.message);
    expect(screen.getByText(problem.hint)).toBeVisible();

    backend.refuse(kind, null);
    await user.click(screen.getByRole('button', { name: label }));
    expect(screen.queryByText(problem.message)).toBeNull();
  });

  it('shows that the pause could not be ended, once', async () => {
    const { backend, user } = await opened('usual');
    await user.click(screen.getByRole('button', { name: 'Pause' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Until tomorrow' }));
    await screen.findByText(/^Paused until/);
    backend.refuse('resume', problem);
    const banner = screen.getAllByRole('button', { name: 'Resume' }).at(-1);
    await user.click(banner as HTMLElement);
    expect(await screen.findAllByText(problem.message)).toHaveLength(1);
  });
});

describe('the plan', () => {
  it('is compared with what is likely to be needed, before few pads are left', async () => {
    const { backend } = await opened('usual');
    backend.change(({ snapshot }) => {
      const untilMs = new Date(2027, 0, 14).getTime();
      const short = { needed: 12, untilMs };
      snapshot.quota = { remaining: 9, overages: false, low: false, short };
    });
    const message = /^About 12 more pads are likely before .*14.*; you have 9\./;
    expect(await screen.findByText(message)).toBeVisible();
    expect(screen.getByText(/new candidates wait until your plan resets/)).toBeVisible();
  });
});

describe('several notices', () => {
  it('take the room of one until someone asks for the others', async () => {
    const { backend, user } = await opened('offline');
    backend.change(({ snapshot }) => {
      snapshot.quota = { remaining: 3, overages: false, low: true, short: null };
      // The same words about two things.
      snapshot.notices = [problem, problem];
    });
    expect(await screen.findByText('Padwatch can’t reach Lever.')).toBeVisible();
    expect(announced()).toMatch(/^Padwatch can’t reach Lever\./);
    expect(screen.queryByText(/^3 pads left/)).toBeNull();
    await user.click(await screen.findByRole('button', { name: '3 more notices' }));
    expect(screen.getByText(/^3 pads left/)).toBeVisible();
    expect(screen.getAllByText(problem.message)).toHaveLength(2);
    await user.click(screen.getByRole('button', { name: 'Show only the first' }));
    expect(screen.queryByText(/^3 pads left/)).toBeNull();
  });
});

describe('a pause', () => {
  it('says what stops, and offers no check', async () => {
    await opened('paused');
    expect(await screen.findByText(/^No new pads, reminders, or interview updates/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Check now' })).toBeNull();
  });
});

describe('keys that are not read yet', () => {
  const keyring = (code: Problem['code']) => ({
    code,
    message: 'About the keyring.',
    means: '',
    hint: '',
  });

  it.each([
    ['keyringWaiting', 'Waiting for your keys'],
    ['keyringLocked', 'Can’t read your keys'],
    ['keyringMissing', 'Can’t read your keys'],
  ] as const)('are not taken for a setup that is missing (%s)', async (code, text) => {
    const { backend } = await opened('usual');
    backend.change(({ snapshot }) => {
      snapshot.condition = { kind: 'setUp', problem: keyring(code) };
    });
    expect(await screen.findByText(text)).toBeVisible();
    expect(screen.queryByText('Not set up yet')).toBeNull();
  });
});
