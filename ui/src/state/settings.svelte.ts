import type { Backend } from '../backend/backend';
import type { Settings } from '../bindings/Settings';
import { Asking, Doing } from './asking.svelte';

/** The settings as Padwatch has them; a change is sent at once. */
export class SettingsInUse {
  readonly reading = new Asking<Settings>();
  readonly saving = new Doing();
  /** Set for a moment after a change was stored. */
  saved = $state(false);
  #saidUntil: ReturnType<typeof setTimeout> | undefined;
  readonly #backend: Backend;
  /** Done once the change before is. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** The settings, once they have been read. */
  get value(): Settings | null {
    return this.reading.answer;
  }

  async read(): Promise<void> {
    await this.reading.run(() => this.#backend.ask({ kind: 'settings' }));
  }

  /**
   * Changes a copy and sends it, after the changes before. Whatever happens, what is shown is what
   * Padwatch has then.
   */
  change(edit: (settings: Settings) => void): Promise<boolean> {
    const changed = this.#before.then(() => this.#change(edit));
    this.#before = changed.catch(() => undefined);
    return changed;
  }

  async #change(edit: (settings: Settings) => void): Promise<boolean> {
    const settings = structuredClone(this.value);
    if (settings === null) {
      return false;
    }
    edit(settings);
    const done = await this.saving.run(() =>
      this.#backend.ask({ kind: 'changeSettings', settings }),
    );
    await this.read();
    if (done) {
      this.#saySaved();
    }
    return done;
  }

  #saySaved(): void {
    clearTimeout(this.#saidUntil);
    this.saved = true;
    this.#saidUntil = setTimeout(() => {
      this.saved = false;
    }, 2000);
  }
}
