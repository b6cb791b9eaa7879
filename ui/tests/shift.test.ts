/**
 * What is on screen stays where it is while Padwatch is still answering. Every answer comes late
 * here, later than the half second for which a browser puts movement down to a click.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { SMALL, WIDE, launch, open } from './browser';

/** How late each answer comes, in ms. */
const LATE = 600;
/** How long nothing may have come before all is there, in ms. */
const QUIET = 2 * LATE;
/** The most that may move in all, as browsers reckon it (cumulative layout shift). */
const MOST = 0.02;

// Each test waits most of its time, so they wait side by side.
vi.setConfig({ testTimeout: 180_000 });

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser.close());

interface Shift {
  value: number;
  moved: string[];
}

declare global {
  interface Window {
    shifts: Shift[];
    changedAt: number;
  }
}

/** Notes from the first moment on what moves without anyone having done something. */
function watch(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    interface LayoutShift extends PerformanceEntry {
      value: number;
      hadRecentInput: boolean;
      sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
    }
    window.shifts = [];
    window.changedAt = performance.now();
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as LayoutShift[]) {
        if (!entry.hadRecentInput) {
          const moved = entry.sources.map(({ node, previousRect, currentRect }) => {
            const element = node instanceof Element ? node : node?.parentElement;
            const text = element?.outerHTML.slice(0, 120) ?? 'something that is gone';
            return `${text}: y ${previousRect.y} to ${currentRect.y}, x ${previousRect.x} to ${currentRect.x}`;
          });
          window.shifts.push({ value: entry.value, moved });
        }
      }
    }).observe({ type: 'layout-shift', buffered: true });
    // Texts alone change every second, with the time; elements only when an answer comes.
    new MutationObserver(() => {
      window.changedAt = performance.now();
    }).observe(document, { childList: true, subtree: true });
  });
}

async function settled(page: Page): Promise<void> {
  await page.waitForFunction((quiet) => performance.now() - window.changedAt > quiet, QUIET);
}

/** What moved since it was last asked. */
function shifts(page: Page): Promise<Shift[]> {
  return page.evaluate(() => window.shifts.splice(0));
}

function expectStill(found: Shift[], where: string): void {
  const sum = found.reduce((total, { value }) => total + value, 0);
  const moved = found.map(({ value, moved }) => `${value.toFixed(4)}: ${moved.join('\n  ')}`);
  process.stdout.write(`layout shift, ${where}: ${sum.toFixed(4)}\n`);
  expect(sum, `${where}\n${moved.join('\n')}`).toBeLessThanOrEqual(MOST);
}

function late(scene: string): string {
  return `${scene}&late=${LATE}`;
}

describe.concurrent.each([
  ['the small window', SMALL],
  ['two columns', WIDE],
] as const)('in %s', (size, viewport) => {
  it.concurrent.each(['usual', 'many', 'empty', 'offline', 'fewPads', 'sample', 'rebuilding'])(
    'the list stays where it is while it comes (%s)',
    async (scene) => {
      const { page, done } = await open(browser, late(scene), { viewport }, watch);
      await settled(page);
      expectStill(await shifts(page), `list ${scene}, ${size}`);
      await done();
    },
  );

  it.concurrent.each([
    ['who has a pad', 'usual', 'toSend'],
    ['who is expected', 'usual', 'interviews'],
    ['about whom nothing is sure', 'usual', 'needsYou'],
    ['whose interview is over', 'finished', 'finished'],
  ])('a candidate stays where they are: %s', async (who, scene, part) => {
    const { page, done } = await open(browser, late(scene), { viewport }, watch);
    await settled(page);
    await shifts(page);
    await page.locator(`.row.${part}`).first().locator('.name').click();
    await settled(page);
    expectStill(await shifts(page), `candidate ${who}, ${size}`);
    await done();
  });
});

it.concurrent.each([
  ['the small window', SMALL],
  ['two columns', WIDE],
] as const)('every page of the settings stays where it is in %s', async (size, viewport) => {
  const { page, done } = await open(browser, late('usual'), { viewport }, watch);
  await settled(page);
  await page.getByRole('button', { name: 'Settings' }).click();
  await settled(page);
  expectStill(await shifts(page), `settings, ${size}`);
  const buttons = page.getByRole('navigation').locator('li button');
  const pages = await buttons.count();
  expect(pages).toBe(6);
  for (let at = 0; at < pages; at += 1) {
    await shifts(page);
    await buttons.nth(at).click();
    const title = await page.getByRole('heading', { level: 1 }).last().innerText();
    await settled(page);
    expectStill(await shifts(page), `settings, ${title}, ${size}`);
    if (viewport === SMALL) {
      await page.getByRole('button', { name: 'Back', exact: true }).click();
      await page.getByRole('navigation').waitFor();
    }
  }
  await done();
});

it.concurrent('every page of the set-up stays where it is', async () => {
  const { page, done } = await open(browser, late('setUp'), {}, watch);
  const cover = page.locator('.cover');
  const heading = cover.getByRole('heading', { level: 1 });
  for (;;) {
    await heading.waitFor();
    await settled(page);
    const title = await heading.innerText();
    expectStill(await shifts(page), `set-up, ${title}`);
    const key = cover.locator('input[type=password]');
    if ((await key.count()) > 0) {
      await key.fill('invented');
    }
    const next = cover.getByRole('button', { name: /^(Connect|Continue)$/ });
    if ((await next.count()) === 0) {
      break;
    }
    await next.click();
    await heading.filter({ hasNotText: title }).waitFor();
  }
  await done();
});
