import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

import { catalogue } from './catalogue';
import { icons } from './icons';
import { contentSecurityPolicy } from './policy';

// The page runs under this policy everywhere but in the development server, which needs its own
// scripts. It is the real window's.
const policy = contentSecurityPolicy();

/** Vite's own helper fetches styles before a part of the page: ours has one style sheet for all. */
const nothingAhead: Plugin = {
  name: 'padwatch-nothing-ahead',
  enforce: 'pre',
  load: (id) =>
    id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (part) => part();' : null,
};

export default defineConfig(({ mode }) => {
  // The gallery is the same page over its stand-in, for tests and pictures only.
  const gallery = mode === 'gallery';
  return {
    base: './',
    plugins: [svelte(), svelteTesting(), catalogue(), icons(), nothingAhead],
    build: {
      target: 'es2022',
      outDir: gallery ? 'dist-gallery' : 'dist',
      emptyOutDir: true,
      // One for all: each part of the page would have to ask for its own otherwise.
      cssCodeSplit: false,
      // Nothing is put into the page as a data: address or an inline script.
      assetsInlineLimit: 0,
      // The files lie beside the page, so nothing is won by asking for them ahead.
      modulePreload: false,
      rolldownOptions: { input: gallery ? 'gallery.html' : 'index.html' },
    },
    server: {
      host: '127.0.0.1',
      port: 5173,
      strictPort: true,
    },
    preview: { host: '127.0.0.1', headers: { 'Content-Security-Policy': policy } },
    test: {
      environment: 'jsdom',
      testTimeout: 60_000,
      include: ['src/**/*.test.ts', '*.test.ts'],
      setupFiles: ['./src/test-setup.ts'],
    },
  };
});
