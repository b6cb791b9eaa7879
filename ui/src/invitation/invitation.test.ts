import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { type Opened, calls, opened } from '../opened';
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
    expect(
      await screen.findByText('Copied the invitation for Grace Eriksson.'),
    ).toBeInTheDocument();
  });

  it('names what is missing before it is copied', async () => {
    const { backend, user } = await candidate('notPlanned');
    await user.click(screen.getByRole('button', { name: 'Copy invitation' }));
    expect(await screen.findByText('Missing: interview time, interviewers.')).toBeVisible();
    expect(calls(backend, 'copyInvitation')).toHaveLength(0);
    await user.click(screen.getByRole('button', { name: 'Copy anyway' }));
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
    expect(await screen.findByLabelText('Template name')).toHaveValue('Phone screen');
  });
});
