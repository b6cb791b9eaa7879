/** What several texts are put together with. Another language may need other ones. */
const numbers = new Intl.NumberFormat();

/** A number as one writes it here. */
export function number(value: number): string {
  return numbers.format(value);
}

/** "1 pad", "2 pads". */
export function count(value: number, one: string, many: string): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** "1 pad", "2 pads". */
export function pads(value: number): string {
  return count(value, 'pad', 'pads');
}

/** "1 person", "2 people". */
export function people(value: number): string {
  return count(value, 'person', 'people');
}

/** What to call somebody or something that may have no name. */
export function nameOr(name: string, otherwise: string): string {
  return name === '' ? otherwise : name;
}
