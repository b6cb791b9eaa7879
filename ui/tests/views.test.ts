import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { SMALL, WIDE, launch, open } from './browser';
import { VIEWS } from './views';

const SCREENSHOTS = new URL('../screenshots/', import.meta.url).pathname;
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;

beforeAll(async () => {
  await mkdir(SCREENSHOTS, { recursive: true });
  browser = await launch();
});

afterAll(() => browser.close());

/** What axe finds wrong, each with the elements that it is about. */
async function findings(page: Page): Promise<string[]> {
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  return results.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.html}\n${node.failureSummary ?? ''}`),
  );
}

/** The elements that could be scrolled sideways, or would have to be. */
function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((element) => {
        const { overflowX, display } = getComputedStyle(element);
        const cut = overflowX === 'hidden' || overflowX === 'clip' || display === 'inline';
        // Text of a fixed shape scrolls for itself.
        const fixed = element.matches('pre, .unseen, svg, svg *');
        return !cut && !fixed && element.scrollWidth > element.clientWidth + 1;
      })
      .map((element) => element.outerHTML.slice(0, 160)),
  );
}

describe.concurrent.each([
  { width: 'small', viewport: SMALL, prefix: '' },
  { width: 'wide', viewport: WIDE, prefix: 'wide-' },
])('$width', ({ viewport, prefix }) => {
  it.concurrent.each(VIEWS)('$name has no finding by axe', async ({ name, scene, reach }) => {
    const { page, done } = await open(browser, scene, { colorScheme: 'light', viewport });
    await reach(page);
    // Evaluated from outside: the page's own policy lets no other script in.
    await page.evaluate(axe);
    // Only the style sheet knows the theme, so a view is reached once for both.
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${SCREENSHOTS}${prefix}${name}-${colorScheme}.png` });
      expect(await findings(page), colorScheme).toEqual([]);
    }
    await done();
  });
});

// A zoom of 200 % leaves the page half the room in each direction.
describe.concurrent('at 200 % zoom', () => {
  it.concurrent.each(VIEWS)(
    '$name can be read without scrolling sideways',
    async ({ name, scene, reach }) => {
      const { page, done } = await open(browser, scene, {
        viewport: { width: SMALL.width / 2, height: SMALL.height / 2 },
        deviceScaleFactor: 2,
      });
      await reach(page);
      await page.screenshot({ path: `${SCREENSHOTS}zoomed-${name}.png` });
      expect(await sideways(page)).toEqual([]);
      await done();
    },
  );
});
