/** What Padwatch says when something is in its way. */
import type { Problem } from '../bindings/Problem';

export const OFFLINE: Problem = {
  code: 'offline',
  message: 'Padwatch can’t reach Lever.',
  means: '',
  hint: 'Padwatch will catch up when the connection is back.',
  remedy: 'checkNow',
};

export const LOCKED: Problem = {
  code: 'keyringLocked',
  message: 'The keyring is locked, so Padwatch can’t read its keys.',
  means: '',
  hint: 'Unlock the keyring; Padwatch goes on by itself then.',
  remedy: 'checkNow',
};

export const KEY_WRONG: Problem = {
  code: 'leverKeyWrong',
  message: 'Lever doesn’t know the key any more.',
  means: '',
  hint: 'Ask a Super Admin for a new one and set it under Accounts.',
  remedy: 'accounts',
};

export const KEY_MISSING: Problem = {
  code: 'keyMissing',
  message: 'Padwatch has no keys yet.',
  means: '',
  hint: 'Set up takes about three minutes.',
  remedy: 'setUp',
};

export const SET_UP_UNFINISHED: Problem = {
  code: 'setUpUnfinished',
  message: 'Setup isn’t finished, so no pads are created.',
  means: '',
  hint: 'Finish setting up Padwatch.',
  remedy: 'finishSetUp',
};

export const BEGUN_ANEW: Problem = {
  code: 'ledgerUnusable',
  message: 'The ledger was damaged and begun anew: no pads are made yet.',
  means: '',
  hint: 'Look at the list in Padwatch’s window, then press “Start creating pads”.',
  remedy: 'go',
};
