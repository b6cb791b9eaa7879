/**
 * All that the page can ask of Padwatch. Nothing else in the page knows whether Padwatch answers
 * or its stand-in (`../fake`).
 */
import type { Answers } from '../bindings/Answers';
import type { Call } from '../bindings/Call';
import type { Problem } from '../bindings/Problem';
import type { Seen } from '../bindings/Seen';
import { say } from '../say';

export interface Backend {
  /** Asks one thing. Rejects with {@link Refused} alone. */
  ask<C extends Call>(call: C): Promise<Answers[C['kind']]>;
  /**
   * Calls `heard` with every new snapshot, and `lost` when none can come any longer.
   * Returns what ends it.
   */
  follow(heard: (snapshot: Seen) => void, lost: (problem: Problem) => void): () => void;
  /** Calls `tell` whenever a candidate is to be shown. Returns what ends it. */
  candidateWanted(tell: () => void): () => void;
  /** Closes the window. */
  close(): void;
  /** Shows everything so much larger; 1 is the usual size. */
  zoom(factor: number): void;
}

/** A call that was answered with a problem. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** The problem behind whatever was thrown. */
export function problemOf(thrown: unknown): Problem {
  return thrown instanceof Refused ? thrown.problem : noAnswer();
}

/** What to say when Padwatch itself doesn't answer. */
export function noAnswer(): Problem {
  return {
    code: 'closing',
    message: say('no-answer'),
    means: say('no-answer.means'),
    hint: say('no-answer.hint'),
  };
}

/** Whether a value that came from outside has the shape of a problem. */
export function isProblem(value: unknown): value is Problem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'message' in value &&
    typeof value.message === 'string' &&
    'means' in value &&
    typeof value.means === 'string' &&
    'hint' in value &&
    typeof value.hint === 'string'
  );
}
