/** The time, for what says how old something is. */
export class Clock {
  /** In ms since the epoch. */
  now = $state(0);
  readonly #read: () => number;

  constructor(read: () => number = Date.now) {
    this.#read = read;
    this.now = read();
  }

  /** Ticks once a second from now on. Returns what ends it. */
  run(): () => void {
    const ticking = setInterval(() => {
      this.now = this.#read();
    }, 1000);
    return () => {
      clearInterval(ticking);
    };
  }
}
