/** A real browser with the gallery in it. */
import { existsSync } from 'node:fs';

import { type Browser, type BrowserContextOptions, type Page, chromium } from 'playwright-core';
import { expect, inject } from 'vitest';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** The window as it opens. */
export const SMALL = { width: 440, height: 680 };
/** Wide enough for two columns. */
export const WIDE = { width: 1000, height: 720 };

export function launch(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(`${CHROMIUM} is missing; install Chromium, or name it in CHROMIUM`);
  }
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page that may say nothing in the console: a refused style or script would be said there. */
export interface Opened {
  page: Page;
  /** Fails if the console said something, and closes the page. */
  done: () => Promise<void>;
}

export async function open(
  browser: Browser,
  scene: string,
  options: BrowserContextOptions = {},
  prepare: (page: Page) => Promise<unknown> = () => Promise.resolve(),
): Promise<Opened> {
  const context = await browser.newContext({
    viewport: SMALL,
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  await prepare(page);
  await page.goto(`${inject('gallery')}?scene=${scene}`);
  // By its attribute: a page above the list hides it from roles.
  await page.locator('[role=combobox]').waitFor({ state: 'attached' });
  return {
    page,
    done: async () => {
      await context.close();
      expect(said, 'the console is silent').toEqual([]);
    },
  };
}
