import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { WIDE, launch, open } from './browser';

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser.close());

function selectedName(page: Page): Promise<string> {
  return page.locator('[role=row][aria-selected=true] .name').innerText();
}

function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent.trim() ?? '';
  });
}

/** Waits until the browser has drawn all that has changed. */
function drawn(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => {
          requestAnimationFrame(() => {
            resolve();
          });
        });
      }),
  );
}

/** Tabs on until something of that name has the focus. */
async function walkTo(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 30; step += 1) {
    await page.keyboard.press('Tab');
    const named = await page.evaluate(() => {
      const element = document.activeElement;
      const label = element instanceof HTMLInputElement ? element.labels?.[0] : element;
      return label?.textContent.trim() ?? '';
    });
    if (named === name) {
      return;
    }
  }
  throw new Error(`${name} is not reached with Tab`);
}

describe('by keyboard alone', () => {
  it('somebody is found, copied and looked at, and Esc leads back to where one was', async () => {
    const { page, done } = await open(browser, 'usual');
    await page.locator('.row .name').first().waitFor();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('grace');
    await expect.poll(() => selectedName(page)).toContain('Grace');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Copied the link for Grace/ }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { level: 1, name: /Grace/ }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('Search name, job, or link');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('combobox').inputValue()).toBe('');
    await done();
  });

  it('the list is walked from end to end, and the selected row is always in view', async () => {
    const { page, done } = await open(browser, 'many');
    const grid = page.getByRole('grid');
    const ready = await selectedName(page);
    await grid.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => selectedName(page)).not.toBe(ready);
    const first = await selectedName(page);
    await page.keyboard.press('End');
    await expect.poll(() => selectedName(page)).not.toBe(first);
    const inside = await page.locator('[role=row][aria-selected=true]').evaluate((row) => {
      const box = row.getBoundingClientRect();
      const around = row.closest('[role=grid]')?.getBoundingClientRect();
      return around !== undefined && box.top >= around.top && box.bottom <= around.bottom + 1;
    });
    expect(inside).toBe(true);
    await page.keyboard.press('Home');
    await expect.poll(() => selectedName(page)).toBe(first);
    await done();
  });

  it('typing in the list begins a search', async () => {
    const { page, done } = await open(browser, 'usual');
    await page.getByRole('grid').focus();
    await page.keyboard.type('noor');
    await expect.poll(() => page.getByRole('combobox').inputValue()).toBe('noor');
    await done();
  });

  it('a dangerous action opens on its safe button, which Esc presses too', async () => {
    const { page, done } = await open(browser, 'usual', { viewport: WIDE });
    await page.locator('[role=row][aria-selected=true]').waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('Home');
    const danger = page.getByRole('button', { name: 'Create another pad' });
    await danger.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('Cancel');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await expect.poll(() => focused(page)).toBe('Create another pad');
    await done();
  });

  it('every page of the settings is reached and left', async () => {
    const { page, done } = await open(browser, 'usual');
    await page.getByRole('button', { name: 'Settings' }).focus();
    await page.keyboard.press('Enter');
    const buttons = page.getByRole('navigation').locator('li button');
    await buttons.first().waitFor();
    const pages = await buttons.count();
    expect(pages).toBe(6);
    for (let at = 0; at < pages; at += 1) {
      const button = buttons.nth(at);
      await button.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Back', exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('navigation').waitFor();
    }
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('Settings');
    await done();
  });

  it('webhooks are switched on, told an address and set up', async () => {
    const { page, done } = await open(browser, 'usual');
    await page.getByRole('button', { name: 'Settings' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Advanced/ }).focus();
    await page.keyboard.press('Enter');
    await page.locator('summary', { hasText: 'Webhooks' }).focus();
    await page.keyboard.press('Enter');
    const on = page.getByRole('checkbox', { name: 'Receive webhooks' });
    await expect.poll(() => on.isEnabled()).toBe(true);
    await walkTo(page, 'Receive webhooks');
    await page.keyboard.press('Space');
    await page.getByLabel('Public address of the tunnel').waitFor();
    await walkTo(page, 'Public address of the tunnel');
    await page.keyboard.type('pad.example.com');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Set it up for me' }).waitFor();
    await walkTo(page, 'Set it up for me');
    await page.keyboard.press('Enter');
    await page.getByText(/^Padwatch created 2 webhooks in Lever/).waitFor();
    await done();
  });

  it('whatever has the focus shows it', async () => {
    const { page, done } = await open(browser, 'usual');
    await page.locator('.row .name').first().waitFor();
    for (let step = 0; step < 8; step += 1) {
      // Rows come into the list as it scrolls to the focus: what follows has to be there first.
      await drawn(page);
      await page.keyboard.press('Tab');
      await drawn(page);
      const ring = await page.evaluate(() => {
        const style = getComputedStyle(document.activeElement ?? document.body);
        return `${style.outlineStyle} ${style.outlineWidth}`;
      });
      expect(ring).toBe('solid 2px');
    }
    await done();
  });
});
