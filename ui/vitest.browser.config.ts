import { defineConfig } from 'vitest/config';

// The built page in a real browser: `npm run test:browser`.
export default defineConfig({
  test: {
    environment: 'node',
    include: ['tests/**/*.test.ts'],
    globalSetup: ['./tests/served.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A busy machine takes longer than the usual second.
    expect: { poll: { timeout: 20_000 } },
    fileParallelism: false,
  },
});
