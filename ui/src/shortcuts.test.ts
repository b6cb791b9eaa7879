import { cleanup, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { type Opened, announced, calls, opened } from './opened';
// Fetched when it is first needed; here it has been, so that no test waits for a compiler.
import './later';

/** The list, with the first candidate who is ready to send selected. */
async function ready(): Promise<Opened> {
  const all = await opened('usual');
  await screen.findAllByRole('row', { selected: true });
  return all;
}

describe('the keys', () => {
  it('offer what can be done with the selected candidate', async () => {
    const { backend, user } = await ready();
    await user.keyboard('{Control>}k{/Control}');
    const dialog = await screen.findByRole('dialog', { name: 'Actions for Linus Haddad' });
    expect(within(dialog).getAllByRole('menuitem')[0]).toHaveFocus();
    await user.keyboard('{Enter}');
    await waitFor(() => {
      expect(calls(backend, 'copyLink')).toHaveLength(1);
    });
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('copy the invitation, and say so on the row', async () => {
    const { backend, user } = await ready();
    await user.keyboard('{Control>}i{/Control}');
    await waitFor(() => {
      expect(calls(backend, 'copyInvitation')).toMatchObject([{ withGaps: false }]);
    });
    expect(await screen.findByText('Copied · Undo')).toBeVisible();
    expect(announced()).toMatch(/invitation for Linus Haddad/);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('tell in the menu what they could not do', async () => {
    const { backend, user } = await ready();
    const message = 'No browser could be opened.';
    backend.refuse('openProfile', { code: 'desktopUnable', message, means: '', hint: '' });
    await user.keyboard('{Control>}o{/Control}');
    const dialog = await screen.findByRole('dialog', { name: 'Actions for Linus Haddad' });
    expect(within(dialog).getByText(message)).toBeVisible();
  });

  it('open the settings, close the window, and list each other', async () => {
    const { backend, user } = await ready();
    await user.keyboard('{Control>}/{/Control}');
    const list = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
    expect(within(list).getByText('Show all actions')).toBeVisible();
    await user.click(within(list).getByRole('button', { name: 'Close' }));
    await user.keyboard('{Control>},{/Control}');
    expect(await screen.findByRole('heading', { name: 'Settings' })).toBeVisible();
    await user.keyboard('{Control>}w{/Control}');
    await waitFor(() => {
      expect(backend.closed).toBe(1);
    });
  });

  it('show everything larger, and the window opens as large again', async () => {
    const { backend, user } = await ready();
    await user.keyboard('{Control>}+{/Control}');
    await user.keyboard('{Control>}+{/Control}');
    await waitFor(() => {
      expect(backend.zoomed).toBe(1.25);
    });
    cleanup();
    const again = await ready();
    expect(again.backend.zoomed).toBe(1.25);
    await again.user.keyboard('{Control>}0{/Control}');
    await waitFor(() => {
      expect(again.backend.zoomed).toBe(1);
    });
  });
});
