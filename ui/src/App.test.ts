import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';

import App from './App.svelte';
import type { FakeBackend } from './backend/fake';
import { HARD_NAMES, scene } from './gallery/scenes';

const NOW = new Date(2026, 10, 18, 12, 0, 0).getTime();

afterEach(cleanup);

async function opened(
  name: string,
): Promise<{ backend: FakeBackend; user: ReturnType<typeof userEvent.setup> }> {
  const backend = scene(name, NOW);
  const user = userEvent.setup();
  render(App, { backend, time: () => NOW });
  await screen.findByRole('combobox');
  return { backend, user };
}

function calls(backend: FakeBackend, kind: string): unknown[] {
  return backend.asked.filter((call) => call.kind === kind);
}

describe('the list', () => {
  it('shows the parts with their counts, and how things stand with its age', async () => {
    await opened('usual');
    expect(await screen.findByRole('button', { name: /To send\s*3/ })).toBeVisible();
    expect(screen.getByRole('button', { name: /Needs you\s*1/ })).toBeVisible();
    expect(screen.getByText(/Watching · checked 12 s ago/)).toBeVisible();
    expect(screen.getByText(/38 pads left/)).toBeVisible();
  });

  it('copies a link, and says so in place and to a screen reader', async () => {
    const { backend, user } = await opened('usual');
    const [first] = await screen.findAllByRole('button', { name: /^Copy link for/ });
    await user.click(first as HTMLElement);
    expect(calls(backend, 'copyLink')).toHaveLength(1);
    expect(await screen.findByText('Copied')).toBeVisible();
    expect(
      await screen.findByText(/^Copied the link for/, { selector: '[aria-live]' }),
    ).toBeInTheDocument();
  });

  it('does not say "Copied" when the desktop could not copy', async () => {
    const { backend, user } = await opened('usual');
    backend.refuse('copyLink', {
      code: 'desktopUnable',
      message: 'The clipboard can’t be used.',
      hint: 'Open the candidate and mark the link by hand.',
    });
    const [first] = await screen.findAllByRole('button', { name: /^Copy link for/ });
    await user.click(first as HTMLElement);
    expect(await screen.findByText('The clipboard can’t be used.')).toBeVisible();
    expect(screen.queryByText('Copied')).toBeNull();
  });

  it('finds people by the keyboard alone: search, arrow, Enter copies', async () => {
    const { backend, user } = await opened('usual');
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

  it('says when nobody is found, and what fills an empty list', async () => {
    const { user } = await opened('usual');
    await user.type(screen.getByRole('combobox'), 'nobody of that name');
    expect(await screen.findByText('Nobody found')).toBeVisible();
    cleanup();
    await opened('empty');
    expect(await screen.findByText('Nobody yet')).toBeVisible();
    expect(screen.getByText(/^Last looked/)).toBeVisible();
  });

  it('shows hostile and nameless candidates as text', async () => {
    await opened('hard');
    for (const [name] of HARD_NAMES.filter(([each]) => each !== '')) {
      expect(await screen.findByTitle(name)).toBeInTheDocument();
    }
    expect(screen.getByText('No name')).toBeVisible();
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
    expect(await screen.findByText(/Offline · last checked 9 min ago/)).toBeVisible();
    expect(screen.getByText('Lever can’t be reached.')).toBeVisible();
    expect(await screen.findByRole('button', { name: /To send\s*3/ })).toBeVisible();
  });

  it('says so when Padwatch itself does not answer', async () => {
    const { backend } = await opened('usual');
    backend.lose({
      code: 'closing',
      message: 'Padwatch does not answer.',
      hint: 'Start it again.',
    });
    expect(await screen.findByText('Start it again.')).toBeVisible();
  });
});

describe('pausing', () => {
  it('asks how long, and is ended by the same place', async () => {
    const { backend, user } = await opened('usual');
    await user.click(screen.getByRole('button', { name: 'Pause' }));
    await user.click(screen.getByRole('menuitem', { name: 'Until tomorrow' }));
    const tomorrow = new Date(2026, 10, 19).getTime();
    await screen.findByText(/^Paused until/);
    expect(JSON.stringify(calls(backend, 'pause'))).toContain(String(tomorrow));
    await user.click(screen.getByRole('button', { name: 'Resume' }));
    expect(await screen.findByText(/^Watching/)).toBeVisible();
  });
});

describe('one candidate', () => {
  async function needing(): ReturnType<typeof opened> {
    const all = await opened('usual');
    await all.user.click(await screen.findByRole('button', { name: /^Decide about/ }));
    await screen.findByRole('heading', { name: 'What happened' });
    return all;
  }

  it('is shown with what happened and why', async () => {
    await needing();
    expect(screen.getByText('Noticed in Phone Screen')).toBeVisible();
    expect(screen.getByText(/Carries the tag coderpad/)).toBeVisible();
  });

  it('takes the pasted link of a pad that the person sees', async () => {
    const { backend, user } = await needing();
    await user.type(screen.getByLabelText('Its link'), ' https://app.coderpad.io/ABCD1234 ');
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
    await user.click(screen.getByRole('button', { name: 'Make another pad' }));
    const dialog = screen.getByRole('dialog', { name: /^Make another pad for/ });
    expect(within(dialog).getByText(/two pads for the same interview/)).toBeVisible();
    expect(within(dialog).getByRole('button', { name: 'Leave it' })).toHaveFocus();
    await user.click(within(dialog).getByRole('button', { name: 'Leave it' }));
    expect(calls(backend, 'act')).toHaveLength(0);
    await user.click(screen.getByRole('button', { name: 'Make another pad' }));
    await user.click(
      within(screen.getByRole('dialog')).getByRole('button', { name: 'Make another pad' }),
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
      hint: 'Nothing needs to be done.',
    });
    await user.click(screen.getByRole('button', { name: 'Make another pad' }));
    await user.click(
      within(screen.getByRole('dialog')).getByRole('button', { name: 'Make another pad' }),
    );
    expect(
      await within(screen.getByRole('dialog')).findByText('The pad has been found meanwhile.'),
    ).toBeVisible();
  });

  it('says before an undo that the effect on the quota is not known', async () => {
    const { user } = await opened('usual');
    await screen.findAllByRole('button', { name: /^Copy link for/ });
    await user.click(document.querySelectorAll('p.name')[1] as HTMLElement);
    await user.click(await screen.findByRole('button', { name: 'Undo the pad' }));
    expect(screen.getByRole('dialog')).toHaveTextContent(/allowance is not known/);
  });
});

describe('the accounts', () => {
  async function accounts(name = 'usual'): ReturnType<typeof opened> {
    const all = await opened(name);
    await all.user.click(screen.getByRole('button', { name: 'Settings' }));
    await all.user.click(await screen.findByRole('button', { name: /^Accounts/ }));
    return all;
  }

  it('test a key and tell what it may, and how many pads are left', async () => {
    const { user } = await accounts();
    const lever = await screen.findByRole('region', { name: 'Lever' });
    await user.click(within(lever).getByRole('button', { name: 'Test' }));
    expect(await within(lever).findByText('Find all opportunities')).toBeVisible();
    expect(within(lever).getByText('Missing; Padwatch works without')).toBeVisible();
    expect(within(lever).getAllByText(/Can only be tested by writing/)).toHaveLength(1);
    expect(within(lever).getAllByText('helpful')).toHaveLength(2);
    const coderpad = screen.getByRole('region', { name: 'CoderPad' });
    await user.click(within(coderpad).getByRole('button', { name: 'Test' }));
    expect(await within(coderpad).findByText('38 left, 12 used')).toBeVisible();
  });

  it('hide a key while it is typed and forget it once it is stored', async () => {
    const { user } = await accounts();
    const lever = await screen.findByRole('region', { name: 'Lever' });
    await user.click(within(lever).getByRole('button', { name: 'Replace' }));
    const field = within(lever).getByLabelText('Lever API key');
    expect(field).toHaveAttribute('type', 'password');
    await user.type(field, 'not-a-real-key');
    await user.click(within(lever).getByRole('button', { name: 'Test and save' }));
    expect(await within(lever).findByText('The Lever key works.')).toBeVisible();
    expect(document.body.innerHTML).not.toContain('not-a-real-key');
  });

  it('delete a key only after saying what that means', async () => {
    const { backend, user } = await accounts();
    const lever = await screen.findByRole('region', { name: 'Lever' });
    await user.click(within(lever).getByRole('button', { name: 'Delete' }));
    expect(screen.getByRole('dialog')).toHaveTextContent(/stops watching/);
    expect(calls(backend, 'deleteLeverKey')).toHaveLength(0);
    await user.click(screen.getByRole('button', { name: 'Delete the key' }));
    expect(await within(lever).findByText('No key yet.')).toBeVisible();
  });

  it('say what is wrong with a locked keyring', async () => {
    await accounts('locked');
    expect(await screen.findByText(/The keyring is locked/, { selector: '.page *' })).toBeVisible();
  });
});

describe('the guards', () => {
  it('are sent at once, and a number out of range is brought back into it', async () => {
    const { backend, user } = await opened('usual');
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    await user.click(await screen.findByRole('button', { name: /^Guards/ }));
    const hold = await screen.findByLabelText('Wait before making a pad');
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
      hint: 'Free some room on the disk.',
    });
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    await user.click(await screen.findByRole('button', { name: /^Guards/ }));
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
    await user.click(await screen.findByRole('button', { name: /^Export/ }));
    await user.click(await screen.findByRole('button', { name: 'Save the table' }));
    expect(await screen.findByText('/home/mara/Downloads/padwatch.csv')).toBeVisible();
    expect(calls(backend, 'export')).toHaveLength(1);
  });
});

