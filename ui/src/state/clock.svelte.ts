import { createSubscriber } from 'svelte/reactivity';

/** The time, for what says how old something is. Ticks once a second while something shows it. */
export class Clock {
  readonly #subscribe: () => void;
  readonly #read: () => number;

  constructor(read: () => number = Date.now) {
    this.#read = read;
    this.#subscribe = createSubscriber((update) => {
      const ticking = setInterval(update, 1000);
      return () => {
        clearInterval(ticking);
      };
    });
  }

  /** In ms since the epoch. */
  get now(): number {
    this.#subscribe();
    return this.#read();
  }
}
