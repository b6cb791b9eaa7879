import { untrack } from 'svelte';

/** Tells a screen reader what happened in place. */
export class Announcer {
  text = $state('');

  say(text: string): void {
    // Whoever says something doesn't listen.
    const before = untrack(() => this.text);
    // The same words twice are read twice only if they differ: a blank that isn't heard does it.
    this.text = text === before ? `${text}\u00a0` : text;
  }
}
