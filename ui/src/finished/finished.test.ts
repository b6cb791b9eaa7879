import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import type { Problem } from '../bindings/Problem';
import { type Opened, calls, opened } from '../opened';
// Fetched when first opened; here they have been, so that no test waits for a compiler.
import '../later';
import './Finished.svelte';

/** The page of the newest finished interview. */
async function openedFinished(name: string): Promise<Opened> {
  const { backend, user } = await opened(name);
  await screen.findAllByRole('button', { name: /^Watch playback of/ });
  await user.click(document.querySelector('p.name') as HTMLElement);
  await screen.findByText('Participants');
  return { backend, user };
}

async function withCode(name: string): Promise<Opened> {
  const all = await openedFinished(name);
  await all.user.click(screen.getByRole('button', { name: 'Show code' }));
  await screen.findByRole('heading', { name: 'Final code' });
  return all;
}

async function withNote(name = 'finished'): Promise<Opened & { text: HTMLTextAreaElement }> {
  const all = await openedFinished(name);
  await all.user.click(
    screen.getByRole('button', { name: /^(Add code to Lever|Add another note)…$/ }),
  );
  const text = await screen.findByLabelText<HTMLTextAreaElement>('Note text');
  return { ...all, text };
}

async function withOptions(): Promise<Opened & { text: HTMLTextAreaElement }> {
  const all = await withNote();
  await all.user.click(screen.getByText('Options'));
  return all;
}

const DOWN: Problem = {
  code: 'offline',
  message: 'Lever can’t be reached.',
  means: '',
  hint: 'The note is kept. Send it again later.',
};

