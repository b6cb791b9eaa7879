import { describe, expect, it } from 'vitest';

const sources = import.meta.glob<string>('../**/*.svelte', {
  query: '?raw',
  import: 'default',
  eager: true,
});

describe('what a button does', () => {
  it('never fails silently: each component shows the problem of each Doing', () => {
    const silent: string[] = [];
    let found = 0;
    for (const [file, source] of Object.entries(sources)) {
      for (const [, name] of source.matchAll(/const (\w+) = new Doing\(/g)) {
        found += 1;
        if (!source.includes(`${name ?? ''}.problem`)) {
          silent.push(`${file}: ${name ?? ''}`);
        }
      }
    }
    expect(silent).toEqual([]);
    expect(found).toBeGreaterThan(15);
  });
});
