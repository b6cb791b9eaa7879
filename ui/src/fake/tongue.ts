/**
 * A language for tests, as the catalogue's own tests have it: accented, two fifths longer, and in
 * brackets. What stands outside the brackets came from Padwatch, or is hard-wired.
 */
import type { Backend } from '../backend/backend';
import { Refused } from '../backend/backend';
import { speakWith } from '../say';

const ACCENTS: Record<string, string> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ö',
  u: 'ü',
  c: 'ç',
  n: 'ñ',
};

export type Tongue = 'accented' | 'mirrored';

declare global {
  interface Window {
    /** The texts that came from Padwatch. */
    data?: Set<string>;
  }
}

/** Has the page speak it; mirrored, it is laid out from the right as well. */
export function speak(tongue: Tongue): void {
  if (tongue === 'mirrored') {
    document.documentElement.dir = 'rtl';
  }
  speakWith({
    text: (text) => text.replace(/[aeioucn]/g, (letter) => ACCENTS[letter] ?? letter),
    whole: (said) => `⟦${said} ${again(said)}⟧`,
  });
}

/** Two fifths of it once more: other languages need so much more room. */
function again(said: string): string {
  const bare = said.replace(/[⟦⟧]/g, '');
  return bare.slice(0, Math.ceil(bare.length * 0.4)).trim();
}

/** Keeps all texts that a backend answers with, for the tests to tell them from the page's own. */
export function overheard(backend: Backend): Backend {
  const data = (window.data = new Set<string>());
  const note = (value: unknown): void => {
    if (typeof value === 'string') {
      data.add(value);
    } else if (typeof value === 'object' && value !== null) {
      Object.values(value).forEach(note);
    }
  };
  return {
    ask: async (call) => {
      try {
        const answer = await backend.ask(call);
        note(answer);
        return answer;
      } catch (thrown) {
        note(thrown instanceof Refused ? thrown.problem : null);
        throw thrown;
      }
    },
    close: () => {
      backend.close();
    },
    zoom: (factor) => {
      backend.zoom(factor);
    },
    follow: (heard, lost) =>
      backend.follow((snapshot) => {
        note(snapshot);
        heard(snapshot);
      }, lost),
    candidateWanted: (tell) => backend.candidateWanted(tell),
  };
}
