import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { SMALL, WIDE, launch, open } from './browser';

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser.close());

describe('the placeholders of a template', () => {
  it.each([SMALL, WIDE, { width: 320, height: 600 }])(
    'are drawn where the text of the field stands, $width wide',
    async (viewport) => {
      const { page, done } = await open(browser, 'usual', { viewport });
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByRole('button', { name: /^Invitation/ }).click();
      const text = page.getByLabel('Text', { exact: true });
      await text.fill(`${'{Interview time} and so on, '.repeat(30)}\n\n${'W'.repeat(200)}\n\n\n`);
      for (const label of ['Text', 'Subject']) {
        const field = page.getByLabel(label, { exact: true });
        // The drawn text gives the height: a line that breaks elsewhere would leave a scroll.
        const over = await field.evaluate((element) => element.scrollHeight - element.clientHeight);
        expect(over, label).toBeLessThanOrEqual(0);
        const styles = await field.evaluate((element) =>
          [element, element.previousElementSibling ?? element].map((each) => {
            const { font, letterSpacing, lineHeight, padding, width } = getComputedStyle(each);
            return { font, letterSpacing, lineHeight, padding, width };
          }),
        );
        expect(styles[0], label).toEqual(styles[1]);
      }
      await done();
    },
  );
});