describe('the people already there', () => {
  it('are served only when they are ticked', async () => {
    const { backend, user } = await opened('usual');
    await user.click(await screen.findByRole('button', { name: 'Choose…' }));
    expect(await screen.findByText('Nobody is ticked: nothing is made.')).toBeVisible();
    const ticks = screen.getAllByRole('checkbox');
    await user.click(ticks[1] as HTMLElement);
    await user.click(ticks[2] as HTMLElement);
    expect(screen.getByText('Uses 2 of the 38 pads left.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Make 2 pads' }));
    await waitFor(() => {
      expect(calls(backend, 'serve')).toHaveLength(1);
    });
    expect(await screen.findByRole('button', { name: /Waiting\s*3/ })).toBeVisible();
  });
});

describe('the invitation', () => {
  async function candidate(name: string): Promise<Awaited<ReturnType<typeof opened>>> {
    const page = await opened(name);
    await page.user.click(await screen.findByText('Grace Eriksson'));
    await screen.findByRole('heading', { name: 'Invitation' });
    return page;
  }

  it('is copied when nothing is missing', async () => {
    const { backend, user } = await candidate('usual');
    await user.click(screen.getByRole('button', { name: 'Copy invitation' }));
    await waitFor(() => {
      expect(calls(backend, 'copyInvitation')).toMatchObject([
        { template: { kind: 'ofPosting' }, withGaps: false },
      ]);
    });
    expect(await screen.findByText('Copied the invitation for Grace Eriksson')).toBeInTheDocument();
  });

  it('names what is missing before it is copied', async () => {
    const { backend, user } = await candidate('notPlanned');
    await user.click(screen.getByRole('button', { name: 'Copy invitation' }));
    expect(await screen.findByText('Not known: interview time, interviewers.')).toBeVisible();
    expect(calls(backend, 'copyInvitation')).toHaveLength(0);
    await user.click(screen.getByRole('button', { name: 'Copy with gaps' }));
    await waitFor(() => {
      expect(calls(backend, 'copyInvitation')).toMatchObject([{ withGaps: true }]);
    });
  });

  it('is previewed for a real candidate while its template is written, and stored', async () => {
    const { backend, user } = await opened('usual');
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    await user.click(await screen.findByRole('button', { name: /^Invitation/ }));
    const text = await screen.findByLabelText('Text');
    expect(await screen.findByText(/^Hi Linus,/)).toBeVisible();
    await user.clear(text);
    await user.type(text, 'Welcome ');
    await user.click(screen.getByRole('button', { name: 'Full name' }));
    expect(await screen.findByText('Welcome Linus Haddad')).toBeVisible();
    const stored = calls(backend, 'changeSettings').at(-1);
    expect(stored).toMatchObject({
      settings: { invitation: { templates: [{ body: 'Welcome {{ name }}' }] } },
    });
  });

  it('has several templates, of which one is the default', async () => {
    const { backend, user } = await opened('usual');
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    await user.click(await screen.findByRole('button', { name: /^Invitation/ }));
    await user.click(await screen.findByRole('button', { name: 'Add a template' }));
    expect(await screen.findByLabelText('Name of the template')).toHaveValue('Template 2');
    await user.click(screen.getByLabelText('The default'));
    await waitFor(() => {
      expect(calls(backend, 'changeSettings').at(-1)).toMatchObject({
        settings: { invitation: { standard: 2 } },
      });
    });
    await user.click(screen.getByRole('button', { name: 'Delete this template' }));
    await user.click(
      within(screen.getByRole('dialog')).getByRole('button', { name: 'Delete this template' }),
    );
    expect(await screen.findByLabelText('Name of the template')).toHaveValue('Phone screen');
  });
});

