/** Tells a screen reader what happened in place. */
export class Announcer {
  text = $state('');

  say(text: string): void {
    // The same words twice are read twice only if they differ: a blank that isn't heard does it.
    this.text = text === this.text ? `${text}\u00a0` : text;
  }
}
