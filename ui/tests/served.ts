/** Serves the built gallery for all tests of a run, under the policy of the real window. */
import { preview } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the gallery is served. */
    gallery: string;
  }
}

export default async function serve(project: TestProject): Promise<() => Promise<void>> {
  const server = await preview({
    mode: 'gallery',
    logLevel: 'warn',
    build: { outDir: 'dist-gallery' },
    preview: { port: 0 },
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the gallery is not served on a port');
  }
  project.provide('gallery', `http://127.0.0.1:${address.port}/gallery.html`);
  return () => server.close();
}
