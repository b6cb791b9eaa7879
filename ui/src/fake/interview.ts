/** An interview as CoderPad tells of it. All of it is invented. */
import { SAYINGS } from '../bindings/Sayings';
import type { FakeInterview } from './notes';
import type { CodeFile } from '../bindings/CodeFile';

const MINUTE = 60_000;

const GROUPS = `# Group words that are anagrams of each other
from collections import defaultdict


def groups(words: list[str]) -> list[list[str]]:
    """Keeps the order in which the words came."""
    found = defaultdict(list)
    for word in words:
        key = ''.join(sorted(word.lower()))
        found[key].append(word)
    return list(found.values())


if __name__ == '__main__':
    print(groups(['Enlist', 'Silent', 'café', 'google']))  # 🙂 prints 3 groups
`;

const TESTS = `import pytest

from main import groups


@pytest.mark.parametrize('words, count', [([], 0), (['a'], 1)])
def test_groups(words, count):
    assert len(groups(words)) == count
`;

const QUERY = `SELECT word, COUNT(*) AS times
FROM words
WHERE length(word) > 3 -- short ones don't count
GROUP BY word
ORDER BY times DESC
LIMIT 10;
`;

function file(path: string, text: string | null, remark: string | null = null): CodeFile {
  return { path, text, binary: text === null, remark };
}

/** An interview of an hour that was held and ended, with what CoderPad offers of it. */
export function interview(now: number): FakeInterview {
  const endedMs = now - 42 * MINUTE;
  return {
    sentIs: 'added',
    view: {
      ending: 'held',
      endedMs,
      beganMs: endedMs - 58 * MINUTE,
      lastedMs: 58 * MINUTE,
      people: [
        { name: 'Mara Lindqvist', hasAccount: true, unseen: false },
        { name: 'Ada Almeida', hasAccount: false, unseen: false },
        { name: 'Ines Pereira', hasAccount: true, unseen: true },
      ],
      runs: [
        { language: 'python', runs: 14 },
        { language: 'postgresql', runs: 3 },
      ],
      complete: true,
      offers: { summary: true, transcript: true, reports: false },
      drawing: true,
    },
    code: {
      environments: [
        {
          language: 'multifile_python',
          onScreen: true,
          files: [
            file('main.py', GROUPS, SAYINGS.notices.editsDiffer),
            file('tests/test_groups.py', TESTS),
            file('diagram.png', null, SAYINGS.notices.notText),
          ],
        },
        { language: 'postgresql', onScreen: false, files: [file('', QUERY)] },
      ],
      notices: [],
    },
  };
}

/** The same as someone mean would leave it. */
export function hostileInterview(now: number): FakeInterview {
  const usual = interview(now);
  return {
    ...usual,
    view: {
      ...usual.view,
      ending: 'byItself',
      people: [
        { name: '<img src=x onerror=alert(1)>', hasAccount: false, unseen: false },
        { name: '\u202egnp.exe\u202c Reversed', hasAccount: false, unseen: false },
        { name: 'Donaudampfschifffahrtsgesellschaft'.repeat(3), hasAccount: false, unseen: false },
      ],
      runs: [{ language: '<b>zig-9000</b>', runs: 1234 }],
      complete: false,
      drawing: false,
    },
    code: {
      environments: [
        {
          language: 'zig-9000',
          onScreen: true,
          files: Array.from({ length: 120 }, (_, number) =>
            file(`src/${'very/'.repeat(20)}<script>${number}.zig`, '<script>alert(2)</script>\n'),
          ),
        },
        { language: '', onScreen: false, files: [] },
      ],
      notices: [SAYINGS.notices.moreText],
    },
  };
}
