/** The page under the policy of the real window, which refuses what a page could be made to run. */
import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { contentSecurityPolicy } from '../policy';
import { launch } from './browser';

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
});

test('the page is served under the policy of tauri.conf.json', async () => {
  const reply = await fetch(inject('gallery'));
  expect(reply.headers.get('content-security-policy')).toBe(contentSecurityPolicy());
});

test('a script within the document does not run', async () => {
  const page = await browser.newPage();
  await page.goto(inject('gallery'));
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "ran"';
    document.head.append(script);
    return document.title === 'ran';
  });
  expect(ran).toBe(false);
});