describe('a finished interview', () => {
  it('says when it was, how long, who took part, and what was run how often', async () => {
    await openedFinished('finished');
    expect(screen.getByText(/^today/, { selector: 'dl time' })).toBeVisible();
    expect(screen.getByText('58 min')).toBeVisible();
    const people = screen.getByText('Participants').nextElementSibling as HTMLElement;
    expect(within(people).getByText('Ada Almeida')).toBeVisible();
    expect(within(people).getByText('CoderPad account · joined as hidden observer')).toBeVisible();
    expect(screen.getByText('python, 14 runs')).toBeVisible();
  });

  it('shows what strangers typed as text, and says what is missing', async () => {
    await openedFinished('finishedHostile');
    expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeVisible();
    expect(document.querySelector('img, b')).toBeNull();
    expect(screen.getByText('No one ended this interview.')).toBeVisible();
    expect(screen.getByText(/participants and run counts may be incomplete/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Open drawing' })).toBeNull();
  });

  it('opens the drawing at a fresh address, and says why when it can’t', async () => {
    const { backend, user } = await openedFinished('finished');
    await user.click(screen.getByRole('button', { name: 'Open drawing' }));
    expect(calls(backend, 'openDrawing')).toHaveLength(1);
    backend.refuse('openDrawing', {
      code: 'gone',
      message: 'Nothing was drawn in this pad.',
      means: '',
      hint: 'Open the recording to see what was done.',
    });
    await user.click(screen.getByRole('button', { name: 'Open drawing' }));
    expect(await screen.findByText('Nothing was drawn in this pad.')).toBeVisible();
  });

  it('of a pad that is gone says so, and is asked for again on a word', async () => {
    const { backend, user } = await opened('finished');
    backend.refuse('finishedView', {
      code: 'gone',
      message: 'CoderPad has no such pad any more.',
      means: '',
      hint: 'Look whether it was deleted, or belongs to somebody else.',
    });
    await screen.findAllByRole('button', { name: /^Watch playback of/ });
    await user.click(document.querySelector('p.name') as HTMLElement);
    expect(await screen.findByText('CoderPad has no such pad any more.')).toBeVisible();
    backend.refuse('finishedView', null);
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Participants')).toBeVisible();
  });
});

describe('the code', () => {
  it('is shown by part and file, in colours, with what has to be said about it', async () => {
    await withCode('finished');
    const code = await screen.findByText(/defaultdict\(list\)|from/, { selector: 'pre .kwd' });
    expect(code).toBeVisible();
    expect(document.querySelector('pre')).toHaveTextContent(/def groups\(words: list/);
    expect(screen.getByText(/recorded edits differ/)).toBeVisible();
    expect(screen.getByText('diagram.png')).toBeVisible();
    expect(screen.getByText('This file isn’t text.')).toBeVisible();
    expect(screen.getByRole('heading', { name: /postgresql/ })).toBeVisible();
    expect(screen.getByRole('heading', { name: /on screen at the end/ })).toBeVisible();
  });

  it('is copied file by file, whole', async () => {
    const { backend, user } = await withCode('finished');
    await user.click(await screen.findByRole('button', { name: /test_groups/ }));
    const copies = screen.getAllByRole('button', { name: 'Copy file' });
    await user.click(copies[1] as HTMLElement);
    expect(await screen.findByText('Copied')).toBeVisible();
    expect(calls(backend, 'copyText')[0]?.text).toMatch(/^import pytest/);
  });

  it('of a hundred files is listed in steps, and what is hostile stays text', async () => {
    const { user } = await withCode('finishedHostile');
    const files = (): HTMLElement[] => screen.getAllByRole('button', { name: /\.zig$/ });
    expect(files()).toHaveLength(50);
    await user.click(screen.getByRole('button', { name: 'Show 50 more' }));
    await user.click(screen.getByRole('button', { name: 'Show 20 more' }));
    expect(files()).toHaveLength(120);
    expect(document.querySelector('pre')).toHaveTextContent('<script>alert(2)</script>');
    expect(document.querySelector('script')).toBeNull();
    expect(screen.getByText(/more code than fits here/)).toBeVisible();
    expect(screen.getByText('No files in this part.')).toBeVisible();
  });
});

describe('the note', () => {
  it('takes playback link and code to Lever with two clicks, and asks for nothing else', async () => {
    const { backend, user, text } = await withNote();
    expect(text.value).toContain('/playback');
    expect(text.value).toContain('def groups');
    expect(screen.queryByRole('radio')).toBeNull();
    expect(screen.queryByRole('checkbox')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Add to Lever' }));
    expect(await screen.findByText(/^Added to Lever/)).toBeVisible();
    expect(calls(backend, 'sendNote')).toMatchObject([{ secret: false, text: text.value }]);
  });

  it('says that it is secret where its options are folded again', async () => {
    const { user } = await withOptions();
    await user.click(screen.getByLabelText('Secret note'));
    await user.click(screen.getByText('Options'));
    expect(screen.queryByRole('checkbox')).toBeNull();
    expect(screen.getByText('Secret note', { selector: 'summary *' })).toBeVisible();
  });

  it('is looked over and changed before anything is sent, and then says when it was added', async () => {
    const { backend, user, text } = await withOptions();
    expect(text.value).toContain('/playback');
    expect(text.value).toContain('def groups');
    expect(calls(backend, 'sendNote')).toHaveLength(0);
    await user.type(text, '{End}Good with dictionaries.');
    await user.click(screen.getByLabelText('Secret note'));
    await user.click(screen.getByRole('button', { name: 'Add to Lever' }));
    expect(await screen.findByText(/^Added to Lever/)).toBeVisible();
    // The confirmation is where the form was, and in view.
    const heading = screen
      .getByText(/^Added to Lever/)
      .closest('section')
      ?.querySelector('h2');
    expect(heading).toHaveFocus();
    const [sent] = calls(backend, 'sendNote');
    expect(sent?.secret).toBe(true);
    expect(sent?.text).toContain('Good with dictionaries.');
    await user.click(screen.getByRole('button', { name: 'Open in Lever' }));
    expect(calls(backend, 'openProfile')).toHaveLength(1);
  });

  it('is written anew for another choice, and asks first when it was changed', async () => {
    const { backend, user, text } = await withOptions();
    await user.click(screen.getByLabelText('As an attached file'));
    expect(await screen.findByText(/^Attached: interview-/)).toBeVisible();
    expect(text.value).not.toContain('def groups');
    await user.click(screen.getByLabelText('Transcript'));
    await waitFor(() => {
      expect(text.value).toContain('I would sort them first.');
    });
    expect(screen.queryByLabelText('Review report')).toBeNull();
    await user.type(text, 'Mine. ');
    await user.click(screen.getByLabelText('Don’t include code'));
    const dialog = await screen.findByRole('dialog', { name: 'Start the note over?' });
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(text.value).toContain('Mine.');
    expect(screen.getByLabelText('As an attached file')).toBeChecked();
    expect(calls(backend, 'prepareNote')).toHaveLength(3);
  });

  it('stays as it is when Lever can’t be reached or refuses, and can be sent later', async () => {
    const { backend, user, text } = await withNote();
    await user.type(text, 'Mine. ');
    backend.refuse('sendNote', DOWN);
    await user.click(screen.getByRole('button', { name: 'Add to Lever' }));
    expect(await screen.findByText('Lever can’t be reached.')).toBeVisible();
    expect(text.value).toContain('Mine.');
    backend.refuse('sendNote', null);
    await user.click(screen.getByRole('button', { name: 'Add to Lever' }));
    expect(await screen.findByText(/^Added to Lever/)).toBeVisible();
  });

  it('that is prepared and not sent is gone on with, or thrown away', async () => {
    const { backend, user } = await withNote();
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    expect(await screen.findByRole('button', { name: 'Add code to Lever…' })).toBeVisible();
    expect(calls(backend, 'discardNote')).toHaveLength(1);
  });

  it('of which it is not known whether it is there can’t be sent again', async () => {
    await openedFinished('noteUncertain');
    expect(screen.getByText(/can’t tell yet if Lever added the note/)).toBeVisible();
    expect(screen.queryByRole('button', { name: /note|Add code/i })).toBeNull();
  });

  it('of which a part is there goes on with the rest, or is left', async () => {
    const { backend, user } = await openedFinished('noteHalted');
    expect(screen.getByText(/1 of 3 parts is in Lever/)).toBeVisible();
    expect(screen.getByText(/missing the permission “Create an opportunity note”/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Add the rest' }));
    expect(await screen.findByText(/^Added to Lever/)).toBeVisible();
    expect(calls(backend, 'sendNote')).toHaveLength(1);
  });

  it('that was added already can be followed by another one, by an own choice', async () => {
    const { backend } = await withNote('noteAdded');
    expect(calls(backend, 'prepareNote')[0]?.choice).not.toBeNull();
  });

  it('opens when a notification asks for it, and not for the next one', async () => {
    const { backend, user } = await opened('finished');
    await screen.findAllByRole('button', { name: /^Watch playback of/ });
    backend.want({
      kind: 'candidate',
      opportunity: '00000000-0000-4000-8000-000000000002',
      note: true,
    });
    expect(await screen.findByLabelText('Note text')).toBeInTheDocument();
    expect(calls(backend, 'prepareNote')[0]?.opportunity).toMatch(/2$/);
    await user.click(screen.getByRole('button', { name: 'Back' }));
    await user.click(document.querySelector('p.name') as HTMLElement);
    expect(await screen.findByRole('button', { name: 'Add code to Lever…' })).toBeVisible();
  });
});

describe('the settings of interviews', () => {
  it('are sent at once', async () => {
    const { backend, user } = await openedFinished('finished');
    await user.click(screen.getByRole('button', { name: 'Back' }));
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    await user.click(await screen.findByRole('button', { name: /^General/ }));
    expect(await screen.findByLabelText(/^Remind me the day before/)).toBeChecked();
    await user.click(screen.getByLabelText('Remind me before an interview'));
    const minutes = await screen.findByLabelText('Time before the interview');
    expect(minutes).toHaveValue(15);
    await user.clear(minutes);
    await user.type(minutes, '5{Tab}');
    const kept = screen.getByLabelText('Delete candidate data after');
    await user.clear(kept);
    await user.type(kept, '0{Tab}');
    await waitFor(() => {
      const { settings } = calls(backend, 'changeSettings').at(-1) ?? {};
      expect(settings?.reminders).toEqual({
        minutesBefore: 5,
        linkNotSent: true,
        checkMinutesBefore: 15,
        lateMinutes: 5,
      });
      expect(settings?.keeping).toEqual({ daysInTray: 14, retentionDays: 0 });
    });
  });
});
