/**
 * The pictures of the page. Those that are imported stand in the document, and a module that imports
 * one gets the id that it has there: what is drawn is no part of any script.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Plugin } from 'vite';

type Shapes = [shape: string, attributes: Record<string, string>][];

const FOLDER = resolve(import.meta.dirname, 'node_modules/lucide/dist/esm/icons');
const IMPORTED = /^lucide\/dist\/esm\/icons\/([a-z0-9-]+)\.mjs$/;
const ICON = '\0icon/';

/** Puts the imported pictures into the document. */
export function icons(): Plugin {
  const imported = new Set<string>();
  let building = false;
  return {
    name: 'padwatch-icons',
    enforce: 'pre',
    configResolved({ command }) {
      building = command === 'build';
    },
    resolveId(source) {
      const name = IMPORTED.exec(source)?.[1];
      return name === undefined ? null : `${ICON}${name}`;
    },
    load(id) {
      if (!id.startsWith(ICON)) {
        return null;
      }
      const name = id.slice(ICON.length);
      // Fails here, not on screen, when there is none of that name.
      readFileSync(fileOf(name));
      imported.add(name);
      return `export default ${JSON.stringify(idOf(name))};`;
    },
    transformIndexHtml: {
      order: 'post',
      handler: async () => [
        {
          tag: 'svg',
          attrs: { hidden: true },
          children: (
            await Promise.all([...(building ? imported : named())].sort().map(symbol))
          ).join(''),
          injectTo: 'body',
        },
      ],
    },
  };
}

/** What the sources name: the development server gives out the document before it has read them. */
function named(): string[] {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' });
  const texts = sources
    .filter((path) => /\.(svelte|ts)$/.test(path))
    .map((path) => readFileSync(resolve('src', path), 'utf8'));
  const found = texts.flatMap((text) => [...text.matchAll(/esm\/icons\/([a-z0-9-]+)\.mjs/g)]);
  return [...new Set(found.map(([, name = '']) => name))];
}

function fileOf(name: string): string {
  return resolve(FOLDER, `${name}.mjs`);
}

function idOf(name: string): string {
  return `icon-${name}`;
}

async function symbol(name: string): Promise<string> {
  const { default: shapes } = (await import(pathToFileURL(fileOf(name)).href)) as {
    default: Shapes;
  };
  const drawn = shapes.map(([shape, attributes]) => {
    const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`);
    return `<${shape}${written.join('')}/>`;
  });
  return `<symbol id="${idOf(name)}" viewBox="0 0 24 24">${drawn.join('')}</symbol>`;
}
