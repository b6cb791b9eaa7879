/** Finds what the views name in English on a page in the language of the tests. */
import type { Locator, Page } from 'playwright-core';

const ACCENTED: Record<string, string> = {
  a: '[aá]',
  e: '[eé]',
  i: '[ií]',
  o: '[oö]',
  u: '[uü]',
  c: '[cç]',
  n: '[nñ]',
};
const LOCATING = new Set<string | symbol>([
  ...['getByRole', 'getByText', 'getByLabel', 'locator', 'filter'],
  ...['first', 'last', 'nth', 'or'],
]);

const originals = new WeakMap<object, object>();

/** A page whose locators understand English in either language. */
export function understanding<T extends Page | Locator>(found: T): T {
  const proxy = new Proxy<T>(found, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') {
        return value;
      }
      if (!LOCATING.has(name)) {
        return value.bind(target) as unknown;
      }
      return (...given: unknown[]) => {
        const texts = name === 'locator' ? given.slice(1) : given;
        const exact = (given[1] as { exact?: boolean } | undefined)?.exact === true;
        const role = name === 'getByRole' || name === 'locator' ? given.slice(0, 1) : [];
        const rest = name === 'getByRole' ? given.slice(1) : texts;
        const all = [...role, ...rest.map((each) => translated(each, exact))];
        return understanding(Reflect.apply(value, target, all) as Locator);
      };
    },
  });
  originals.set(proxy, found);
  return proxy;
}

function translated(given: unknown, exact: boolean): unknown {
  if (typeof given === 'string') {
    const text = letters(given.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return exact ? new RegExp(`^⟦?${text}( .*⟧)?$`) : new RegExp(text, 'i');
  }
  if (given instanceof RegExp) {
    const source = letters(given.source);
    return new RegExp(source.replace(/^\^/, '^⟦?').replace(/\$$/, '( .*⟧)?$'), given.flags);
  }
  if (typeof given !== 'object' || given === null) {
    return given;
  }
  const original = originals.get(given);
  if (original !== undefined) {
    return original;
  }
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, translated(value, exact)]),
  );
}

/** Each letter with its accent or without, for what came from Padwatch has none. */
function letters(source: string): string {
  return source.replace(/\\.|[aeioucn]/g, (part) => ACCENTED[part] ?? part);
}
