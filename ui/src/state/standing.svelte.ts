import { type Backend, Refused } from '../backend/backend';
import type { Problem } from '../bindings/Problem';
import type { Seen } from '../bindings/Seen';

/** How things stand, as last heard. */
export class Standing {
  snapshot = $state.raw<Seen | null>(null);
  /** Set while Padwatch itself doesn't answer: what is shown may be old. */
  lost = $state.raw<Problem | null>(null);
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Begins to listen. Returns what ends it. */
  follow(): () => void {
    const end = this.#backend.follow(
      (snapshot) => {
        this.#hear(snapshot);
      },
      (problem) => {
        this.lost = problem;
      },
    );
    void this.#first();
    return end;
  }

  async #first(): Promise<void> {
    try {
      const answer = await this.#backend.ask({ kind: 'snapshot' });
      // An event may overtake it. Notices have no revision, so of two with the same the event counts:
      // if its notices are the older ones, another event follows.
      this.lost = null;
      if (this.snapshot === null || answer.revision > this.snapshot.revision) {
        this.snapshot = answer;
      }
    } catch (thrown) {
      if (!(thrown instanceof Refused)) {
        throw thrown;
      }
      this.lost = thrown.problem;
    }
  }

  #hear(snapshot: Seen): void {
    this.lost = null;
    if (this.snapshot === null || snapshot.revision >= this.snapshot.revision) {
      this.snapshot = snapshot;
    }
  }
}
