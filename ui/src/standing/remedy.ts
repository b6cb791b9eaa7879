/** What mends a problem. */
import type { Condition } from '../bindings/Condition';
import type { ProblemCode } from '../bindings/ProblemCode';
import type { PlainWord } from '../say';

export type Remedy =
  'accounts' | 'watching' | 'setUp' | 'finishSetUp' | 'checkNow' | 'go' | 'useThisAccount';

/** What its button says. */
export const REMEDY_WORDS = {
  accounts: 'remedy-accounts',
  watching: 'remedy-watching',
  setUp: 'remedy-set-up',
  finishSetUp: 'remedy-finish-set-up',
  checkNow: 'remedy-check-now',
  go: 'remedy-go',
  useThisAccount: 'remedy-use-this-account',
} as const satisfies Record<Remedy, PlainWord>;

/** The button that a problem gets; `null`: the hint says what to do elsewhere. */
export function remedyFor(code: ProblemCode, condition: Condition['kind'] | null): Remedy | null {
  switch (code) {
    case 'keyMissing':
      return 'setUp';
    case 'setUpUnfinished':
      return 'finishSetUp';
    case 'leverKeyWrong':
    case 'coderpadKeyWrong':
    case 'leverNotAllowed':
    case 'coderpadNotAllowed':
    case 'keyNotUsable':
      return 'accounts';
    case 'actingUserNeeded':
    case 'stageMissing':
    case 'tagMissing':
    case 'settingsUnreadable':
      return 'watching';
    case 'offline':
    case 'serviceDown':
    case 'notTheService':
    case 'notSecure':
    case 'keyringMissing':
    case 'keyringLocked':
    case 'overQuota':
      return 'checkNow';
    case 'otherAccount':
      return 'useThisAccount';
    case 'ledgerUnusable':
      // Watching with a ledger that was begun anew: it waits for the person's word.
      return condition === 'hindered' ? 'go' : null;
    case 'gone':
    case 'refused':
    case 'ledgerNewer':
    case 'profileInUse':
    case 'profileUnusable':
    case 'desktopUnable':
    case 'notValid':
    case 'tooLate':
    case 'signingTokenWrong':
    case 'signingTokenMissing':
    case 'portChanged':
    case 'cannotListen':
    case 'eventsMissing':
    case 'keyringWaiting':
    case 'partFailed':
    case 'engineSilent':
    case 'closing':
      return null;
  }
}
