/** The page over an imitated Padwatch, for component tests. */
import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach } from 'vitest';

import App from './App.svelte';
import type { FakeBackend } from './fake/backend';
import type { Call } from './bindings/Call';
import { scene } from './fake/scenes';

/** When it is in the tests, in ms since the epoch. */
export const NOW = new Date(2026, 10, 18, 12, 0, 0).getTime();

export interface Opened {
  backend: FakeBackend;
  user: ReturnType<typeof userEvent.setup>;
}

afterEach(cleanup);

/** Opens the page in the state of that name. */
export async function opened(name: string): Promise<Opened> {
  const backend = scene(name, NOW);
  const user = userEvent.setup();
  render(App, { backend, time: () => NOW });
  await screen.findByRole('combobox');
  return { backend, user };
}

/** Opens a page of the settings. */
export async function openedSettings(page: RegExp, name = 'usual'): Promise<Opened> {
  const all = await opened(name);
  await all.user.click(screen.getByRole('button', { name: 'Settings' }));
  await all.user.click(await screen.findByRole('button', { name: page }));
  return all;
}

/** What a screen reader was told last. */
export function announced(): string {
  return document.querySelector('[aria-live]')?.textContent.trim() ?? '';
}

/** Opens the menu of what can be done with whoever is shown. */
export async function menuOf({ user }: Opened): Promise<HTMLElement> {
  await user.click(await screen.findByRole('button', { name: 'More actions' }));
  return screen.findByRole('menu');
}

/** What was asked of a kind. */
export function calls<K extends Call['kind']>(
  backend: FakeBackend,
  kind: K,
): Extract<Call, { kind: K }>[] {
  return backend.asked.filter((call): call is Extract<Call, { kind: K }> => call.kind === kind);
}
