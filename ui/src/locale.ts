declare global {
  interface Window {
    /** The system's locale for dates, from the program around the page; a browser has none. */
    systemLocale?: string;
  }
}

/**
 * English in the conventions of the system's region, for dates, times and numbers. Rust does the
 * same (`api/src/locale.rs`), and both write the same (`api/catalogue/times.json`).
 */
export const LOCALE = english(
  window.systemLocale ?? new Intl.DateTimeFormat().resolvedOptions().locale,
);

/** "en-DE" for a system in German, as its words are English and its conventions Germany's. */
export function english(system: string): string {
  const region = regionOf(system);
  return region === undefined ? 'en-US' : `en-${region}`;
}

function regionOf(system: string): string | undefined {
  try {
    return new Intl.Locale(system).maximize().region;
  } catch {
    // A locale that can't be read must not keep the page from opening.
    return undefined;
  }
}

const numbers = new Intl.NumberFormat(LOCALE);

/** A number as one writes it there. */
export function number(value: number): string {
  return numbers.format(value);
}

/** The key that makes shortcuts of letters, as it stands on the keyboard. */
export const COMMAND = navigator.userAgent.includes('Mac') ? '⌘' : 'Ctrl';
