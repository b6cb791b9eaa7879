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

  it.each([
    ['python', 'x = "a#b"  # "no text"', ['str', 'cmnt']],
    ['python', "'''two\nlines'''", ['str']],
    ['java', 'int a = 1; // int', ['kwd', 'num', 'cmnt']],
    ['java', '/* int\n" */ int', ['cmnt', 'kwd']],
    ['typescript', "const t = `a\n${b}` + 'it\\'s'", ['kwd', 'str', 'str']],
    ['postgresql', 'SELECT 1.5 -- it', ['kwd', 'num', 'cmnt']],
    ['javascript', 'format(x1, order)', []],
    ['go', 'x := "never closed\nfunc', ['str', 'kwd']],
    ['rust', '/* never closed', ['cmnt']],
    ['ruby', 'def f(a) end', ['kwd', 'kwd']],
  ])('tell %s apart: %s', (language, code, expected) => {
    expect(kinds(code, language, '').filter((kind) => kind !== '')).toEqual(expected);
  });

  it('come soon, however the code is meant', () => {
    const mean = ['"', "'", '`', '/*', '"""', '\\"', '--', '#', '1', 'a'];
    const started = performance.now();
    for (const text of mean.map((each) => each.repeat(30_000))) {
      for (const language of ['python', 'java', 'sql']) {
        kinds(text, language, '');
      }
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('are one piece for a language that is not known, and for very long code', () => {
    expect(kinds('def f', 'zig-9000', 'a.zig')).toEqual(['']);
    expect(kinds('x = 1\n'.repeat(100_000), 'python', '')).toEqual(['']);
    expect(kinds('', 'python', '')).toEqual([]);
  });
});
