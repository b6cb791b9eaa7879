/** English in the conventions of the system's region, for dates, times and numbers. */
export const LOCALE = english(new Intl.DateTimeFormat().resolvedOptions().locale);

/** "en-DE" for a system in German, as its words are English and its conventions Germany's. */
export function english(system: string): string {
  const { region } = new Intl.Locale(system).maximize();
  return region === undefined ? 'en' : `en-${region}`;
}

const numbers = new Intl.NumberFormat(LOCALE);

/** A number as one writes it there. */
export function number(value: number): string {
  return numbers.format(value);
}
