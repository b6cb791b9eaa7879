/** The settings that are a switch or a number, by the page that they stand on. */
import type { Settings } from '../bindings/Settings';
import { say } from '../say';

interface Common {
  label: string;
  hint: string;
  /**
   * What it usually is. Such a setting is shown only where an earlier version, or a file, set another
   * value: it keeps working, and can be set back.
   */
  usual?: number;
  /** Whether it counts at all. */
  shown?: (settings: Settings) => boolean;
}

export interface Switch extends Common {
  kind: 'switch';
  get: (settings: Settings) => boolean;
  set: (settings: Settings, on: boolean) => void;
}

export interface Amount extends Common {
  kind: 'amount';
  unit: (count: number) => string;
  min: number;
  max: number;
  get: (settings: Settings) => number;
  set: (settings: Settings, value: number) => void;
}

export type Field = Switch | Amount;

/** What is usual when someone wants to be reminded, in minutes. */
const REMINDED = 15;

const seconds = (count: number): string => say('unit-seconds', { count });
const minutes = (count: number): string => say('unit-minutes', { count });
const days = (count: number): string => say('unit-days', { count });

export const FIELDS = {
  watching: [
    {
      kind: 'switch',
      label: say('safety-ask'),
      hint: say('safety-ask.hint'),
      get: ({ guards }) => guards.askEachTime,
      set: ({ guards }, on) => (guards.askEachTime = on),
    },
    {
      kind: 'amount',
      label: say('safety-delay'),
      hint: say('safety-delay.hint'),
      unit: seconds,
      min: 0,
      max: 86_400,
      get: ({ guards }) => guards.holdSeconds,
      set: ({ guards }, value) => (guards.holdSeconds = value),
    },
    {
      kind: 'amount',
      label: say('safety-bulk'),
      hint: say('safety-bulk.hint'),
      unit: (count) => say('unit-candidates', { count }),
      min: 1,
      max: 1000,
      get: ({ guards }) => guards.surgeLimit,
      set: ({ guards }, value) => (guards.surgeLimit = value),
    },
    {
      kind: 'amount',
      label: say('watch-interval'),
      hint: say('watch-interval.hint'),
      unit: seconds,
      min: 10,
      max: 3600,
      usual: 30,
      get: ({ watch }) => watch.everySeconds,
      set: ({ watch }, value) => (watch.everySeconds = value),
    },
    {
      kind: 'amount',
      label: say('safety-missing-link'),
      hint: say('safety-missing-link.hint'),
      unit: minutes,
      min: 1,
      max: 1440,
      usual: 5,
      get: ({ guards }) => Math.round(guards.missingLinkAfterSeconds / 60),
      set: ({ guards }, value) => (guards.missingLinkAfterSeconds = value * 60),
    },
  ],
  pads: [
    {
      kind: 'switch',
      label: say('pads-name-confidential'),
      hint: say('pads-name-confidential.hint'),
      get: ({ pads }) => pads.nameConfidential,
      set: ({ pads }, on) => (pads.nameConfidential = on),
    },
    {
      kind: 'amount',
      label: say('safety-low-pads'),
      hint: say('safety-low-pads.hint'),
      unit: (count) => say('unit-pads', { count }),
      min: 0,
      max: 1000,
      get: ({ guards }) => guards.lowQuota,
      set: ({ guards }, value) => (guards.lowQuota = value),
    },
    {
      kind: 'switch',
      label: say('safety-recreate'),
      hint: say('safety-recreate.hint'),
      get: ({ guards }) => guards.makeAgainWhenNotFound,
      set: ({ guards }, on) => (guards.makeAgainWhenNotFound = on),
    },
    {
      kind: 'switch',
      label: say('safety-end-pads'),
      hint: say('safety-end-pads.hint'),
      get: ({ guards }) => guards.endUnneededPads,
      set: ({ guards }, on) => (guards.endUnneededPads = on),
    },
  ],
  notifications: [
    {
      kind: 'switch',
      label: say('notifications-pad-ready'),
      hint: say('notifications-pad-ready.hint'),
      get: ({ notifications }) => notifications.padReady,
      set: ({ notifications }, on) => (notifications.padReady = on),
    },
    {
      kind: 'switch',
      label: say('notifications-ended'),
      hint: say('notifications-ended.hint'),
      get: ({ notifications }) => notifications.finished,
      set: ({ notifications }, on) => (notifications.finished = on),
    },
    {
      kind: 'switch',
      label: say('notifications-hide-names'),
      hint: say('notifications-hide-names.hint'),
      get: ({ notifications }) => notifications.hideNames,
      set: ({ notifications }, on) => (notifications.hideNames = on),
    },
  ],
  updates: [
    {
      kind: 'switch',
      label: say('update-check'),
      hint: say('update-check.hint'),
      get: ({ notifications }) => notifications.newVersion,
      set: ({ notifications }, on) => (notifications.newVersion = on),
    },
  ],
  reminders: [
    {
      kind: 'switch',
      label: say('interviews-not-sent'),
      hint: say('interviews-not-sent.hint'),
      get: ({ reminders }) => reminders.linkNotSent,
      set: ({ reminders }, on) => (reminders.linkNotSent = on),
    },
    {
      kind: 'switch',
      label: say('interviews-remind'),
      hint: say('interviews-remind.hint'),
      get: ({ reminders }) => reminders.minutesBefore !== null,
      set: ({ reminders }, on) => (reminders.minutesBefore = on ? REMINDED : null),
    },
    {
      kind: 'amount',
      label: say('interviews-minutes-before'),
      hint: '',
      unit: minutes,
      min: 1,
      max: 240,
      shown: ({ reminders }) => reminders.minutesBefore !== null,
      get: ({ reminders }) => reminders.minutesBefore ?? REMINDED,
      set: ({ reminders }, value) => (reminders.minutesBefore = value),
    },
    {
      kind: 'amount',
      label: say('interviews-check'),
      hint: say('interviews-check.hint'),
      unit: minutes,
      min: 0,
      max: 240,
      get: ({ reminders }) => reminders.checkMinutesBefore ?? 0,
      set: ({ reminders }, value) => (reminders.checkMinutesBefore = value || null),
    },
    {
      kind: 'amount',
      label: say('interviews-late'),
      hint: say('interviews-late.hint'),
      unit: minutes,
      min: 0,
      max: 60,
      get: ({ reminders }) => reminders.lateMinutes ?? 0,
      set: ({ reminders }, value) => (reminders.lateMinutes = value || null),
    },
  ],
  privacy: [
    {
      kind: 'amount',
      label: say('interviews-delete-after'),
      hint: say('interviews-delete-after.hint'),
      unit: days,
      min: 0,
      max: 3650,
      get: ({ keeping }) => keeping.retentionDays,
      set: ({ keeping }, value) => (keeping.retentionDays = value),
    },
    {
      kind: 'amount',
      label: say('interviews-days-in-tray'),
      hint: say('interviews-days-in-tray.hint'),
      unit: days,
      min: 0,
      max: 365,
      usual: 14,
      get: ({ keeping }) => keeping.daysInTray,
      set: ({ keeping }, value) => (keeping.daysInTray = value),
    },
  ],
} as const satisfies Record<string, readonly Field[]>;

export type FieldGroup = keyof typeof FIELDS;
