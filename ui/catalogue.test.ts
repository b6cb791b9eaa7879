import { readFileSync, readdirSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { keysNamed, readCatalogue, whole } from './catalogue';

const CATALOGUE = readFileSync('../src-tauri/crates/api/catalogue/en.ftl', 'utf8');

/** What is under the headings of the window. */
function ofTheWindow(): Set<string> {
  const sections = CATALOGUE.split(/^## /m).filter((section) => section.startsWith('Window: '));
  const texts = sections.map((section) => section.replace(/^.*/, ''));
  return new Set(readCatalogue(texts.join('\n')).keys());
}

/** The sources of the page itself, without its stand-in and its tests. */
function sources(): { path: string; text: string }[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(svelte|ts)$/.test(path))
    .filter((path) => !/\.test\.ts$|^bindings|^fake/.test(path))
    .map((path) => ({ path, text: readFileSync(`src/${path}`, 'utf8') }));
}

describe('the catalogue', () => {
  it('has no message for the window that the page doesn’t name', () => {
    const all = readCatalogue(CATALOGUE);
    const named = new Set(sources().flatMap(({ text }) => [...keysNamed(text, all)]));
    expect([...ofTheWindow()].filter((key) => !named.has(key))).toEqual([]);
  });

  it('has keys for the window that can’t be taken for anything else', () => {
    const keys = ofTheWindow();
    expect([...keys].filter((key) => !key.includes('-'))).toEqual([]);
    const marks = sources().flatMap(({ path, text }) =>
      [...text.matchAll(/(?:class|id)="([^"{]+)"/g)].flatMap(([, names = '']) =>
        names.split(' ').map((name) => ({ path, name })),
      ),
    );
    expect(marks.filter(({ name }) => keys.has(name))).toEqual([]);
  });

  it('has no message for the window that its small reader doesn’t know', () => {
    const all = readCatalogue(CATALOGUE);
    const kinds = [...ofTheWindow()].flatMap((key) =>
      [...JSON.stringify(whole(all.get(key) ?? '', all)).matchAll(/"type":"(\w+)"/g)].map(
        ([, kind = '']) => kind,
      ),
    );
    expect(new Set(kinds)).toEqual(new Set(['var', 'select', 'str', 'num']));
  });

  it('is refused when a message can’t be read', () => {
    expect(() => readCatalogue('list-empty = { $broken\n')).toThrow(/Fluent’s syntax|syntax/);
  });
});
