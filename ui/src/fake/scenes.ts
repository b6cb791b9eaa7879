/** The states in which the page is looked at, each by its name. */
import { FakeBackend, type FakeWorld } from './backend';
import type { NoteStatus } from '../bindings/NoteStatus';
import type { PadRow } from '../bindings/PadRow';
import type { Settings } from '../bindings/Settings';
import { hostileInterview } from './interview';
import { PROBLEMS, SAYINGS } from '../bindings/Sayings';
import { crowd, person, world } from './world';

const USUAL = {
  needsYou: 1,
  toSend: 3,
  waiting: 1,
  upcoming: 5,
  finished: 8,
  alreadyThere: 14,
  setAside: 2,
} as const;

function usual(now: number): FakeWorld {
  return world(crowd(USUAL, now), now);
}

function with_(now: number, edit: (world: FakeWorld) => void): FakeWorld {
  const made = usual(now);
  edit(made);
  return made;
}

/** Names as they come, and as someone mean would write them. */
export const HARD_NAMES: readonly [name: string, posting: string][] = [
  ['', ''],
  ['محمد عبد الرحمن الأنصاري', 'مهندس برمجيات'],
  ['Donaudampfschifffahrtsgesellschaftskapitän-Wolfeschlegelsteinhausenbergerdorff', 'Engineer'],
  ['<img src=x onerror=alert(1)>', '<script>alert(2)</script>'],
  ['👩‍💻 Zoë 🎉🎉🎉', 'Développeuse 🐍'],
  ['‮gnp.exe‬ Reversed', 'Bidi override'],
  ['Z̸̛̦̖̾͊a̶̗̓l̵͕̒g̶̰̈́o̷͔̅', 'Line\nbreaks\tand tabs'],
  ['李小龍', 'エンジニア'],
  ['O’Brien & Sons "Quoted"', 'Long title '.repeat(28)],
];

function hard(now: number): FakeWorld {
  const rows: PadRow[] = HARD_NAMES.map(([name, posting], number) => ({
    ...person(number, 'toSend', now),
    name,
    posting,
  }));
  return world(rows, now);
}

function doubled(now: number): FakeWorld {
  return with_(now, (made) => {
    const first = made.rows.find((row) => row.section === 'toSend');
    if (first !== undefined) {
      first.duplicates = [{ id: 'SECOND01', link: 'https://app.coderpad.io/SECOND01', ours: true }];
      first.actions = [...first.actions, 'deleteDuplicate'];
    }
  });
}

/** Plans that changed: old times, and pads that are no longer needed. */
function changed(now: number): FakeWorld {
  const rows = crowd({ toSend: 2, upcoming: 3 }, now);
  const { archived, notOurs, oldTime, canceled } = SAYINGS.remarks;
  const said = [archived, notOurs, oldTime, canceled, oldTime];
  for (const [number, row] of rows.entries()) {
    Object.assign(row, said[number]);
    const ends = row.remark?.fix === 'copyInvitation' ? [] : (['keepPad', 'endPad'] as const);
    row.actions = [...row.actions, ...ends];
  }
  const last = rows.at(-1);
  if (last !== undefined) {
    last.name = HARD_NAMES[2]?.[0] ?? '';
    last.posting = HARD_NAMES[8]?.[1] ?? '';
  }
  return world(rows, now);
}

/** A finished interview with a note that stands like this. */
function withNote(now: number, note: Pick<NoteStatus, 'state' | 'problem'>): FakeWorld {
  const made = world(crowd({ finished: 8 }, now), now);
  for (const row of made.rows) {
    row.state = note.state === 'added' ? SAYINGS.states.noteAdded : row.state;
    row.note = { ...note, sinceMs: now - 5 * 60_000, partsThere: 1, parts: 3 };
  }
  return made;
}

/** Webhooks that were set up, and work. */
function withWebhooks(now: number): (made: FakeWorld) => void {
  const path = 'lever/0123456789abcdef0123456789abcdef';
  return ({ snapshot, webhooks }) => {
    snapshot.webhooks = { kind: 'arriving' };
    Object.assign(webhooks, {
      state: snapshot.webhooks,
      publicAddress: 'https://pad.example.com',
      url: `https://pad.example.com/${path}`,
      localUrl: `http://127.0.0.1:41234/${path}`,
      port: 41_234,
      signingTokens: 2,
      made: ['candidateStageChange', 'candidateArchiveChange'],
      lastEventMs: now - 90_000,
      lastTest: { atMs: now - 3_600_000, verified: true },
      accepted: 12,
      refused: [{ reason: 'Wrong signature', count: 3 }],
      asksEverySeconds: 300,
      tunnels: [
        {
          name: 'Cloudflare Tunnel',
          command: 'cloudflared tunnel --url http://127.0.0.1:41234',
        },
      ],
    });
  };
}

function template(settings: Settings, subject: string, body: string): void {
  settings.invitation.templates = [{ id: 1, name: 'Phone screen', subject, body }];
}

