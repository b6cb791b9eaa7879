/** Every message by its number, which stands in the place of its key: see `catalogue.ts`. */
declare module 'virtual:words' {
  import type { FluentBundle } from '@fluent/bundle';

  export type Pattern = Parameters<FluentBundle['formatPattern']>[0];
  const messages: Record<keyof import('./bindings/Words').Words, Pattern>;
  export default messages;
}
