/** Texts that many views show. */
import { number } from './phrases';

export const general = {
  back: 'Back',
  nameless: 'No name',
  noPosting: 'No posting',
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

export const units = {
  seconds: 'seconds',
  minutes: 'minutes',
  pads: 'pads',
  days: 'days',
};

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
