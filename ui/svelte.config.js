import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig} */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: {
    runes: true,
    // Short: it stands at every element of the page.
    cssHash: ({ hash, css }) => `s${hash(css).slice(0, 4)}`,
  },
};
