import type { Backend } from '../backend/backend';
import type { Problem } from '../bindings/Problem';
import type { Webhooks } from '../bindings/Webhooks';
import { Asking } from '../state/asking.svelte';

/** The calls that are answered with everything about webhooks. */
type Step =
  | { kind: 'setWebhooks'; on: boolean; publicAddress: string }
  | { kind: 'addSigningToken'; token: string }
  | { kind: 'deleteSigningTokens' }
  | { kind: 'setUpWebhooksForMe' }
  | { kind: 'removeWebhooks' };

/** How webhooks are doing, and what is done about them. */
export class WebhooksInUse {
  value = $state.raw<Webhooks | null>(null);
  readonly reading = new Asking<Webhooks>();
  readonly doing = new Asking<Webhooks>();
  /** What is under way, or was last. */
  last = $state.raw<Step['kind'] | null>(null);
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  async read(): Promise<void> {
    const read = await this.reading.run(() => this.#backend.ask({ kind: 'webhookStatus' }));
    // What is being done will be answered with what is true afterwards.
    if (read !== null && !this.doing.running) {
      this.value = read;
    }
  }

  /** Does one thing. Answers whether it was done. */
  async do(step: Step): Promise<boolean> {
    this.last = step.kind;
    const answer = await this.doing.run(() => this.#backend.ask(step));
    if (answer === null) {
      // It may have been done in part.
      await this.read();
      return false;
    }
    this.value = answer;
    return true;
  }

  /** Why the last step was not done, if it was one of these. */
  problemWith(...kinds: Step['kind'][]): Problem | null {
    return this.last !== null && kinds.includes(this.last) ? this.doing.problem : null;
  }

  /** Whether this step is under way. */
  isDoing(kind: Step['kind']): boolean {
    return this.doing.running && this.last === kind;
  }
}
