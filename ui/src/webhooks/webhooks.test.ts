import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';

import App from '../App.svelte';
import type { FakeBackend } from '../fake/backend';
import { scene } from '../fake/scenes';
// Fetched when it is first opened; here it has been, so that no test waits for a compiler.
import '../later';

const NOW = new Date(2026, 10, 18, 12, 0, 0).getTime();

afterEach(cleanup);

async function opened(
  name: string,
): Promise<{ backend: FakeBackend; user: ReturnType<typeof userEvent.setup> }> {
  const backend = scene(name, NOW);
  const user = userEvent.setup();
  render(App, { backend, time: () => NOW });
  await user.click(await screen.findByRole('button', { name: 'Settings' }));
  await user.click(await screen.findByRole('button', { name: /^Advanced/ }));
  await user.click(screen.getByText('Webhooks'));
  await waitFor(() => {
    expect(screen.getByLabelText('Receive webhooks')).toBeEnabled();
  });
  return { backend, user };
}

function calls(backend: FakeBackend, kind: string): unknown[] {
  return backend.asked.filter((call) => call.kind === kind);
}

describe('webhooks', () => {
  it('are off at first, and nothing but the switch is shown', async () => {
    await opened('usual');
    expect(screen.getByLabelText('Receive webhooks')).not.toBeChecked();
    expect(screen.queryByRole('region')).toBeNull();
  });

  it('are switched on, told the address as typed, and show what will be used', async () => {
    const { backend, user } = await opened('usual');
    await user.click(screen.getByLabelText('Receive webhooks'));
    const field = await screen.findByLabelText('Public address of the tunnel');
    expect(screen.getByText('Enter the tunnel’s public address first.')).toBeVisible();
    await user.type(field, 'pad.example.com/');
    await user.click(screen.getByRole('button', { name: 'Use this address' }));
    expect(calls(backend, 'setWebhooks')).toEqual([
      { kind: 'setWebhooks', on: true, publicAddress: '' },
      { kind: 'setWebhooks', on: true, publicAddress: 'pad.example.com/' },
    ]);
    await waitFor(() => {
      expect(field).toHaveValue('https://pad.example.com');
    });
    expect(screen.getByText(/^https:\/\/pad\.example\.com\/lever\//)).toBeVisible();
  });

  it('keep what is being typed while they are read again', async () => {
    const { backend, user } = await opened('webhooks');
    const field = await screen.findByLabelText('Public address of the tunnel');
    await user.type(field, '/hooks');
    const before = calls(backend, 'webhookStatus').length;
    await waitFor(
      () => {
        expect(calls(backend, 'webhookStatus').length).toBeGreaterThan(before);
      },
      { timeout: 5000 },
    );
    expect(field).toHaveValue('https://pad.example.com/hooks');
  });

  it('are made in Lever for the person, who is told what a Super Admin must still do', async () => {
    const { backend, user } = await opened('usual');
    await user.click(screen.getByLabelText('Receive webhooks'));
    const field = await screen.findByLabelText('Public address of the tunnel');
    await user.type(field, 'pad.example.com{Enter}');
    await user.click(await screen.findByRole('button', { name: 'Set it up for me' }));
    expect(calls(backend, 'setUpWebhooksForMe')).toHaveLength(1);
    expect(await screen.findByText(/^Padwatch created 2 webhooks in Lever/)).toBeVisible();
    expect(screen.getByText(/A Super Admin must still turn on the events/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Remove from Lever' }));
    expect(await screen.findByRole('button', { name: 'Set it up for me' })).toBeVisible();
  });

  it('say what is missing when Lever does not let the key make them', async () => {
    const { backend, user } = await opened('webhooks');
    backend.refuse('setUpWebhooksForMe', {
      code: 'leverNotAllowed',
      message: 'The Lever key lacks the permission “Create a webhook”.',
      means: '',
      hint: 'Ask a Lever Super Admin for a new key with it.',
    });
    await user.click(await screen.findByRole('button', { name: 'Check and repair' }));
    expect(await screen.findByText(/lacks the permission “Create a webhook”/)).toBeVisible();
  });

  it('can still be removed from Lever when that failed as they were switched off', async () => {
    const { backend, user } = await opened('webhooksLeft');
    expect(screen.getByText('Webhooks that Padwatch created are still in Lever.')).toBeVisible();
    backend.refuse('removeWebhooks', {
      code: 'offline',
      message: 'Lever can’t be reached.',
      means: '',
      hint: 'Check the network.',
    });
    const remove = screen.getByRole('button', { name: 'Remove from Lever' });
    await user.click(remove);
    expect(await screen.findByText('Lever can’t be reached.')).toBeVisible();
    backend.refuse('removeWebhooks', null);
    await user.click(remove);
    await waitFor(() => {
      expect(screen.queryByText(/are still in Lever/)).toBeNull();
    });
    expect(calls(backend, 'removeWebhooks')).toHaveLength(2);
  });

  it('say what is wrong with an address beside the field for it', async () => {
    const { backend, user } = await opened('webhooksBegun');
    backend.refuse('setWebhooks', {
      code: 'notValid',
      message: 'This is not a web address.',
      means: '',
      hint: 'Put in the address that your tunnel shows.',
    });
    const field = screen.getByLabelText('Public address of the tunnel');
    await user.type(field, 'not an address{Enter}');
    const part = screen.getByRole('region', { name: '1. The tunnel to this computer' });
    expect(await within(part).findByText('This is not a web address.')).toBeVisible();
    expect(field).toHaveAttribute('aria-invalid', 'true');
    expect(field).toHaveValue('not an address');
  });

  it('tell the port that is to be changed, and when something was started again', async () => {
    await opened('webhooksOtherPort');
    const part = within(screen.getByRole('region', { name: 'Status' }));
    expect(part.getByText(/^Another program uses port 41200/)).toBeVisible();
    expect(part.getByText(/so that it leads to http:\/\/127\.0\.0\.1:41234/)).toBeVisible();
    expect(part.getByText('2 times, last 3 min ago')).toBeVisible();
  });

  it('delete signing tokens only when somebody says so twice', async () => {
    const { backend, user } = await opened('webhooks');
    await user.click(screen.getByText('Set up manually'));
    await user.click(screen.getByRole('button', { name: 'Delete all tokens' }));
    const dialog = screen.getByRole('dialog', { name: 'Delete all signing tokens?' });
    expect(calls(backend, 'deleteSigningTokens')).toHaveLength(0);
    await user.click(within(dialog).getByRole('button', { name: 'Delete all tokens' }));
    expect(await screen.findByText('0 tokens saved')).toBeVisible();
  });

  it('hide a signing token while it is typed and forget it once it is stored', async () => {
    const { user } = await opened('webhooks');
    await user.click(screen.getByText('Set up manually'));
    const field = screen.getByLabelText('Signing token');
    expect(field).toHaveAttribute('type', 'password');
    await user.type(field, 'not-a-real-token');
    await user.click(screen.getByRole('button', { name: 'Add token' }));
    expect(await screen.findByText('3 tokens saved')).toBeVisible();
    expect(field).toHaveValue('');
  });

  it('show how they are doing: Verify, the last event, what was refused, how often Lever is asked', async () => {
    await opened('webhooks');
    expect(await screen.findByText('Receiving events.')).toBeVisible();
    expect(screen.getByText(/^works, today/)).toBeVisible();
    expect(screen.getByText('1 min ago')).toBeVisible();
    expect(screen.getByText('Wrong signature: 3')).toBeVisible();
    expect(screen.getByText('every 5 minutes')).toBeVisible();
    expect(screen.getByText('cloudflared tunnel --url http://127.0.0.1:41234')).toBeVisible();
  });

  it('say on the list that events are not arriving, and lead to the page', async () => {
    const backend = scene('webhooksSilent', NOW);
    const user = userEvent.setup();
    render(App, { backend, time: () => NOW });
    expect(await screen.findByText(/^Instant updates aren’t arriving/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Open webhooks' }));
    expect(await screen.findByLabelText('Receive webhooks')).toBeVisible();
  });

  it('put the line for the tunnel on the clipboard', async () => {
    const { user } = await opened('webhooks');
    const command = await screen.findByLabelText('Start Cloudflare Tunnel in a terminal');
    expect(command).toHaveTextContent('cloudflared tunnel --url http://127.0.0.1:41234');
    const [copy] = screen.getAllByRole('button', { name: 'Copy' });
    await user.click(copy as HTMLElement);
    expect(await navigator.clipboard.readText()).toBe(
      'cloudflared tunnel --url http://127.0.0.1:41234',
    );
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible();
  });
});
