/** A believable account: people, jobs and what Lever and CoderPad say. All of it is invented. */
import type { FakeWorld } from './backend';
import { interview } from './interview';
import { SAYINGS } from '../bindings/Sayings';
import type { ActionKind } from '../bindings/ActionKind';
import type { PadRow } from '../bindings/PadRow';
import type { Section } from '../bindings/Section';
import type { Settings } from '../bindings/Settings';
import type { TimelineEntry } from '../bindings/TimelineEntry';
import type { Webhooks } from '../bindings/Webhooks';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const FIRST = [
  'Ada',
  'Linus',
  'Grace',
  'Noor',
  'Mateus',
  'Yuki',
  'Priya',
  'Tomás',
  'Zofia',
  'Kwame',
];
const LAST = [
  'Almeida',
  'Berg',
  'Chen',
  'Dlamini',
  'Eriksson',
  'Fontaine',
  'Gupta',
  'Haddad',
  'Ito',
  'Kowalska',
];
const JOBS = [
  'Backend Engineer',
  'Frontend Engineer, Checkout',
  'Site Reliability Engineer',
  'Data Engineer',
  'Engineering Manager, Payments',
];

interface InSection {
  state: string;
  reason: string;
  actions: ActionKind[];
  pad: boolean;
}

const SECTION: Record<Section, InSection> = {
  toSend: {
    state: SAYINGS.states.ready,
    reason: SAYINGS.reasons.linked,
    actions: ['markCopied', 'markSent', 'undo', 'removeTag'],
    pad: true,
  },
  needsYou: {
    state: SAYINGS.states.unclear,
    reason: SAYINGS.reasons.notFound,
    actions: ['checkAgain', 'seePad', 'makeAnother', 'skip', 'removeTag'],
    pad: false,
  },
  waiting: {
    state: SAYINGS.states.creating,
    reason: SAYINGS.reasons.tagged,
    actions: ['hold', 'skip', 'removeTag'],
    pad: false,
  },
  upcoming: {
    state: SAYINGS.states.copied,
    reason: SAYINGS.reasons.copied,
    actions: ['markCopied', 'markSent', 'undo'],
    pad: true,
  },
  finished: {
    state: SAYINGS.states.ended,
    reason: SAYINGS.reasons.ended,
    actions: [],
    pad: true,
  },
  alreadyThere: {
    state: SAYINGS.states.alreadyThere,
    reason: SAYINGS.reasons.tagged,
    actions: ['makeNow', 'skip', 'removeTag'],
    pad: false,
  },
  setAside: {
    state: SAYINGS.states.skipped,
    reason: SAYINGS.reasons.skipped,
    actions: ['makeNow', 'addTag'],
    pad: false,
  },
};

/** One candidate; each number is another one. */
export function person(number: number, section: Section, now: number): PadRow {
  const { state, reason, actions, pad } = SECTION[section];
  const id = `PAD${String(number).padStart(5, '0')}`;
  const link = `https://app.coderpad.io/${id}`;
  const round = Math.floor(number / (FIRST.length * LAST.length));
  const names = [pick(FIRST, number), pick(LAST, number * 7 + Math.floor(number / FIRST.length))];
  return {
    opportunity: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    name: names.join(' ') + (round === 0 ? '' : ` ${round}`),
    posting: pick(JOBS, number),
    section,
    state,
    reason,
    sinceMs: now - 4 * MINUTE - number * 37 * MINUTE,
    pad: pad ? { id, link, playback: `${link}/playback` } : null,
    profileUrl: `https://hire.lever.co/candidates/${number}`,
    copiedMs: section === 'upcoming' ? now - HOUR : null,
    onProfile: pad,
    duplicates: [],
    actions,
    // Of every third, Lever doesn't know when the interview is.
    ...(section === 'upcoming' && number % 3 !== 0
      ? { interviewMs: now + (25 + ((number + 35) % 40) * 190) * MINUTE }
      : {}),
    // And one of those is live.
    ...(section === 'upcoming' && number % 40 === 6 ? { state: SAYINGS.states.live } : {}),
  };
}

/** So many people in each part, numbered one after the other. */
export function crowd(sizes: Partial<Record<Section, number>>, now: number): PadRow[] {
  let number = 0;
  return (Object.entries(sizes) as [Section, number][]).flatMap(([section, size]) =>
    Array.from({ length: size }, () => person(number++, section, now)),
  );
}

export const SETTINGS: Settings = {
  watch: {
    tag: 'coderpad',
    stages: { by: 'name', value: 'Phone Screen' },
    whose: 'everybody',
    everySeconds: 30,
  },
  whoMakes: 'padwatch',
  actingUser: 'u1',
  guards: {
    surgeLimit: 10,
    holdSeconds: 0,
    askEachTime: false,
    lowQuota: 5,
    makeAgainWhenNotFound: false,
    missingLinkAfterSeconds: 300,
    endUnneededPads: false,
  },
  pads: {
    standard: {
      language: null,
      question: null,
      team: null,
      waitingRoom: null,
      execution: null,
      ownerEmail: null,
    },
    byPosting: {},
    nameConfidential: false,
  },
  invitation: {
    templates: [
      {
        id: 1,
        name: 'Phone screen',
        subject: 'Your coding interview',
        body: 'Hi {{ first_name }},\n\nThank you for your interest in the {{ job }} role. We’re looking forward to talking with you.\n\nWhen: {{ time }}\nWith: {{ interviewers }}\n\nWe’ll write some code together in CoderPad, an editor in your browser. There’s nothing to install. When the interview starts, open this link:\n{{ link }}\n\nBest regards,\n{{ recruiter }}\n',
      },
    ],
    standard: 1,
    byPosting: {},
  },
  notifications: {
    padReady: true,
    finished: true,
    hideNames: false,
    newVersion: true,
    quiet: null,
  },
  reminders: { minutesBefore: null, linkNotSent: true, checkMinutesBefore: 15, lateMinutes: 5 },
  keeping: { daysInTray: 14, retentionDays: 365 },
};

