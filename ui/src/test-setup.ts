/** What the imitated browser of the component tests lacks. */
import '@testing-library/jest-dom/vitest';
import { configure } from '@testing-library/svelte';
import { beforeEach } from 'vitest';

// A slow machine may take its time: what is waited for is a condition, not a time.
// What is said to a screen reader stands on screen too: see `announced`.
configure({ asyncUtilTimeout: 10_000, defaultIgnore: 'script, style, [aria-live]' });

// Each test opens the window for the first time.
beforeEach(() => {
  localStorage.clear();
});

// jsdom lays nothing out: every element gets a size, so that lists find room for rows.
Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: 1200 });

globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};

window.matchMedia ??= (media: string): MediaQueryList =>
  Object.assign(new EventTarget(), {
    matches: false,
    media,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });

Element.prototype.scrollIntoView ??= (): void => undefined;

HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement): void {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement): void {
  this.open = false;
  this.dispatchEvent(new Event('close'));
};