export const SCENES: Record<string, (now: number) => FakeWorld> = {
  usual,
  hard,
  doubled,
  changed,
  notPlanned: (now) =>
    with_(now, ({ meeting }) => {
      delete meeting.time;
      delete meeting.interviewers;
    }),
  newer: (now) => with_(now, (world) => (world.updates = { newer: '0.2' })),
  gapped: (now) =>
    with_(now, ({ meeting, settings }) => {
      delete meeting.time;
      template(settings, '', '{{ name }}: {{ time }}');
    }),
  brokenTemplate: (now) =>
    with_(now, ({ settings }) => {
      const body = 'Hi {{ frist_name }},\n\nWe meet at {Interview time.\n\n{{ link }}\n';
      template(settings, 'Your {Jobb} interview', body);
    }),
  finished: (now) => world(crowd({ finished: 8 }, now), now),
  finishedHostile: (now) => {
    const made = world(crowd({ finished: 8 }, now), now);
    made.interview = hostileInterview(now);
    return made;
  },
  noteAdded: (now) => withNote(now, { state: 'added', problem: null }),
  noteUncertain: (now) => withNote(now, { state: 'uncertain', problem: null }),
  noteHalted: (now) => withNote(now, { state: 'halted', problem: PROBLEMS.permissionMissing }),
  empty: (now) => world([], now),
  many: (now) => world(crowd({ needsYou: 3, toSend: 12, upcoming: 85, finished: 9900 }, now), now),
  stale: (now) =>
    with_(now, ({ snapshot }) => {
      snapshot.lastCheckedMs = now - 25 * 60_000;
      snapshot.currentUntilMs = now - 24 * 60_000;
    }),
  offline: (now) =>
    with_(now, ({ snapshot }) => {
      snapshot.condition = { kind: 'waiting', service: 'Lever', problem: PROBLEMS.unreachable };
      snapshot.lastCheckedMs = now - 9 * 60_000;
      snapshot.currentUntilMs = now - 8 * 60_000;
    }),
  paused: (now) =>
    with_(now, ({ snapshot }) => {
      snapshot.condition = { kind: 'paused', untilMs: now + 3_600_000 };
    }),
  stopped: (now) =>
    with_(now, ({ snapshot }) => {
      snapshot.condition = { kind: 'stopped', problem: PROBLEMS.keyRejected };
    }),
  locked: (now) =>
    with_(now, ({ snapshot, accounts }) => {
      snapshot.condition = { kind: 'stopped', problem: PROBLEMS.keyringLocked };
      accounts.keyring = PROBLEMS.keyringLocked;
    }),
  fewPads: (now) =>
    with_(now, ({ snapshot }) => {
      const short = { needed: 12, untilMs: now + 14 * 24 * 3_600_000 };
      snapshot.quota = { remaining: 9, overages: false, low: false, short };
    }),
  troubled: (now) =>
    with_(now, ({ snapshot }) => {
      snapshot.condition = { kind: 'waiting', service: 'Lever', problem: PROBLEMS.unreachable };
      snapshot.webhooks = { kind: 'troubled', problem: PROBLEMS.eventsMissing };
      snapshot.quota = { remaining: 3, overages: false, low: true, short: null };
    }),
  busy: (now) =>
    with_(now, ({ snapshot }) => {
      snapshot.progress = {
        what: 'Making pads',
        done: 46,
        of: 80,
        people: null,
        canCancel: true,
        rehearsal: false,
      };
    }),
  rebuilding: (now) =>
    with_(now, ({ snapshot }) => {
      snapshot.condition = { kind: 'hindered', problem: PROBLEMS.dataReplaced };
      snapshot.progress = {
        what: SAYINGS.work,
        done: 350,
        of: 1240,
        people: 17,
        canCancel: false,
        rehearsal: false,
      };
    }),
  sample: (now) =>
    with_(now, ({ snapshot, accounts }) => {
      snapshot.sandbox = true;
      accounts.sandbox = true;
    }),
  webhooks: (now) => with_(now, withWebhooks(now)),
  webhooksSilent: (now) =>
    with_(now, (made) => {
      withWebhooks(now)(made);
      made.snapshot.webhooks = { kind: 'troubled', problem: PROBLEMS.eventsMissing };
      Object.assign(made.webhooks, { state: made.snapshot.webhooks, asksEverySeconds: 30 });
    }),
  webhooksBegun: (now) =>
    with_(now, ({ snapshot, webhooks }) => {
      snapshot.webhooks = { kind: 'waiting' };
      Object.assign(webhooks, { state: snapshot.webhooks, port: 41_234 });
    }),
  webhooksOtherPort: (now) =>
    with_(now, (made) => {
      withWebhooks(now)(made);
      made.snapshot.webhooks = { kind: 'troubled', problem: PROBLEMS.portChanged };
      Object.assign(made.webhooks, {
        state: made.snapshot.webhooks,
        portChangedFrom: 41_200,
        restarts: 2,
        lastRestartMs: now - 3 * 60_000,
        asksEverySeconds: 30,
      });
    }),
  webhooksLeft: (now) =>
    with_(now, (made) => {
      withWebhooks(now)(made);
      made.snapshot.webhooks = { kind: 'off' };
      made.webhooks.state = made.snapshot.webhooks;
    }),
  setUp: (now) =>
    with_(now, ({ snapshot, accounts }) => {
      snapshot.condition = { kind: 'setUp', problem: PROBLEMS.keysMissing };
      accounts.lever = { set: false, setOn: null };
      accounts.coderpad = { set: false, setOn: null };
    }),
  setUpIntegration: (now) => {
    const made = world([], now);
    made.snapshot.condition = {
      kind: 'setUp',
      problem: PROBLEMS.setUpUnfinished,
      step: 'coderpad',
    };
    made.profilesWithPads = 5;
    made.settings.actingUser = null;
    return made;
  },
  setUpUnfinished: (now) =>
    with_(now, ({ snapshot }) => {
      snapshot.condition = { kind: 'setUp', problem: PROBLEMS.setUpUnfinished, step: 'people' };
    }),
};

/** An imitated Padwatch in the state of that name. */
export function scene(name: string, now: number): FakeBackend {
  const make = SCENES[name] ?? usual;
  const backend = new FakeBackend(make(now));
  if (name === 'loading') {
    backend.fallSilent();
  }
  return backend;
}
