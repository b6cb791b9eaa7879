/** Texts that many views show. */
import { number } from './phrases';

export const general = {
  back: 'Back',
  nameless: 'No name',
  noPosting: 'No job',
};

export const time = {
  justNow: 'just now',
  secondsAgo: (seconds: number) => `${number(seconds)} s ago`,
  minutesAgo: (minutes: number) => `${number(minutes)} min ago`,
  today: (clock: string) => `today ${clock}`,
  yesterday: (clock: string) => `yesterday ${clock}`,
  yesterdayAlone: 'yesterday',
  tomorrow: (clock: string) => `tomorrow ${clock}`,
  inMinutes: (minutes: number) => `in ${number(minutes)} min`,
};

/** What is counted in a field; the number stands before it. */
export const units = {
  seconds: unit('second', 'seconds'),
  minutes: unit('minute', 'minutes'),
  days: unit('day', 'days'),
  pads: unit('pad', 'pads'),
  people: unit('person', 'people'),
};

function unit(one: string, many: string): (value: number) => string {
  return (value) => (value === 1 ? one : many);
}

export const sections = {
  needsYou: 'Needs you',
  toSend: 'To send',
  waiting: 'Waiting',
  upcoming: 'Upcoming',
  finished: 'Finished',
  alreadyThere: 'Already there',
  setAside: 'Set aside',
};

export const confirm = {
  leaveIt: 'Leave it',
  underWay: 'Working…',
};

export const noAnswer = {
  message: 'Padwatch does not answer.',
  hint: 'What you see may be old. If this stays, quit Padwatch from its tray icon and start it again.',
};