function timeline(now: number): TimelineEntry[] {
  return [
    {
      atMs: now - 6 * MINUTE,
      what: SAYINGS.activity.noticed,
      why: SAYINGS.reasons.tagged,
      trigger: SAYINGS.activity.byPoll,
    },
    {
      atMs: now - 5 * MINUTE,
      what: SAYINGS.activity.created,
      why: SAYINGS.reasons.ready,
      trigger: SAYINGS.activity.byPadwatch,
    },
    {
      atMs: now - 4 * MINUTE,
      what: SAYINGS.activity.linkAdded,
      why: SAYINGS.reasons.linked,
      trigger: SAYINGS.activity.byPadwatch,
    },
  ];
}

/** An account with these people in it, where all is well. */
export function world(rows: PadRow[], now: number): FakeWorld {
  return {
    rows,
    settings: structuredClone(SETTINGS),
    accounts: {
      lever: { set: true, setOn: now - 21 * DAY },
      coderpad: { set: true, setOn: now - 21 * DAY },
      keyring: null,
      sandbox: false,
    },
    lever: {
      host: 'api.lever.co',
      permissions: [
        { name: 'Find all opportunities', allowed: true, needed: true },
        { name: 'Find all stages', allowed: true, needed: true },
        { name: 'Find all tags', allowed: true, needed: true },
        { name: 'Find all users', allowed: true, needed: false },
        { name: 'Find all interviews', allowed: false, needed: false },
        { name: 'Add opportunity links', allowed: null, needed: true },
      ],
      confidential: false,
      stages: [],
    },
    coderpad: {
      host: 'app.coderpad.io',
      owner: 'Mara Lindqvist',
      ownerEmail: 'mara@example.test',
      organization: 'Northwind Hiring',
      defaultLanguage: 'python3',
      padsLeft: 38,
      padsUsed: 12,
      teams: [
        { id: 't1', name: 'Default' },
        { id: 't2', name: 'Platform' },
      ],
      people: [
        { email: 'mara@example.test', name: 'Mara Lindqvist' },
        { email: 'jonas@example.test', name: 'Jonas Okafor' },
      ],
    },
    users: [
      { id: 'u1', name: 'Mara Lindqvist', email: 'mara@example.test', role: 'admin' },
      { id: 'u2', name: 'Jonas Okafor', email: 'jonas@example.test', role: 'super admin' },
      { id: 'u3', name: 'Ines Pereira', email: 'ines@example.test', role: 'team member' },
    ],
    stages: [
      { id: 'lead-new', name: 'New Lead', watched: false },
      { id: 'applicant-new', name: 'New Applicant', watched: false },
      { id: 's-screen', name: 'Phone Screen', watched: true },
      { id: 's-onsite', name: 'On-site', watched: false },
      { id: 'offer', name: 'Offer', watched: false },
    ],
    spellings: [
      { text: 'coderpad', count: 23 },
      { text: 'CoderPad', count: 4 },
    ],
    profilesWithPads: 0,
    timeline: timeline(now),
    postings: JOBS.map((title, number) => ({
      id: `p${number}`,
      title,
      about: number % 2 === 0 ? 'Platform, Lisbon' : 'Payments, Berlin',
      tagged: number === 0,
      locked: number === 4,
    })),
    questions: [
      { id: 311, title: 'Merge intervals', language: 'python' },
      { id: 312, title: 'Rate limiter', language: 'go' },
      { id: 313, title: 'Word count, any language', language: null },
    ],
    meeting: {
      time: 'Tuesday, November 24, 2:30 PM (Lisbon time)',
      interviewers: 'Ines Pereira and Jonas Okafor',
      recruiter: 'Mara Lindqvist',
    },
    webhooks: webhooksOff(),
    connection: {
      chosen: {
        lever: { kind: 'production' },
        coderpad: { kind: 'production' },
        proxy: { kind: 'system' },
      },
      overruled: false,
      needsRestart: false,
    },
    interview: interview(now),
    snapshot: {
      condition: { kind: 'watching' },
      lastCheckedMs: now - 12_000,
      currentUntilMs: now + 48_000,
      quota: { remaining: 38, overages: false, low: false, short: null },
      whoMakes: 'padwatch',
      progress: null,
      webhooks: { kind: 'off' },
      notices: [],
      sandbox: false,
    },
  };
}

/** Webhooks as they are at first. */
function webhooksOff(): Webhooks {
  return {
    state: { kind: 'off' },
    publicAddress: null,
    url: null,
    localUrl: null,
    port: null,
    portChangedFrom: null,
    signingTokens: 0,
    made: [],
    madeForAnotherAddress: false,
    lastEventMs: null,
    lastTest: null,
    accepted: 0,
    refused: [],
    waiting: 0,
    restarts: 0,
    lastRestartMs: null,
    asksEverySeconds: 30,
    tunnels: [],
  };
}

function pick(from: string[], number: number): string {
  return from[number % from.length] ?? '';
}
