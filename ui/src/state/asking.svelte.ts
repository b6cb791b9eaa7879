import { Refused, problemOf } from '../backend/backend';
import type { Problem } from '../bindings/Problem';

/** One thing that is asked of Padwatch: under way, answered, or refused. */
export class Asking<T> {
  running = $state(false);
  answer = $state.raw<T | null>(null);
  problem = $state.raw<Problem | null>(null);
  #latest = 0;
  #ask: (() => Promise<T>) | null = null;

  /** Asks. The newest answer wins; an older one that comes late is dropped. */
  async run(ask: () => Promise<T>): Promise<T | null> {
    const mine = ++this.#latest;
    this.#ask = ask;
    this.running = true;
    this.problem = null;
    try {
      const answer = await ask();
      if (mine === this.#latest) {
        this.answer = answer;
      }
      return answer;
    } catch (thrown) {
      if (!(thrown instanceof Refused)) {
        throw thrown;
      }
      if (mine === this.#latest) {
        this.problem = problemOf(thrown);
      }
      return null;
    } finally {
      if (mine === this.#latest) {
        this.running = false;
      }
    }
  }

  /** Asks the same once more: what a person does about a problem. */
  readonly again = (): void => {
    if (this.#ask !== null) {
      void this.run(this.#ask);
    }
  };

  /** Forgets answer and problem. */
  clear(): void {
    this.#latest += 1;
    this.running = false;
    this.answer = null;
    this.problem = null;
  }
}

/** Forgets the problem of an action when what it was about changes; "" while that isn't known. */
export function forgetProblemOnChange(doing: Doing, about: () => string): void {
  let before = '';
  $effect(() => {
    const now = about();
    if (now === '') {
      return;
    }
    if (before !== '' && now !== before) {
      doing.problem = null;
    }
    before = now;
  });
}

/** Something that is done for its effect: whether it went well is all there is to know. */
export class Doing {
  running = $state(false);
  problem = $state.raw<Problem | null>(null);

  /** Does it, once at a time. Answers whether it was done. */
  async run(act: () => Promise<unknown>): Promise<boolean> {
    if (this.running) {
      return false;
    }
    this.running = true;
    this.problem = null;
    try {
      await act();
      return true;
    } catch (thrown) {
      if (!(thrown instanceof Refused)) {
        throw thrown;
      }
      this.problem = thrown.problem;
      return false;
    } finally {
      this.running = false;
    }
  }
}
