/** What the condition is called, and how it is to be shown. */
import type { Problem } from '../bindings/Problem';
import type { ProblemCode } from '../bindings/ProblemCode';
import type { Seen } from '../bindings/Seen';
import type { SetUpStep } from '../bindings/SetUpStep';
import { age, moment } from '../moments';
import { words } from '../words';

export type Mark = 'watching' | 'busy' | 'paused' | 'offline' | 'needsYou';

/** Why keys that may be there can't be read: nothing is known about the setup. */
const UNREADABLE: ProblemCode[] = ['keyringLocked', 'keyringMissing'];

export interface Said {
  mark: Mark;
  /** How things stand, in a few words. */
  text: string;
}

/** The status line. */
export function said(snapshot: Seen | null, lost: Problem | null, now: number): Said {
  if (lost !== null) {
    return { mark: 'offline', text: words.standing.lost };
  }
  if (snapshot === null) {
    return { mark: 'busy', text: words.standing.opening };
  }
  const { condition } = snapshot;
  const checked = snapshot.lastCheckedMs === null ? null : age(snapshot.lastCheckedMs, now);
  switch (condition.kind) {
    case 'watching':
      return { mark: 'watching', text: words.standing.watching(checked) };
    case 'starting':
      return { mark: 'busy', text: words.standing.starting };
    case 'setUp':
      if (condition.problem.code === 'keyringWaiting') {
        return { mark: 'busy', text: words.standing.waitingForKeys };
      }
      if (UNREADABLE.includes(condition.problem.code)) {
        return { mark: 'needsYou', text: words.standing.keysUnreadable };
      }
      return {
        mark: 'needsYou',
        text: condition.step === undefined ? words.standing.setUp : words.standing.setUpUnfinished,
      };
    case 'paused':
      return {
        mark: 'paused',
        text: words.standing.paused(
          condition.untilMs === null ? null : moment(condition.untilMs, now),
        ),
      };
    case 'offline':
      return { mark: 'offline', text: words.standing.offline(checked) };
    case 'hindered':
      return { mark: 'needsYou', text: words.standing.hindered(checked) };
    case 'stopped':
      return { mark: 'needsYou', text: words.standing.stopped };
  }
}

/** The page at which set-up stopped; `null`: it is finished, or was not begun. */
export function stoppedAt(snapshot: Seen | null): SetUpStep | null {
  return snapshot?.condition.kind === 'setUp' ? (snapshot.condition.step ?? null) : null;
}

/** The problem that is to be told, if there is one. */
export function problemIn(snapshot: Seen | null, lost: Problem | null): Problem | null {
  if (lost !== null) {
    return lost;
  }
  return snapshot !== null && 'problem' in snapshot.condition ? snapshot.condition.problem : null;
}
