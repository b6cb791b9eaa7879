/** Every view in the language of the tests: all words come from the catalogue, and have room. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launch, open } from './browser';
import { understanding } from './tongue';
import { VIEWS } from './views';

declare global {
  interface Window {
    /** The texts that came from Padwatch. */
    data?: Set<string>;
  }
}

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser.close());

/** Words that are neither in brackets nor came from Padwatch. */
function hardWired(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const data = [...(window.data ?? [])]
      .filter((text) => text !== '')
      .sort((one, other) => other.length - one.length);
    // What is written by the system's region, and addresses.
    const written =
      /\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\b|\b[ap]m\b|https?:\S+|\b[\w-]+\.example\.com\b|at(?= \d)/gi;
    // Keys of the keyboard, code, and CoderPad's names of languages.
    const others = 'kbd, pre, datalist, textarea, script, style';
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node.parentElement?.closest(others) === null) {
        texts.push(node.textContent ?? '');
      }
    }
    for (const element of document.body.querySelectorAll('*')) {
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
        texts.push(element.getAttribute(name) ?? '');
      }
    }
    return texts.flatMap((text) => {
      let outside = text;
      for (let before = ''; before !== outside;) {
        before = outside;
        outside = outside.replace(/⟦[^⟦⟧]*⟧/g, '|');
      }
      for (const each of data.filter((text) => text.length > 3)) {
        outside = outside.replaceAll(each, '|');
      }
      const parts = outside.replace(written, '|').split(/[|·,]/);
      return parts
        .map((part) => part.trim())
        .filter((part) => /\p{L}{2}/u.test(part) && !data.some((each) => each.includes(part)));
    });
  });
}

/** Texts of the catalogue of which a part is hidden. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) =>
        [...element.childNodes].some(
          (node) => node.nodeType === Node.TEXT_NODE && /[⟦⟧]/.test(node.textContent ?? ''),
        ),
      )
      // A name is shortened where it can be read whole; the reminder of the keys hides what doesn't
      // fit.
      .filter((element) => element.title !== element.textContent)
      .filter((element) => element.closest('.unseen, .hints, [inert], option') === null)
      .filter((element) => {
        for (let each: HTMLElement | null = element; each !== null; each = each.parentElement) {
          const { overflowX } = getComputedStyle(each);
          if (overflowX === 'hidden' || overflowX === 'clip') {
            return each.scrollWidth > each.clientWidth + 1;
          }
        }
        return false;
      })
      .map((element) => element.outerHTML.slice(0, 200)),
  );
}

describe.concurrent.each(['accented', 'mirrored'])('%s', (tongue) => {
  it.concurrent.each(VIEWS)(
    '$name takes its words from the catalogue, and shows them whole',
    async ({ scene, reach }) => {
      const { page, done } = await open(browser, `${scene}&tongue=${tongue}`);
      await reach(understanding(page));
      expect(await hardWired(page), 'hard-wired').toEqual([]);
      expect(await cutOff(page), 'cut off').toEqual([]);
      await done();
    },
  );
});
