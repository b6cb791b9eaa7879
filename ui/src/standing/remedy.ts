/** What fixes a problem. */
import type { Remedy } from '../bindings/Remedy';
import type { PlainWord } from '../say';

/** What its button says. */
export const REMEDY_WORDS = {
  accounts: 'remedy-accounts',
  watching: 'remedy-watching',
  connection: 'remedy-connection',
  setUp: 'remedy-set-up',
  finishSetUp: 'remedy-finish-set-up',
  checkNow: 'remedy-check-now',
  go: 'remedy-go',
  useThisAccount: 'remedy-use-this-account',
} as const satisfies Record<Remedy, PlainWord>;
