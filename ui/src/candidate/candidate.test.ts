import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { type Opened, calls, opened } from '../opened';

describe('one candidate', () => {
  async function needing(): Promise<Opened> {
    const all = await opened('usual');
    await all.user.click(await screen.findByRole('button', { name: /^Decide about/ }));
    await screen.findByRole('heading', { name: 'Activity' });
    return all;
  }

  it('is shown with what happened and why', async () => {
    await needing();
    expect(screen.getByText('Noticed')).toBeVisible();
    expect(screen.getByText(/Tagged “coderpad” and in Phone Screen/)).toBeVisible();
  });

  it('takes the pasted link of a pad that the person sees', async () => {
    const { backend, user } = await needing();
    await user.type(screen.getByLabelText('Pad link'), ' https://app.coderpad.io/ABCD1234 ');
    await user.click(screen.getByRole('button', { name: 'Use this pad' }));
    await waitFor(() => {
      expect(calls(backend, 'act')).toEqual([
        expect.objectContaining({
          action: { kind: 'seePad', link: 'https://app.coderpad.io/ABCD1234' },
        }),
      ]);
    });
  });

  it('is never given a second pad before the risk was read, and the safe button has the focus', async () => {
    const { backend, user } = await needing();
    await user.click(screen.getByRole('button', { name: 'Create another pad' }));
    const dialog = screen.getByRole('dialog', { name: /^Create another pad for/ });
    expect(within(dialog).getByText(/there are two for the same interview/)).toBeVisible();
    expect(within(dialog).getByRole('button', { name: 'Cancel' })).toHaveFocus();
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(calls(backend, 'act')).toHaveLength(0);
    await user.click(screen.getByRole('button', { name: 'Create another pad' }));
    await user.click(
      within(screen.getByRole('dialog')).getByRole('button', { name: 'Create another pad' }),
    );
    await waitFor(() => {
      expect(calls(backend, 'act')).toHaveLength(1);
    });
  });

  it('keeps the question open with the problem in it when it could not be done', async () => {
    const { backend, user } = await needing();
    backend.refuse('act', {
      code: 'tooLate',
      message: 'The pad has been found meanwhile.',
      means: '',
      hint: 'Nothing needs to be done.',
    });
    await user.click(screen.getByRole('button', { name: 'Create another pad' }));
    await user.click(
      within(screen.getByRole('dialog')).getByRole('button', { name: 'Create another pad' }),
    );
    expect(
      await within(screen.getByRole('dialog')).findByText('The pad has been found meanwhile.'),
    ).toBeVisible();
  });

  it('says before an undo that the effect on the quota is not known', async () => {
    const { user } = await opened('usual');
    await screen.findAllByRole('button', { name: /^Copy link for/ });
    await user.click(document.querySelectorAll('p.name')[1] as HTMLElement);
    await user.click(await screen.findByRole('button', { name: 'Delete pad…' }));
    expect(screen.getByRole('dialog')).toHaveTextContent(
      /may still count this pad toward your plan/,
    );
  });
});

describe('a pad that is gone', () => {
  it('offers neither its link nor an invitation', async () => {
    const { backend, user } = await opened('usual');
    await screen.findAllByRole('button', { name: /^Copy link for/ });
    backend.change(({ rows }) => {
      for (const row of rows) {
        row.actions = ['makeNow', 'skip'];
      }
    });
    await user.click(document.querySelectorAll('p.name')[1] as HTMLElement);
    expect(await screen.findByRole('heading', { name: 'Activity' })).toBeVisible();
    for (const name of ['Copy link', 'Copy invitation', 'Open pad']) {
      expect(screen.queryByRole('button', { name })).toBeNull();
    }
    expect(screen.queryByText(/^https:\/\/app\.coderpad\.io/)).toBeNull();
  });
});

describe('what is known of an interview', () => {
  it('is read from both services when somebody stays with the candidate', async () => {
    const { backend, user } = await opened('usual');
    await user.click(await screen.findByText('Grace Eriksson'));
    expect(await screen.findByText('Ines Pereira, Jonas Okafor')).toBeVisible();
    expect(screen.getByText(/2:30 PM \(Lisbon time\)/)).toBeVisible();
    expect(screen.getByText(/^Grace Eriksson – /)).toBeVisible();
    expect(calls(backend, 'interviewNow')).toHaveLength(1);
  });

  it('says what Lever does not know', async () => {
    const { user } = await opened('notPlanned');
    await user.click(await screen.findByText('Grace Eriksson'));
    expect(await screen.findByText('Not scheduled in Lever')).toBeVisible();
    expect(screen.getByText('None listed')).toBeVisible();
  });

  it('says why it could not be read, and is read again on a word', async () => {
    const { backend, user } = await opened('usual');
    backend.refuse('interviewNow', {
      code: 'offline',
      message: 'Lever can’t be reached.',
      means: '',
      hint: 'Check the network.',
    });
    await user.click(await screen.findByText('Grace Eriksson'));
    expect(await screen.findByText('Lever can’t be reached.')).toBeVisible();
    backend.refuse('interviewNow', null);
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Ines Pereira, Jonas Okafor')).toBeVisible();
  });
});

describe('whoever waits for a pad', () => {
  it('can be held, and nothing is made meanwhile', async () => {
    const { backend, user } = await opened('usual');
    await user.click(await screen.findByText('Mateus Ito'));
    await user.click(await screen.findByRole('button', { name: 'Hold' }));
    await waitFor(() => {
      expect(calls(backend, 'act')).toMatchObject([{ action: { kind: 'hold' } }]);
    });
    expect(await screen.findByRole('heading', { name: 'What should Padwatch do?' })).toBeVisible();
  });
});