describe('the pads to come', () => {
  async function settingsPage(name: RegExp): Promise<Awaited<ReturnType<typeof opened>>> {
    const page = await opened('usual');
    await page.user.click(screen.getByRole('button', { name: 'Settings' }));
    await page.user.click(await screen.findByRole('button', { name }));
    return page;
  }

  it('have a language by any name, and a question that is searched for', async () => {
    const { backend, user } = await settingsPage(/^New pads/);
    await user.type(await screen.findByLabelText('Language'), 'gleam{Tab}');
    const shown = within(document.querySelector('.page') as HTMLElement);
    await user.click(shown.getByRole('button', { name: 'Choose…' }));
    await user.type(await screen.findByLabelText('Find a question by its title'), 'rate');
    await user.click(await screen.findByRole('button', { name: /Rate limiter/ }));
    expect(await screen.findByText('Rate limiter')).toBeVisible();
    expect(calls(backend, 'changeSettings').at(-1)).toMatchObject({
      settings: { pads: { standard: { language: 'gleam', question: 312 } } },
    });
  });

  it('differ by job, and a candidate shows what would be used', async () => {
    const { backend, user } = await settingsPage(/^Jobs/);
    const jobs = await screen.findAllByRole('button', { name: 'Pads and invitation' });
    await user.click(jobs[1] as HTMLElement);
    await user.click(screen.getByRole('button', { name: 'Other pad settings for this job' }));
    await user.type(await screen.findByLabelText('Language'), 'go{Tab}');
    expect(await screen.findByText('Own pad settings')).toBeVisible();
    expect(calls(backend, 'changeSettings').at(-1)).toMatchObject({
      settings: { pads: { standard: { language: null }, byPosting: { p1: { language: 'go' } } } },
    });
    await user.keyboard('{Escape}{Escape}');
    await user.click(screen.getByText('Ada Almeida'));
    expect(await screen.findByText('What a pad would be like')).toBeVisible();
    expect(screen.getByText('go')).toBeVisible();
  });

  it('are announced before the tag is put on a job', async () => {
    const { backend, user } = await settingsPage(/^Jobs/);
    const ticks = await screen.findAllByLabelText('Tag “coderpad”');
    expect(ticks[0]).toBeChecked();
    expect(ticks[4]).toBeDisabled();
    await user.click(ticks[1] as HTMLElement);
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(
      '14 people of this job in the watched stages would get a pad.',
    );
    expect(dialog).toHaveTextContent('many at once');
    expect(calls(backend, 'tagPosting')).toHaveLength(0);
    expect(ticks[1]).not.toBeChecked();
    await user.click(within(dialog).getByRole('button', { name: 'Put it on' }));
    await waitFor(() => {
      expect(ticks[1]).toBeChecked();
    });
    expect(calls(backend, 'tagPosting')).toMatchObject([{ posting: 'p1', on: true }]);
  });
});

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
      ['The key for Lever', 'Lever API key'],
      ['The key for CoderPad', 'CoderPad API key'],
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
    expect(await screen.findByRole('radio', { name: 'Padwatch makes them' })).toBeChecked();
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    await user.click(await screen.findByRole('button', { name: 'Start from now' }));
    expect(calls(backend, 'serve')).toHaveLength(0);
    expect(await screen.findByRole('checkbox')).not.toBeChecked();
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    await user.click(await screen.findByRole('button', { name: 'Show the list' }));
    expect(screen.getByRole('combobox')).toBeVisible();
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
      hint: 'Copy it again.',
    });
    await user.click(await inSetUp('Set up'));
    await user.type(await screen.findByLabelText('Lever API key'), 'wrong');
    await user.click(screen.getByRole('button', { name: 'Test and save' }));
    expect(await screen.findByText('Lever doesn’t know this key.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull();
  });
});
