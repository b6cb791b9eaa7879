import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { SAYINGS } from '../bindings/Sayings';
import { HARD_NAMES } from '../fake/scenes';
import { startOfTomorrow } from '../moments';
import { announced, calls, opened } from '../opened';
// Fetched when it is first needed; here it has been, so that no test waits for a compiler.
import '../later';

describe('the list', () => {
  it('shows the parts with their counts, and how things stand with its age', async () => {
    await opened('usual');
    expect(await screen.findByRole('button', { name: /Ready to send\s*3/ })).toBeVisible();
    expect(screen.getByRole('button', { name: /Needs a decision\s*1/ })).toBeVisible();
    expect(screen.getByText(/Watching · checked 12 sec ago/)).toBeVisible();
    expect(screen.getByText(/^Watching/)).toHaveAttribute(
      'title',
      expect.stringMatching(/38 pads left$/),
    );
  });

  it('has its parts in the order in which one would deal with them', async () => {
    await opened('usual');
    await screen.findAllByRole('button', { name: /^Copy link for/ });
    const groups = screen.getAllByRole('rowgroup').map((group) => group.getAttribute('aria-label'));
    expect([...new Set(groups.map((name) => name?.replace(/, .*/, '')))]).toEqual([
      'Already in stage',
      'Needs a decision',
      'Ready to send',
      'In progress',
      'Interviews',
      'Link copied',
      'Ended',
    ]);
    // Whoever waits for a pad stands with those who have one.
    expect(screen.queryByRole('button', { name: /^In progress/ })).toBeNull();
    const creating = screen.getByText(/Creating the pad/).closest('[role=rowgroup]');
    expect(creating).toHaveAttribute('aria-label', 'In progress');
  });

  it('tells the interviews that are live now from those of today and later', async () => {
    const { backend, user } = await opened('usual');
    backend.change(({ rows }) => {
      const upcoming = rows.filter(({ section }) => section === 'upcoming');
      for (const [at, row] of upcoming.entries()) {
        row.state = at === 0 ? SAYINGS.states.live : SAYINGS.states.copied;
        // The live one is there although Lever knows no time.
        delete row.interviewMs;
        if (at === 1 || at === 2) {
          row.interviewMs = startOfTomorrow(Date.now()) + at - 2;
        }
      }
    });
    const live = await screen.findByRole('rowgroup', { name: 'Interviews, Live now' });
    const rows = within(live).getAllByRole('row');
    // The heading of all interviews, and one candidate, of whom it says no more.
    expect(rows).toHaveLength(2);
    expect(rows[0]).toHaveTextContent(/^Interviews 3$/);
    expect(rows[1]).not.toHaveTextContent(/live/i);
    // A reader that isn't told of groups hears it all the same.
    expect(rows[1]).toHaveAccessibleName(/^.*Interviews, Live now$/);
    const names = ['Interviews, Today', 'Interviews, Later', 'Link copied'];
    const groups = names.map((name) => screen.getByRole('rowgroup', { name }));
    expect(groups.map((group) => group.querySelectorAll('.row').length)).toEqual([1, 1, 2]);

    await user.click(screen.getByRole('button', { name: /^Interviews/ }));
    expect(screen.queryByRole('rowgroup', { name: 'Interviews, Today' })).toBeNull();
    expect(screen.queryByText('Live now')).toBeNull();
    expect(screen.getByRole('button', { name: /^Interviews 3$/ })).toBeVisible();
  });

  it('shows the newest three whose interview ended, and the rest on a word', async () => {
    const { user } = await opened('finished');
    await screen.findAllByRole('button', { name: /^Watch playback/ });
    const rows = () => screen.getAllByRole('button', { name: /^Watch playback/ });
    expect(rows()).toHaveLength(3);
    await user.click(screen.getByRole('button', { name: 'Show all' }));
    await waitFor(() => {
      expect(rows()).toHaveLength(8);
    });
    await user.click(screen.getByRole('button', { name: 'Show fewer' }));
    expect(rows()).toHaveLength(3);
  });

  it('shows those who were skipped instead of the others, until Esc', async () => {
    const { user } = await opened('usual');
    await user.click(await screen.findByRole('button', { name: 'Show skipped candidates (2)' }));
    expect(await screen.findByRole('button', { name: /^Skipped\s*2/ })).toBeVisible();
    expect(screen.queryByText('Ready to send')).toBeNull();
    await user.keyboard('{Escape}');
    expect(await screen.findByText('Ready to send')).toBeVisible();
  });

  it('remembers what was folded, though the window is a program of its own', async () => {
    const { user } = await opened('usual');
    await user.click(await screen.findByRole('button', { name: /^Interviews/ }));
    await user.click(screen.getByRole('button', { name: 'Show all' }));
    cleanup();
    await opened('usual');
    const folded = await screen.findByRole('button', { name: /^Interviews/ });
    expect(folded).toHaveAttribute('aria-expanded', 'false');
    expect(screen.getByRole('button', { name: 'Show fewer' })).toBeVisible();
  });

  it('is as it was left where there is no link to copy', async () => {
    const { user } = await opened('finished');
    const rows = () => screen.getAllByRole('row').filter((row) => row.id !== '');
    await screen.findAllByRole('button', { name: /^Watch playback/ });
    await user.keyboard('{ArrowDown}{ArrowDown}');
    await waitFor(() => {
      expect(rows()[1]).toHaveAttribute('aria-selected', 'true');
    });
    cleanup();
    await opened('finished');
    await waitFor(() => {
      expect(rows()[1]).toHaveAttribute('aria-selected', 'true');
    });
  });

  it('gives way to the candidate whom a click in the tray or on a notification is about', async () => {
    const { backend } = await opened('usual');
    await screen.findAllByRole('button', { name: /^Copy link for/ });
    const { rows } = await backend.ask({
      kind: 'list',
      query: { section: null, search: '', offset: 0, limit: 1 },
    });
    backend.want({ kind: 'candidate', opportunity: rows[0]?.opportunity ?? '', note: false });
    expect(await screen.findByRole('button', { name: 'Back' })).toBeVisible();
    expect(await screen.findByRole('heading', { name: rows[0]?.name ?? '' })).toBeVisible();
  });

  it('shows the times of interviews alone', async () => {
    const { backend } = await opened('usual');
    await screen.findAllByRole('button', { name: /^Copy link for/ });
    const { rows } = await backend.ask({
      kind: 'list',
      query: { section: null, search: '', offset: 0, limit: 100 },
    });
    const known = rows.flatMap(({ interviewMs }) => (interviewMs === undefined ? [] : interviewMs));
    const planned = known.map((at) => new Date(at).toISOString());
    const shown = [...document.querySelectorAll('[role=row] time')];
    expect(shown.length).toBeGreaterThan(0);
    for (const time of shown) {
      expect(planned).toContain(time.getAttribute('datetime'));
    }
  });

  it('copies a link, and says so in place and to a screen reader', async () => {
    const { backend, user } = await opened('usual');
    const [first] = await screen.findAllByRole('button', { name: /^Copy link for/ });
    await user.click(first as HTMLElement);
    expect(calls(backend, 'copyLink')).toHaveLength(1);
    expect(await screen.findByText('Copied · Undo')).toBeVisible();
    expect(announced()).toMatch(/^Copied the pad link for/);
  });

  it('undoes a copy by its row, which is ready to send again', async () => {
    const { backend, user } = await opened('usual');
    const [first] = await screen.findAllByRole('button', { name: /^Copy link for/ });
    // A double click copies, and takes nothing back.
    await user.dblClick(first as HTMLElement);
    const undo = await screen.findByRole('button', { name: /^Copied · Undo the copy for/ });
    expect(calls(backend, 'act')).toHaveLength(0);
    await fireEvent.click(undo);
    await waitFor(() => {
      expect(calls(backend, 'act')).toMatchObject([{ action: { kind: 'markSent', sent: false } }]);
    });
    const group = screen.getByRole('rowgroup', { name: 'Ready to send' });
    expect(await within(group).findAllByRole('button', { name: /^Copy link for/ })).toHaveLength(3);
    expect(announced()).toMatch(/^Moved .+ back to “Ready to send”\.$/);
  });

  it('undoes a copy by its key, and leaves the key to the search otherwise', async () => {
    const { backend, user } = await opened('usual');
    await screen.findAllByRole('row', { selected: true });
    await user.keyboard('{Control>}z{/Control}');
    await user.keyboard('{Enter}');
    await screen.findByText('Copied · Undo');
    await user.keyboard('{Control>}z{/Control}');
    await waitFor(() => {
      expect(calls(backend, 'act')).toHaveLength(1);
    });
  });

  it('offers no undo where the link had been copied before', async () => {
    const { backend, user } = await opened('usual');
    const copied = await screen.findByText('Link copied');
    const group = copied.closest<HTMLElement>('[role=rowgroup]');
    await user.click(within(group as HTMLElement).getAllByText('Copy link')[0] as HTMLElement);
    expect(await screen.findByText('Copied')).toBeVisible();
    expect(screen.queryByText('Copied · Undo')).toBeNull();
    // Pressed again, it copies again.
    await fireEvent.click(screen.getByText('Copied'));
    await waitFor(() => {
      expect(calls(backend, 'copyLink')).toHaveLength(2);
    });
  });

  it('does not say "Copied" when the desktop could not copy', async () => {
    const { backend, user } = await opened('usual');
    backend.refuse('copyLink', {
      code: 'desktopUnable',
      message: 'The clipboard can’t be used.',
      means: '',
      hint: 'Open the candidate and mark the link by hand.',
    });
    const [first] = await screen.findAllByRole('button', { name: /^Copy link for/ });
    await user.click(first as HTMLElement);
    expect(await screen.findByText('The clipboard can’t be used.')).toBeVisible();
    expect(screen.queryByText(/^Copied/)).toBeNull();
  });

  it('opens ready for Enter: the search has the focus, the newest link is selected', async () => {
    const { backend, user } = await opened('usual');
    expect(screen.getByRole('combobox')).toHaveFocus();
    await waitFor(() => {
      expect(screen.getAllByRole('row', { selected: true })).toHaveLength(1);
    });
    await user.keyboard('{Enter}');
    await waitFor(() => {
      expect(calls(backend, 'copyLink')).toHaveLength(1);
    });
  });

  it('finds people by the keyboard alone: search, arrow, Enter copies', async () => {
    const { backend, user } = await opened('usual');
    screen.getByRole('grid').focus();
    await user.keyboard('{Control>}f{/Control}');
    expect(screen.getByRole('combobox')).toHaveFocus();
    await user.keyboard('engineer');
    await waitFor(() => {
      expect(screen.getAllByRole('row', { selected: true })).toHaveLength(1);
    });
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => {
      expect(calls(backend, 'copyLink')).toHaveLength(1);
    });
    await user.keyboard('{Escape}');
    expect(screen.getByRole('combobox')).toHaveValue('');
  });

  it('asks again on a word for what did not come', async () => {
    const { backend, user } = await opened('usual');
    backend.refuse('list', {
      code: 'closing',
      message: 'Padwatch is about to close.',
      means: '',
      hint: 'Start it again.',
    });
    await user.type(screen.getByRole('combobox'), 'engineer');
    expect(await screen.findByText('Padwatch is about to close.')).toBeVisible();
    backend.refuse('list', null);
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect((await screen.findAllByText(/Backend Engineer/))[0]).toBeVisible();
    expect(screen.queryByText('Padwatch is about to close.')).toBeNull();
  });

  it('says when nobody is found, and what fills an empty list', async () => {
    const { user } = await opened('usual');
    await user.type(screen.getByRole('combobox'), 'nobody of that name');
    expect(await screen.findByRole('heading', { name: 'No matches' })).toBeVisible();
    expect(announced()).toBe('No matches');
    expect(screen.getByRole('combobox')).toHaveAttribute('aria-expanded', 'false');
    await user.clear(screen.getByRole('combobox'));
    await user.type(screen.getByRole('combobox'), 'ada alm');
    await waitFor(() => {
      expect(announced()).toBe('1 candidate found');
    });
    cleanup();
    await opened('empty');
    expect(await screen.findByText('No candidates yet')).toBeVisible();
    expect(screen.getByText(/^Last checked/)).toBeVisible();
  });

  it('shows hostile and nameless candidates as text', async () => {
    await opened('hard');
    for (const [name] of HARD_NAMES.filter(([each]) => each !== '')) {
      expect(await screen.findByTitle(name)).toBeInTheDocument();
    }
    expect(screen.getByText('Unnamed candidate')).toBeVisible();
    expect(document.querySelector('img')).toBeNull();
  });

  it('asks for a few pages of ten thousand people', async () => {
    const { backend } = await opened('many');
    await screen.findAllByRole('button', { name: /^Copy link for/ });
    expect(calls(backend, 'list').length).toBeLessThan(8);
    expect(screen.getAllByRole('row').length).toBeLessThan(40);
  });

  it('stays where it is, with its age, when Lever can’t be reached', async () => {
    await opened('offline');
    const standing = /Waiting for Lever · last checked 9 min ago/;
    expect(await screen.findByText(standing)).toBeVisible();
    expect(screen.getByText('Padwatch can’t reach Lever.')).toBeVisible();
    expect(await screen.findByRole('button', { name: /Ready to send\s*3/ })).toBeVisible();
  });

  it('is not shown as current when the last check is older than two polls', async () => {
    const { backend, user } = await opened('stale');
    expect(await screen.findAllByText(/^Last checked 25 min ago/)).toHaveLength(2);
    expect(screen.queryByText(/^Watching/)).toBeNull();
    expect(screen.getByText(/^Candidates who were moved since/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Try again now' }));
    expect(calls(backend, 'checkNow')).toHaveLength(1);
  });

  it('does not say that nobody is there before the first check has ended', async () => {
    const { backend } = await opened('empty');
    expect(await screen.findByText('No candidates yet')).toBeVisible();
    backend.change(({ snapshot }) => {
      snapshot.condition = { kind: 'starting' };
    });
    const heading = { name: 'Checking Lever for the first time…' };
    expect(await screen.findByRole('heading', heading)).toBeVisible();
    expect(screen.queryByText('No candidates yet')).toBeNull();
  });

  it('says that it is being opened, and not that nobody is there', async () => {
    await opened('loading');
    expect(screen.getByText('Opening the list…')).toBeInTheDocument();
    expect(screen.queryByText('No candidates yet')).toBeNull();
  });

  it('says so when Padwatch itself does not answer', async () => {
    const { backend } = await opened('usual');
    backend.lose({
      code: 'closing',
      message: 'Padwatch isn’t responding.',
      means: '',
      hint: 'Start it again.',
    });
    expect(await screen.findByText('Start it again.')).toBeVisible();
  });
});

describe('long work', () => {
  it('shows how far it is, and the rest of it can be stopped', async () => {
    const { backend, user } = await opened('busy');
    expect(await screen.findByText('Making pads: 46 of 80')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Stop the rest' }));
    expect(calls(backend, 'cancelServing')).toHaveLength(1);
    await waitFor(() => {
      expect(screen.queryByText(/^Making pads/)).toBeNull();
    });
  });

  it('that must not be stopped can be paused', async () => {
    const { backend, user } = await opened('rebuilding');
    const work = (await screen.findByText(/^Checking CoderPad for Padwatch’s pads/)).closest(
      '.progress',
    );
    await user.click(within(work as HTMLElement).getByRole('button', { name: 'Pause' }));
    expect(calls(backend, 'pause')).toHaveLength(1);
  });
});

describe('sample data', () => {
  it('is said to be that', async () => {
    await opened('sample');
    expect(await screen.findByText('Demo')).toBeVisible();
  });

  it('has buttons for what otherwise happens elsewhere', async () => {
    const { backend, user } = await opened('sample');
    await user.click(await screen.findByRole('button', { name: 'Move candidate' }));
    await user.click(screen.getByRole('button', { name: 'End interview' }));
    await user.click(screen.getByRole('button', { name: 'Start outage' }));
    await user.click(await screen.findByRole('button', { name: 'End outage' }));
    await screen.findByRole('button', { name: 'Start outage' });
    expect(calls(backend, 'demo').map(({ step }) => step)).toEqual([
      null,
      'moveCandidate',
      'endInterview',
      'startOutage',
      'endOutage',
    ]);
  });
});

describe('pausing', () => {
  it('asks how long, and is ended by the same place', async () => {
    const { backend, user } = await opened('usual');
    await user.click(screen.getByRole('button', { name: 'Pause' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Until tomorrow' }));
    const tomorrow = new Date(2026, 10, 19).getTime();
    await screen.findByText(/^Paused until/);
    expect(JSON.stringify(calls(backend, 'pause'))).toContain(String(tomorrow));
    await user.click(screen.getAllByRole('button', { name: 'Resume' })[0] as HTMLElement);
    expect(await screen.findByText(/^Watching/)).toBeVisible();
  });
});
