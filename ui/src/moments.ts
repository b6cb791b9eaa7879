/** Moments and ages as people say them. Clock and dates follow the system's region. */
import { LOCALE } from './locale';
import { say } from './say';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long ago something was: "just now", "12 sec ago", "3 min ago", else the moment itself. */
export function age(atMs: number, nowMs: number): string {
  const past = Math.max(0, nowMs - atMs);
  if (past < 5 * SECOND) {
    return say('time-just-now');
  }
  if (past < MINUTE) {
    return say('time-seconds-ago', { seconds: Math.floor(past / SECOND) });
  }
  if (past < HOUR) {
    return say('time-minutes-ago', { minutes: Math.floor(past / MINUTE) });
  }
  return moment(atMs, nowMs);
}

/** A moment near today: "today 14:30", "yesterday 09:10", "Mon 14:30", else the date. */
export function moment(atMs: number, nowMs: number): string {
  const days = daysBetween(atMs, nowMs);
  if (days === 0) {
    return say('time-today', { clock: clock(atMs) });
  }
  if (days === -1) {
    return say('time-yesterday', { clock: clock(atMs) });
  }
  if (days === 1) {
    return say('time-tomorrow', { clock: clock(atMs) });
  }
  return Math.abs(days) < 7
    ? say('time-weekday', { day: weekday(atMs), clock: clock(atMs) })
    : date(atMs, nowMs);
}

/** A moment to come, after "until": "14:30" today, "tomorrow" for its beginning, else as ever. */
export function until(atMs: number, nowMs: number): string {
  if (atMs === startOfTomorrow(nowMs)) {
    return say('time-tomorrow-alone');
  }
  return daysBetween(atMs, nowMs) === 0 ? clock(atMs) : moment(atMs, nowMs);
}

/** An appointment: "in 20 min", "today 14:30", "tomorrow 9:00", "Thu 14:30", else the date. */
export function comingMoment(atMs: number, nowMs: number): string {
  const left = atMs - nowMs;
  return left > 0 && left <= HOUR
    ? say('time-in-minutes', { minutes: Math.max(1, Math.round(left / MINUTE)) })
    : moment(atMs, nowMs);
}

/** The moment in full, for those who want to know exactly. */
export function exactly(atMs: number): string {
  return format({ dateStyle: 'full', timeStyle: 'medium' }, atMs);
}

/** A day alone: "3 November 2026". */
export function day(atMs: number): string {
  return format({ dateStyle: 'long' }, atMs);
}

/** How long something took: "1 hr 20 min". */
export function duration(ms: number): string {
  const all = Math.floor(ms / MINUTE);
  const [hours, minutes] = [Math.floor(all / 60), all % 60];
  if (all === 0) {
    return say('duration-moment');
  }
  if (hours === 0) {
    return say('duration-minutes', { minutes });
  }
  return minutes === 0
    ? say('duration-hours', { hours })
    : say('duration-hours-minutes', { hours, minutes });
}

/** When tomorrow begins here, in ms since the epoch. */
export function startOfTomorrow(nowMs: number): number {
  const tomorrow = startOfDay(nowMs);
  tomorrow.setDate(tomorrow.getDate() + 1);
  return tomorrow.getTime();
}

function clock(atMs: number): string {
  return format({ timeStyle: 'short' }, atMs);
}

function weekday(atMs: number): string {
  return format({ weekday: 'short' }, atMs);
}

/** A day alone, with its year unless it is this one: "3 Nov". */
export function date(atMs: number, nowMs: number): string {
  const thisYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear();
  return format(
    thisYear
      ? { day: 'numeric', month: 'short' }
      : { day: 'numeric', month: 'short', year: 'numeric' },
    atMs,
  );
}

/** Whole days by the calendar, so that a change of the clock doesn't count. */
function daysBetween(atMs: number, nowMs: number): number {
  const apart = startOfDay(atMs).getTime() - startOfDay(nowMs).getTime();
  return Math.round(apart / (24 * HOUR));
}

function startOfDay(atMs: number): Date {
  const start = new Date(atMs);
  start.setHours(0, 0, 0, 0);
  return start;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format is slow, using one is not: each is made once. */
function format(options: Intl.DateTimeFormatOptions, atMs: number): string {
  const key = JSON.stringify(options);
  let made = formats.get(key);
  if (made === undefined) {
    made = new Intl.DateTimeFormat(LOCALE, options);
    formats.set(key, made);
  }
  return made.format(atMs);
}
