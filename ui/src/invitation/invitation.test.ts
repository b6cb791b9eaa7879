import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { type Opened, announced, calls, opened } from '../opened';
// Fetched when it is first opened; here it has been, so that no test waits for a compiler.
import '../later';

describe('the invitation', () => {
  async function candidate(name: string): Promise<Opened> {
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
    await waitFor(() => {
      expect(announced()).toBe('Copied the invitation for Grace Eriksson.');
    });
  });

  it('leaves out what is not known yet, copies at once, and says so', async () => {
    const { backend, user } = await candidate('notPlanned');
    await user.click(screen.getByRole('button', { name: 'Copy invitation' }));
    expect(await screen.findByText(/^Left out, .*: interview time, interviewers\.$/)).toBeVisible();
    expect(calls(backend, 'copyInvitation')).toMatchObject([{ withGaps: false }]);
    await user.click(screen.getByRole('button', { name: 'Preview' }));
    const text = within(screen.getByRole('group', { name: 'Preview' }));
    expect(text.queryByText(/When:|With:|\[/)).toBeNull();
  });

  it('names what is missing before it is copied', async () => {
    const { backend, user } = await candidate('gapped');
    await user.click(screen.getByRole('button', { name: 'Copy invitation' }));
    expect(await screen.findByText('Missing: interview time.')).toBeVisible();
    expect(calls(backend, 'copyInvitation')).toHaveLength(0);
    await user.click(screen.getByRole('button', { name: 'Copy anyway' }));
    await waitFor(() => {
      expect(calls(backend, 'copyInvitation')).toMatchObject([{ withGaps: true }]);
    });
  });

  async function template(): Promise<Opened> {
    const page = await opened('usual');
    await page.user.click(screen.getByRole('button', { name: 'Settings' }));
    await page.user.click(await screen.findByRole('button', { name: /^Invitation/ }));
    await screen.findByLabelText('Text');
    return page;
  }

  it('is previewed for a real candidate while its template is written, and stored', async () => {
    const { backend, user } = await template();
    const text = screen.getByLabelText('Text');
    expect(await screen.findByText(/^Hi Linus,/)).toBeVisible();
    await user.clear(text);
    await user.type(text, 'Welcome ');
    await user.click(screen.getByRole('button', { name: 'Full name' }));
    expect(text).toHaveFocus();
    expect(await screen.findByText('Welcome Linus Haddad')).toBeVisible();
    const stored = calls(backend, 'changeSettings').at(-1);
    expect(stored).toMatchObject({
      settings: { invitation: { templates: [{ body: 'Welcome {Full name}' }] } },
    });
  });

  it('takes a placeholder where the cursor was, in the subject too, by keyboard', async () => {
    const { user } = await template();
    const subject = screen.getByLabelText('Subject');
    await user.clear(subject);
    await user.type(subject, 'For {Enter}you');
    expect(subject).toHaveValue('For you');
    (subject as HTMLTextAreaElement).setSelectionRange(4, 7);
    screen.getByRole('button', { name: 'First name' }).focus();
    await user.keyboard('{Enter}');
    expect(subject).toHaveValue('For {First name}');
    expect(subject).toHaveFocus();
  });

  it('names a broken placeholder at its place, without a word of an engine', async () => {
    const { backend, user } = await template();
    const text = screen.getByLabelText<HTMLTextAreaElement>('Text');
    const before = calls(backend, 'previewInvitation').length;
    await user.clear(text);
    await user.type(text, 'Hi,{Enter}{{frist name},');
    expect(text).toBeInvalid();
    const said = 'Line 2: “frist name” isn’t a placeholder. Insert one of those below.';
    expect(text).toHaveAccessibleDescription(expect.stringContaining(said));
    expect(screen.getByText(/^Correct the placeholder above/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Select' }));
    expect(text).toHaveFocus();
    expect(text.value.slice(text.selectionStart, text.selectionEnd)).toBe('{frist name}');
    await user.click(screen.getByRole('button', { name: 'First name' }));
    expect(text).toHaveValue('Hi,\n{First name},');
    expect(text).toBeValid();
    await waitFor(() => {
      expect(calls(backend, 'previewInvitation').length).toBeGreaterThan(before);
    });
  });

  it('has several templates, of which one is the default', async () => {
    const { backend, user } = await opened('usual');
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    await user.click(await screen.findByRole('button', { name: /^Invitation/ }));
    await user.click(await screen.findByRole('button', { name: 'Add template' }));
    expect(await screen.findByLabelText('Template name')).toHaveValue('Template 2');
    await user.click(screen.getByLabelText('Default template'));
    await waitFor(() => {
      expect(calls(backend, 'changeSettings').at(-1)).toMatchObject({
        settings: { invitation: { standard: 2 } },
      });
    });
    await user.click(screen.getByRole('button', { name: 'Delete template' }));
    await user.click(
      within(screen.getByRole('dialog')).getByRole('button', { name: 'Delete template' }),
    );
    await waitFor(() => {
      expect(screen.queryByLabelText('Template name')).toBeNull();
    });
    expect(screen.getByLabelText('Subject')).toHaveValue('Your coding interview');
  });
});
