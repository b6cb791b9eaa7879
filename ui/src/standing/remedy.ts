/** What mends a problem. */
import type { ProblemCode } from '../bindings/ProblemCode';

export type Remedy = 'accounts' | 'watching' | 'setUp' | 'checkNow' | 'go';

/** The button that a problem gets; `null`: the hint says what to do elsewhere. */
export function remedyFor(code: ProblemCode): Remedy | null {
  switch (code) {
    case 'keyMissing':
      return 'setUp';
    case 'leverKeyWrong':
    case 'coderpadKeyWrong':
    case 'leverNotAllowed':
    case 'coderpadNotAllowed':
      return 'accounts';
    case 'actingUserNeeded':
    case 'stageMissing':
      return 'watching';
    case 'offline':
    case 'serviceDown':
    case 'notTheService':
    case 'notSecure':
    case 'keyringMissing':
    case 'keyringLocked':
    case 'overQuota':
      return 'checkNow';
    case 'gone':
    case 'refused':
    case 'ledgerUnusable':
    case 'ledgerNewer':
    case 'profileInUse':
    case 'profileUnusable':
    case 'desktopUnable':
    case 'notValid':
    case 'tooLate':
    case 'closing':
      return null;
  }
}
