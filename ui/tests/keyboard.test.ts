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
    await page.getByRole('button', { name: /^Copied · Undo the copy for Grace/ }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { level: 1, name: /Grace/ }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('Search name, job, or link');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('combobox').inputValue()).toBe('');
    await done();
  });

  it('what is typed after Ctrl+F is searched for, whatever is still being fetched', async () => {
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const { page, done } = await open(browser, 'usual', {}, (page) =>
      page.route('**/later-*.js', async (route) => {
        await held;
        await route.continue();
      }),
    );
    await page.locator('.row .name').first().waitFor();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('grac');
    letGo();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.type('e');
    await expect.poll(() => page.getByRole('combobox').inputValue()).toBe('grace');
    await done();
  });

  it('what is typed after Ctrl+K is for the menu, however late Padwatch answers', async () => {
    const { page, done } = await open(browser, 'usual&late=500');
    await page.locator('[role=row][aria-selected=true]').waitFor();
    await page.waitForLoadState('networkidle');
    await page.keyboard.press('Control+k');
    await page.keyboard.press('m');
    expect(await focused(page)).toMatch(/^Mark as sent/);
    await done();
  });

  it('opens, copies with Enter, and takes it back with its key', async () => {
    const { page, done } = await open(browser, 'usual');
    await page.locator('[role=row][aria-selected=true]').waitFor();
    const ready = page.getByRole('rowgroup', { name: 'Ready to send' });
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Copied · Undo the copy for Linus Haddad' }).waitFor();
    await page.keyboard.press('Control+z');
    await ready.getByRole('button', { name: 'Copy link for Linus Haddad' }).waitFor();
    expect(await ready.getByRole('button', { name: /^Copy link for/ }).count()).toBe(3);
    await done();
  });

  it('handles a key pressed between a dialog closing and its close event', async () => {
    const { page, done } = await open(browser, 'usual');
    await page.locator('[role=row][aria-selected=true]').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await page.evaluate(() => {
      document.querySelector('dialog')?.close();
      const key = { key: '/', ctrlKey: true, bubbles: true, cancelable: true };
      document.body.dispatchEvent(new KeyboardEvent('keydown', key));
    });
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await done();
  });

  it('walks the menu of actions, and Esc leads back to where one was', async () => {
    const { page, done } = await open(browser, 'usual');
    await page.locator('[role=row][aria-selected=true]').waitFor();
    await page.keyboard.press('Control+k');
    await expect.poll(() => focused(page)).toMatch(/^Copy link/);
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => focused(page)).toMatch(/^Delete pad…/);
    await page.keyboard.press('m');
    await expect.poll(() => focused(page)).toMatch(/^Mark as sent/);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(await focused(page)).toBe('Search name, job, or link');
    await page.keyboard.press('Control+/');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(await focused(page)).toBe('Search name, job, or link');
    await done();
  });

  it('the pause menu is opened and closed by its button, by Esc, and beside it', async () => {
    const { page, done } = await open(browser, 'usual');
    const menu = page.getByRole('menu');
    for (const close of [() => page.keyboard.press('Escape'), () => page.mouse.click(5, 5)]) {
      await page.getByRole('button', { name: 'Pause' }).click();
      await expect.poll(() => focused(page)).toBe('For 1 hour');
      await close();
      await expect.poll(() => menu.count()).toBe(0);
      expect(await focused(page)).toBe('Pause');
    }
    await done();
  });

  it('the list is as it was left: folded, scrolled, selected', async () => {
    const { page, done } = await open(browser, 'finished');
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByRole('grid').focus();
    await page.keyboard.press('End');
    await expect.poll(() => selectedName(page)).not.toBe('');
    const last = await selectedName(page);
    await page.setViewportSize({ width: 440, height: 420 });
    await page.getByRole('grid').evaluate((grid) => {
      grid.scrollTo(0, 100);
    });
    await expect
      .poll(() => page.evaluate(() => localStorage.getItem('padwatch')))
      .toContain('"scrolled":100');
    await page.reload();
    await expect.poll(() => selectedName(page)).toBe(last);
    expect(await page.getByRole('grid').evaluate((grid) => grid.scrollTop)).toBe(100);
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
    const more = page.getByRole('button', { name: 'More actions' });
    await expect.poll(() => selectedName(page)).toBe('Ada Almeida');
    await page.getByRole('heading', { level: 1, name: 'Ada Almeida' }).waitFor();
    await more.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: /^Create another pad/ }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('Cancel');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await expect.poll(() => focused(page)).toBe('More actions');
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
        const focused = document.activeElement ?? document.body;
        // In the list, the ring is around the row that its keys are about.
        const about = focused.matches('[role=grid]')
          ? focused.querySelector('[role=row][aria-selected=true]')
          : null;
        const style = getComputedStyle(about ?? focused);
        return `${style.outlineStyle} ${style.outlineWidth}`;
      });
      expect(ring).toBe('solid 2px');
    }
    await done();
  });
});
