import { screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { type Opened, calls, opened } from '../opened';
// Fetched when it is first opened; here it has been, so that no test waits for a compiler.
import '../later';

describe('the accounts', () => {
  async function accounts(name = 'usual'): Promise<Opened> {
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
    expect(within(lever).getByText('Missing (optional)')).toBeVisible();
    expect(within(lever).getAllByText(/Can’t be checked in advance/)).toHaveLength(1);
    expect(within(lever).getAllByText('optional')).toHaveLength(2);
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

  it('say that the old key stays in use when another one is refused', async () => {
    const { backend, user } = await accounts();
    backend.refuse('setLeverKey', {
      code: 'leverKeyWrong',
      message: 'Lever doesn’t accept the API key.',
      means: '',
      hint: 'Enter a new Lever key.',
    });
    const lever = await screen.findByRole('region', { name: 'Lever' });
    await user.click(within(lever).getByRole('button', { name: 'Replace' }));
    expect(within(lever).getByLabelText('Lever API key')).toHaveFocus();
    await user.keyboard('wrong{Enter}');
    expect(await within(lever).findByText('Your saved key is still in use.')).toBeVisible();
  });

  it('delete a key only after saying what that means', async () => {
    const { backend, user } = await accounts();
    const lever = await screen.findByRole('region', { name: 'Lever' });
    await user.click(within(lever).getByRole('button', { name: 'Delete' }));
    expect(screen.getByRole('dialog')).toHaveTextContent(/stops watching/);
    expect(calls(backend, 'deleteLeverKey')).toHaveLength(0);
    await user.click(screen.getByRole('button', { name: 'Delete key' }));
    expect(await within(lever).findByText('No key yet.')).toBeVisible();
  });

  it('say what is wrong with a locked keyring', async () => {
    await accounts('locked');
    expect(
      await screen.findByText(/password store \(keyring\) is locked/, { selector: '.page *' }),
    ).toBeVisible();
  });
});
