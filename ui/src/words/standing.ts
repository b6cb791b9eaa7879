/** How things stand, and what can be done about it. */
import { people, number, pads } from './phrases';

export const standing = {
  opening: 'Opening…',
  lost: 'Padwatch does not answer',
  watching: (checked: string | null) =>
    checked === null ? 'Watching' : `Watching · checked ${checked}`,
  starting: 'Having a first look at Lever…',
  waitingForKeys: 'Waiting for your keys',
  keysUnreadable: 'Your keys can’t be read',
  setUp: 'Not set up yet',
  setUpUnfinished: 'Setup isn’t finished',
  paused: (until: string | null) =>
    until === null ? 'Paused until you resume' : `Paused until ${until}`,
  offline: (checked: string | null) =>
    checked === null ? 'Offline' : `Offline · last checked ${checked}`,
  hindered: (checked: string | null) =>
    checked === null ? 'Needs you' : `Needs you · checked ${checked}`,
  stopped: 'Stopped · needs you',
  checkedExactly: (moment: string) => `Lever was last read completely on ${moment}`,
  padsLeft: (left: number) => ` · ${pads(left)} left`,
  checkNow: 'Check now',
  pause: 'Pause',
  pauseFor: {
    hour: 'For an hour',
    tomorrow: 'Until tomorrow',
    untilResumed: 'Until I resume',
  },
  resume: 'Resume',
  pausedMeans: 'Nobody is watched and no pad is made. Links can be copied as ever.',
  quotaLow: (left: number) =>
    left === 0
      ? 'No pads are left in CoderPad this month.'
      : `Only ${pads(left)} left in CoderPad this month.`,
  quotaOverages: 'Further pads cost extra.',
  quotaRefuses: 'When none is left, new candidates wait until the next month or a larger plan.',
  progress: (what: string, done: number, of: number | null) =>
    of === null
      ? `${what}${done === 0 ? '…' : `: ${number(done)}`}`
      : `${what}: ${number(done)} of ${number(of)}`,
  foundFor: (found: number) =>
    found === 0 ? 'Nobody’s pad was found yet.' : `Pads of ${people(found)} were found so far.`,
  stopRest: 'Stop the rest',
  settings: 'Settings',
  goesOn: 'It goes on when you close the window.',
  goesOnStop: 'It goes on when you close the window. Pads that are made stay.',
};

/** While Padwatch runs with invented people. */
export const sampleData = {
  message: 'You are looking at sample data.',
  hint: 'Lever and CoderPad are imitated on this computer. Nothing goes outside.',
  openControls: 'Open the sample’s controls',
};

export const remedies = {
  accounts: 'Open accounts',
  watching: 'Choose now',
  setUp: 'Set up',
  finishSetUp: 'Finish setting up',
  checkNow: 'Try again now',
  tryAgain: 'Try again',
  webhooks: 'Open webhooks',
  go: 'Go',
  useThisAccount: 'Use this account',
  underWay: 'Trying…',
};
