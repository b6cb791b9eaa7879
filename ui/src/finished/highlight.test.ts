import { describe, expect, it } from 'vitest';

import { pieces } from './highlight';

const CODE = `import re

def groups(words: list) -> dict:
    """Words that are anagrams."""
    return {'🙂': 1.5}  # <script>alert(1)</script>
`;

function kinds(text: string, language: string, path: string): string[] {
  return pieces(text, language, path).map(({ kind }) => kind ?? '');
}

describe('the pieces of code', () => {
  it('put together are the code, whatever the language', () => {
    for (const [language, path] of [
      ['python', ''],
      ['multifile_java', 'src/Main.java'],
      ['html', 'index.html'],
      ['react', 'App.tsx'],
      ['postgresql', ''],
      ['zig-9000', 'a.zig'],
      ['', ''],
    ] as const) {
      const whole = pieces(CODE, language, path).map(({ text }) => text);
      expect(whole.join(''), `${language} ${path}`).toBe(CODE);
    }
  });

  it('are known by the language, or better by the end of the name', () => {
    expect(kinds('def f', 'python', '')).toContain('kwd');
    expect(kinds('def f', 'multifile_python', 'src/x')).toContain('kwd');
    expect(kinds('const x', 'python', 'web/page.ts')).toContain('kwd');
    expect(kinds('# a remark', 'python3', '')).toEqual(['cmnt']);
  });

  it('are one piece for a language that is not known, and for very long code', () => {
    expect(kinds('def f', 'zig-9000', 'a.zig')).toEqual(['']);
    expect(kinds('x = 1\n'.repeat(100_000), 'python', '')).toEqual(['']);
    expect(kinds('', 'python', '')).toEqual([]);
  });
});
