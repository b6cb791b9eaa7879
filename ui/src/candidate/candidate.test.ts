import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { type Opened, announced, calls, menuOf, opened } from '../opened';
// Fetched when it is first needed; here it has been, so that no test waits for a compiler.
import '../later';

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
    const why = 'In Phone Screen in Lever · tag from the job posting';
    expect(await screen.findByText(why)).toBeVisible();
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
    const all = await needing();
    const { backend, user } = all;
    const ask = async (): Promise<void> => {
      const menu = await menuOf(all);
      await user.click(within(menu).getByRole('menuitem', { name: /^Create another pad/ }));
    };
    await ask();
    const dialog = screen.getByRole('dialog', { name: /^Create another pad for/ });
    expect(within(dialog).getByText(/there are two for the same interview/)).toBeVisible();
    expect(within(dialog).getByRole('button', { name: 'Cancel' })).toHaveFocus();
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(calls(backend, 'act')).toHaveLength(0);
    await ask();
    await user.click(
      within(screen.getByRole('dialog')).getByRole('button', { name: 'Create another pad' }),
    );
    await waitFor(() => {
      expect(calls(backend, 'act')).toHaveLength(1);
    });
  });

  it('keeps the question open with the problem in it when it could not be done', async () => {
    const all = await needing();
    const { backend, user } = all;
    backend.refuse('act', {
      code: 'tooLate',
      message: 'The pad has been found meanwhile.',
      means: '',
      hint: 'Nothing needs to be done.',
    });
    const menu = await menuOf(all);
    await user.click(within(menu).getByRole('menuitem', { name: /^Create another pad/ }));
    await user.click(
      within(screen.getByRole('dialog')).getByRole('button', { name: 'Create another pad' }),
    );
    expect(
      await within(screen.getByRole('dialog')).findByText('The pad has been found meanwhile.'),
    ).toBeVisible();
  });

  it('says before an undo that the effect on the quota is not known', async () => {
    const all = await opened('usual');
    await screen.findAllByRole('button', { name: /^Copy link for/ });
    await all.user.click(document.querySelectorAll('p.name')[1] as HTMLElement);
    const menu = await menuOf(all);
    await all.user.click(within(menu).getByRole('menuitem', { name: /^Delete pad…/ }));
    expect(screen.getByRole('dialog')).toHaveTextContent(
      /may still count this pad toward your plan/,
    );
  });
});

describe('a candidate whose plans changed', () => {
  async function chosen(state: string): Promise<Opened> {
    const all = await opened('changed');
    const [row] = await screen.findAllByText(state);
    await all.user.click(row as HTMLElement);
    await screen.findByRole('heading', { name: 'Activity' });
    return all;
  }

  it('has the invitation with the new time at hand', async () => {
    const { backend, user } = await chosen('Old time in invitation');
    const [first] = await screen.findAllByRole('button', { name: 'Copy invitation' });
    expect(first).toHaveClass('primary');
    await user.click(first as HTMLElement);
    await waitFor(() => {
      expect(calls(backend, 'copyInvitation')).toHaveLength(1);
    });
  });

  it('has a pad that is ended after a question, or kept without one', async () => {
    const { backend, user } = await chosen('Archived – pad open');
    expect(await screen.findByRole('button', { name: 'End pad…' })).toHaveClass('primary');
    await user.click(screen.getByRole('button', { name: 'End pad…' }));
    const dialog = screen.getByRole('dialog', { name: /^End the pad for/ });
    expect(within(dialog).getByText(/no one can join/)).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(calls(backend, 'act')).toHaveLength(0);
    await user.click(screen.getByRole('button', { name: 'End pad…' }));
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'End pad' }));
    await waitFor(() => {
      expect(calls(backend, 'act')).toMatchObject([{ action: { kind: 'endPad' } }]);
    });
    await user.click(screen.getByRole('button', { name: 'Keep pad' }));
    await waitFor(() => {
      expect(calls(backend, 'act')).toHaveLength(2);
    });
  });

  it('is most likely to need a pad again whose interview was canceled', async () => {
    const all = await chosen('Canceled – pad open');
    expect(await screen.findByRole('button', { name: 'Keep pad' })).toHaveClass('primary');
    const menu = await menuOf(all);
    for (const name of [/^End pad…/, /^Delete pad…/]) {
      expect(within(menu).getByRole('menuitem', { name })).toBeVisible();
    }
  });
});

