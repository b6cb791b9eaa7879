/** What the condition is called, and how it is to be shown. */
import type { Problem } from '../bindings/Problem';
import type { ProblemCode } from '../bindings/ProblemCode';
import type { Seen } from '../bindings/Seen';
import type { SetUpStep } from '../bindings/SetUpStep';
import { age, until } from '../moments';
import { say } from '../say';

export type Mark = 'watching' | 'busy' | 'waiting' | 'paused' | 'lost' | 'needsYou';

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
    return { mark: 'lost', text: say('standing-lost') };
  }
  if (snapshot === null) {
    return { mark: 'busy', text: say('standing-opening') };
  }
  const { condition } = snapshot;
  const checked = snapshot.lastCheckedMs === null ? null : age(snapshot.lastCheckedMs, now);
  switch (condition.kind) {
    case 'watching':
      if (checked !== null && isStale(snapshot, now)) {
        return { mark: 'waiting', text: say('standing-stale', { when: checked }) };
      }
      return {
        mark: 'watching',
        text: checkedOr(checked, 'standing-watching', 'standing-watching-checked'),
      };
    case 'starting':
      return { mark: 'busy', text: say('standing-starting') };
    case 'setUp':
      if (condition.problem.code === 'keyringWaiting') {
        return { mark: 'busy', text: say('standing-waiting-for-keys') };
      }
      if (UNREADABLE.includes(condition.problem.code)) {
        return { mark: 'needsYou', text: say('standing-keys-unreadable') };
      }
      return {
        mark: 'needsYou',
        text:
          condition.step === undefined ? say('standing-set-up') : say('standing-set-up-unfinished'),
      };
    case 'paused':
      return {
        mark: 'paused',
        text:
          condition.untilMs === null
            ? say('standing-paused')
            : say('standing-paused-until', { when: until(condition.untilMs, now) }),
      };
    case 'waiting':
      return {
        mark: 'waiting',
        text: waiting(condition.service, checked, isStale(snapshot, now)),
      };
    case 'hindered':
      return {
        mark: 'needsYou',
        text: checkedOr(checked, 'standing-hindered', 'standing-hindered-checked'),
      };
    case 'stopped':
      return { mark: 'needsYou', text: say('standing-stopped') };
  }
}

/** Whether the last check is too old to be shown as what is the case now. */
export function isStale({ currentUntilMs }: Seen, now: number): boolean {
  return currentUntilMs !== null && currentUntilMs <= now;
}

function waiting(service: string, when: string | null, stale: boolean): string {
  if (when === null) {
    return say('standing-waiting', { service });
  }
  return say(stale ? 'standing-waiting-stale' : 'standing-waiting-checked', { service, when });
}

/** Two ways to say it, with and without when Lever was last checked. */
function checkedOr(
  when: string | null,
  never: 'standing-watching' | 'standing-hindered',
  once: 'standing-watching-checked' | 'standing-hindered-checked',
): string {
  return when === null ? say(never) : say(once, { when });
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
