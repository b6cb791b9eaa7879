/**
 * The catalogue of Padwatch's sentences, for the page. It is read when the page is built: the key in
 * `say('list-empty')` becomes the message's number, and the messages stand in the document as data,
 * where nothing parses them as a script. So no parser and no keys are shipped, and those that
 * nothing names are left out.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { FluentResource, type Message } from '@fluent/bundle';
import type { Plugin } from 'vite';

export type Pattern = NonNullable<Message['value']>;
type Element = Exclude<Pattern, string>[number];

const FILE = resolve(import.meta.dirname, '../src-tauri/crates/api/catalogue/en.ftl');
/** Gives the messages by their numbers: from the document, or in a test as they are. */
const WORDS = 'virtual:words';
/** The element of the document that they stand in. */
const ELEMENT = 'words';

/** A message, or an attribute of one. Those of the window have a hyphen, unlike other texts. */
const KEY = /(['"])([a-z0-9]+(?:-[a-z0-9]+)+(?:\.[a-z0-9-]+)?)\1/g;

/** Every pattern of the catalogue by its key: "action-skip", "action-skip.effect". */
export function readCatalogue(text = readFileSync(FILE, 'utf8')): Map<string, Pattern> {
  const { body } = new FluentResource(text);
  // A term begins with a hyphen. The parser passes over what it doesn't understand.
  const written = text.match(/^-?[a-z][\w-]* *=/gm)?.length ?? 0;
  if (body.length !== written) {
    throw new Error(`${FILE}: ${written - body.length} messages are not in Fluent's syntax`);
  }
  const patterns = new Map<string, Pattern>();
  for (const { id, value, attributes } of body) {
    if (value !== null) {
      patterns.set(id, value);
    }
    for (const [name, pattern] of Object.entries(attributes)) {
      patterns.set(`${id}.${name}`, pattern);
    }
  }
  return patterns;
}

/** The keys that a source names. */
export function keysNamed(source: string, catalogue: ReadonlyMap<string, Pattern>): Set<string> {
  const keys = [...source.matchAll(KEY)].map(([, , key = '']) => key);
  return new Set(keys.filter((key) => catalogue.has(key)));
}

/** Puts the numbers of messages in the place of their keys, and the messages into the document. */
export function catalogue(): Plugin {
  let patterns = readCatalogue();
  const named = new Set<string>();
  let building = false;
  let testing = false;
  /** Every message at its number; those that nothing names are not there. */
  function data(): (Pattern | 0)[] {
    return [...patterns].map(([key, pattern]) =>
      !building || named.has(key) ? whole(pattern, patterns) : 0,
    );
  }
  return {
    name: 'padwatch-catalogue',
    configResolved({ command, mode }) {
      building = command === 'build';
      testing = mode === 'test';
    },
    resolveId: (id) => (id === WORDS ? `\0${id}` : null),
    load(id) {
      if (id !== `\0${WORDS}`) {
        return null;
      }
      this.addWatchFile(FILE);
      return testing
        ? `export default ${JSON.stringify(data())};`
        : `export default JSON.parse(document.getElementById('${ELEMENT}').textContent);`;
    },
    transform(code, id) {
      const own = /\.(ts|svelte)$/.test(id) && !id.includes('/node_modules/');
      if (!own || keysNamed(code, patterns).size === 0) {
        return null;
      }
      const found = literals(this.parse(code), patterns);
      for (const { value } of found) {
        named.add(value);
      }
      // Lines stay where the source map has them.
      return { code: replaced(code, found, patterns), map: null };
    },
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        {
          tag: 'script',
          attrs: { type: 'application/json', id: ELEMENT },
          children: JSON.stringify(data()).replaceAll('<', '\\u003c'),
          injectTo: 'body',
        },
      ],
    },
    watchChange(id) {
      if (id === FILE) {
        patterns = readCatalogue();
      }
    },
  };
}

interface Literal {
  type: 'Literal';
  value: string;
  start: number;
  end: number;
}

/** The keys in a syntax tree, from the first to the last. */
function literals(tree: unknown, catalogue: ReadonlyMap<string, Pattern>): Literal[] {
  if (typeof tree !== 'object' || tree === null) {
    return [];
  }
  if (isKey(tree, catalogue)) {
    return [tree];
  }
  return Object.values(tree).flatMap((part) => literals(part, catalogue));
}

function isKey(node: object, catalogue: ReadonlyMap<string, Pattern>): node is Literal {
  return (
    'type' in node &&
    node.type === 'Literal' &&
    'value' in node &&
    typeof node.value === 'string' &&
    node.value.includes('-') &&
    catalogue.has(node.value)
  );
}

function replaced(code: string, found: Literal[], catalogue: ReadonlyMap<string, Pattern>): string {
  const numbers = new Map([...catalogue.keys()].map((key, number) => [key, number]));
  let result = '';
  let at = 0;
  for (const { value, start, end } of found.toSorted((one, other) => one.start - other.start)) {
    result += code.slice(at, start) + String(numbers.get(value));
    at = end;
  }
  return result + code.slice(at);
}

/** A pattern with what it takes in from other messages, and without what changes nothing. */
export function whole(pattern: Pattern, catalogue: ReadonlyMap<string, Pattern>): Pattern {
  if (typeof pattern === 'string') {
    return pattern;
  }
  return pattern.flatMap((element) => parts(element, catalogue));
}

function parts(element: Element, catalogue: ReadonlyMap<string, Pattern>): Element[] {
  if (typeof element === 'string') {
    return [element];
  }
  switch (element.type) {
    case 'func': {
      // A number is written as the region has it without being told to.
      const [only, ...more] = element.args;
      return element.name === 'NUMBER' && only?.type === 'var' && more.length === 0
        ? [only]
        : [element];
    }
    case 'mesg':
    case 'term': {
      const id = element.type === 'term' ? `-${element.name}` : element.name;
      const taken = catalogue.get(element.attr === null ? id : `${id}.${element.attr}`);
      if (taken === undefined) {
        throw new Error(`the catalogue takes in "${id}", which it lacks`);
      }
      const inner = whole(taken, catalogue);
      return typeof inner === 'string' ? [inner] : inner;
    }
    case 'select': {
      const variants = element.variants.map(({ key, value }) => ({
        key,
        value: whole(value, catalogue),
      }));
      return [{ ...element, variants }];
    }
    default:
      return [element];
  }
}