describe('the head of a candidate', () => {
  it('has one button that stands out, and the rest in a menu', async () => {
    const all = await opened('usual');
    await all.user.click(await screen.findByText('Grace Eriksson'));
    expect(await screen.findByRole('button', { name: 'Copy link' })).toHaveClass('primary');
    expect(document.querySelectorAll('article button.primary')).toHaveLength(1);
    const menu = await menuOf(all);
    const offered = within(menu).getAllByRole('menuitem');
    expect(offered.map((item) => item.querySelector('.label')?.textContent)).toEqual([
      'Copy link',
      'Copy invitation',
      'Open pad',
      'Open in Lever',
      'Mark as sent',
      'Remove tag…',
      'Delete pad…',
    ]);
    expect(offered[0]).toHaveFocus();
    await all.user.keyboard('{End}');
    expect(offered.at(-1)).toHaveFocus();
    await all.user.keyboard('{ArrowDown}o');
    expect(offered[2]).toHaveFocus();
    await all.user.keyboard('o');
    expect(offered[3]).toHaveFocus();
  });

  it('says what was done, and to whom', async () => {
    const all = await opened('usual');
    await all.user.click(await screen.findByText('Grace Eriksson'));
    const menu = await menuOf(all);
    await all.user.click(within(menu).getByRole('menuitem', { name: /^Mark as sent/ }));
    await waitFor(() => {
      expect(announced()).toBe('Moved Grace Eriksson to “Link copied”.');
    });
    expect(screen.queryByRole('menu')).toBeNull();
  });

  it('answers a question with what is likely, and with the other answer', async () => {
    const { backend, user } = await opened('usual');
    await user.click(await screen.findByRole('button', { name: /^Decide about/ }));
    expect(await screen.findByRole('button', { name: 'Check CoderPad again' })).toHaveClass(
      'primary',
    );
    await user.click(screen.getByRole('button', { name: 'Skip' }));
    await waitFor(() => {
      expect(calls(backend, 'act')).toMatchObject([{ action: { kind: 'skip' } }]);
    });
  });

  it('shows three lines of what happened, and the rest on a word', async () => {
    const { backend, user } = await opened('usual');
    backend.change(({ timeline }) => {
      timeline.push(...timeline.map((entry) => ({ ...entry, atMs: entry.atMs + 1 })));
    });
    await user.click(await screen.findByText('Grace Eriksson'));
    const activity = (await screen.findByRole('heading', { name: 'Activity' })).closest('section');
    const lines = () => within(activity as HTMLElement).getAllByRole('listitem');
    expect(lines()).toHaveLength(3);
    await user.click(within(activity as HTMLElement).getByRole('button', { name: 'Show all' }));
    expect(lines()).toHaveLength(6);
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
    const line = /2:30 PM \(Lisbon time\) with Ines Pereira, Jonas Okafor$/;
    expect(await screen.findByText(line)).toBeVisible();
    expect(calls(backend, 'interviewNow')).toHaveLength(1);
  });

  it('says what Lever does not know', async () => {
    const { user } = await opened('notPlanned');
    await user.click(await screen.findByText('Grace Eriksson'));
    expect(await screen.findByText('No interview scheduled in Lever')).toBeVisible();
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
    expect(await screen.findByText(/with Ines Pereira, Jonas Okafor$/)).toBeVisible();
  });
});

describe('whoever waits for a pad', () => {
  it('can be held, and nothing is made meanwhile', async () => {
    const all = await opened('usual');
    const { backend } = all;
    await all.user.click(await screen.findByText('Mateus Ito'));
    const menu = await menuOf(all);
    await all.user.click(within(menu).getByRole('menuitem', { name: /^Hold/ }));
    await waitFor(() => {
      expect(calls(backend, 'act')).toMatchObject([{ action: { kind: 'hold' } }]);
    });
    expect(announced()).toBe('No pad for Mateus Ito until you choose to create one.');
  });
});
