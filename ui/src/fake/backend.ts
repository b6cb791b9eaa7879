/**
 * Padwatch in memory, for the component tests and the gallery: it keeps rows, answers lists and
 * searches as the engine does, and moves a candidate when something is done with them.
 */
import type { Accounts } from '../bindings/Accounts';
import type { Action } from '../bindings/Action';
import type { Answers } from '../bindings/Answers';
import type { Call } from '../bindings/Call';
import type { CoderpadAccount } from '../bindings/CoderpadAccount';
import type { ConnectionState } from '../bindings/ConnectionState';
import type { InterviewNow } from '../bindings/InterviewNow';
import type { LeverAccount } from '../bindings/LeverAccount';
import type { LeverUser } from '../bindings/LeverUser';
import type { PadDetail } from '../bindings/PadDetail';
import type { PadRow } from '../bindings/PadRow';
import type { PostingFound } from '../bindings/PostingFound';
import type { Problem } from '../bindings/Problem';
import type { QuestionFound } from '../bindings/QuestionFound';
import type { QuestionsWanted } from '../bindings/QuestionsWanted';
import type { Section } from '../bindings/Section';
import type { Settings } from '../bindings/Settings';
import type { Seen } from '../bindings/Seen';
import type { StageFound } from '../bindings/StageFound';
import type { TagSpelling } from '../bindings/TagSpelling';
import type { Placeholder } from '../bindings/Placeholder';
import type { TimelineEntry } from '../bindings/TimelineEntry';
import type { Updates } from '../bindings/Updates';
import type { Wanted } from '../bindings/Wanted';
import type { Webhooks } from '../bindings/Webhooks';
import { PROBLEMS, SAYINGS } from '../bindings/Sayings';
import { GUIDE } from './guide';
import { previewed, worded } from './invitation';
import { counted, listed } from './rows';
import { type Backend, Refused } from '../backend/backend';
import { type FakeInterview, FakeNotes } from './notes';

/** What it knows at the start. */
export interface FakeWorld {
  rows: PadRow[];
  settings: Settings;
  /** Without it, there is no address to ask. */
  updates?: Updates;
  accounts: Accounts;
  lever: LeverAccount;
  coderpad: CoderpadAccount;
  users: LeverUser[];
  stages: StageFound[];
  spellings: TagSpelling[];
  /** On how many tagged profiles there are pad links of others. */
  profilesWithPads: number;
  timeline: TimelineEntry[];
  postings: PostingFound[];
  questions: QuestionFound[];
  /** What Lever knows of everyone's interview; what is left out is not known. */
  meeting: Partial<Record<Placeholder, string>>;
  webhooks: Webhooks;
  connection: ConnectionState;
  interview: FakeInterview;
  snapshot: Omit<
    Seen,
    'revision' | 'counts' | 'newest' | 'needsYou' | 'nextInterview' | 'finished'
  >;
}

/** One function for each kind of call. */
type Replies = { [K in Call['kind']]: (call: Extract<Call, { kind: K }>) => Answers[K] };

export class FakeBackend implements Backend {
  /** All that was asked, in order. */
  readonly asked: Call[] = [];
  readonly #world: FakeWorld;
  #outage = false;
  #silent = false;
  #late: number | null = null;
  #answered: (beganMs: number) => void = () => undefined;
  readonly #problems = new Map<Call['kind'], Problem>();
  readonly #listeners = new Set<(snapshot: Seen) => void>();
  readonly #losers = new Set<(problem: Problem) => void>();
  readonly #candidateWanted = new Set<() => void>();
  readonly #notes = new FakeNotes();
  #revision = 1;
  #autostart = false;
  #wanted: Wanted | null = null;

  constructor(world: FakeWorld) {
    this.#world = world;
  }

  /** Answers nothing from now on, as while Padwatch is still busy. */
  fallSilent(): void {
    this.#silent = true;
  }

  /** Answers everything so late from now on, in ms. */
  answerLate(ms: number): void {
    this.#late = ms;
  }

  /** Says after each answer when the work on it began, by `performance.now()`. */
  onAnswered(hear: (beganMs: number) => void): void {
    this.#answered = hear;
  }

  /** Refuses every call of a kind from now on; `null` ends that. */
  refuse(kind: Call['kind'], problem: Problem | null): void {
    if (problem === null) {
      this.#problems.delete(kind);
    } else {
      this.#problems.set(kind, problem);
    }
  }

  /** Changes the world and tells everyone. */
  change(edit: (world: FakeWorld) => void): void {
    edit(this.#world);
    this.#revision += 1;
    const snapshot = this.#snapshot();
    for (const hear of this.#listeners) {
      hear(snapshot);
    }
  }

  /** The connection to Padwatch is lost. */
  lose(problem: Problem): void {
    for (const lost of this.#losers) {
      lost(problem);
    }
  }

  follow(heard: (snapshot: Seen) => void, lost: (problem: Problem) => void): () => void {
    this.#listeners.add(heard);
    this.#losers.add(lost);
    return () => {
      this.#listeners.delete(heard);
      this.#losers.delete(lost);
    };
  }

  candidateWanted(tell: () => void): () => void {
    this.#candidateWanted.add(tell);
    return () => {
      this.#candidateWanted.delete(tell);
    };
  }

  /** How often the window was to be closed. */
  closed = 0;
  /** How large everything was to be. */
  zoomed = 1;

  close(): void {
    this.closed += 1;
  }

  zoom(factor: number): void {
    this.zoomed = factor;
  }

  /** The tray or a notification leads to a candidate. */
  want(wanted: Wanted): void {
    this.#wanted = wanted;
    for (const tell of this.#candidateWanted) {
      tell();
    }
  }

  async ask<C extends Call>(call: C): Promise<Answers[C['kind']]> {
    this.asked.push(call);
    // Never in the same turn, as over a real connection.
    await Promise.resolve();
    const late = this.#late;
    if (late !== null) {
      await new Promise((resolve) => setTimeout(resolve, late));
    }
    if (this.#silent) {
      return new Promise(() => undefined);
    }
    const problem = this.#problems.get(call.kind);
    if (problem !== undefined) {
      throw new Refused(problem);
    }
    const reply = this.#replies[call.kind] as unknown as (asked: C) => Answers[C['kind']];
    const began = performance.now();
    // What crosses a real connection is a copy.
    const answer = structuredClone(reply(call));
    this.#answered(began);
    return answer;
  }

  readonly #replies: Replies = {
    snapshot: () => this.#snapshot(),
    accounts: () => this.#world.accounts,
    setLeverKey: () => this.#setKey('lever', this.#world.lever),
    setCoderpadKey: () => this.#setKey('coderpad', this.#world.coderpad),
    testLever: () => this.#world.lever,
    testCoderpad: () => this.#world.coderpad,
    deleteLeverKey: () => this.#deleteKey('lever'),
    deleteCoderpadKey: () => this.#deleteKey('coderpad'),
    leverUsers: () => this.#world.users,
    stages: () => this.#stages(),
    tagSpellings: () => this.#world.spellings,
    profilesWithPads: () => this.#world.profilesWithPads,
    openKeyPage: () => null,
    postings: () => this.#world.postings,
    postingEffect: () => ({ inStage: 17, tagged: 3 }),
    tagPosting: ({ posting, on }) =>
      this.#do(({ postings }) => {
        for (const each of postings.filter(({ id }) => id === posting)) {
          each.tagged = on;
        }
      }),
    questions: ({ wanted }) => this.#questions(wanted),
    settings: () => worded(this.#world.settings),
    changeSettings: ({ settings }) => this.#do((world) => (world.settings = settings)),
    list: ({ query }) => listed(this.#world.rows, query),
    detail: ({ opportunity }) => this.#detail(opportunity),
    tagOrigin: () => 'job',
    interviewNow: ({ opportunity }) => this.#interview(opportunity),
    act: ({ opportunity, action }) => this.#act(opportunity, action),
    serve: ({ chosen }) => {
      for (const opportunity of chosen.opportunities) {
        this.#move(opportunity, 'waiting', SAYINGS.states.creating);
      }
      return chosen.opportunities.length;
    },
    cancelServing: () => this.#do((world) => (world.snapshot.progress = null)),
    go: () => null,
    useThisAccount: () => null,
    setUpAt: ({ step }) =>
      this.#do(({ snapshot }) => {
        snapshot.condition =
          step === 'done'
            ? { kind: 'watching' }
            : { kind: 'setUp', problem: PROBLEMS.setUpUnfinished, step };
      }),
    checkNow: () => this.#do((world) => (world.snapshot.lastCheckedMs = Date.now())),
    pause: ({ time }) =>
      this.#do((world) => {
        const untilMs =
          time.kind === 'until'
            ? time.untilMs
            : time.kind === 'hour'
              ? Date.now() + 3_600_000
              : null;
        world.snapshot.condition = { kind: 'paused', untilMs };
      }),
    resume: () => this.#do((world) => (world.snapshot.condition = { kind: 'watching' })),
    copyLink: ({ opportunity }) => {
      this.#taken(opportunity);
      return 'checked';
    },
    previewInvitation: ({ opportunity, template }) => {
      const { settings, meeting } = this.#world;
      return previewed(settings.invitation, this.#row(opportunity), meeting, template);
    },
    copyInvitation: ({ opportunity }) => this.#taken(opportunity),
    mailInvitation: ({ opportunity }) => this.#taken(opportunity),
    copyMessage: () => null,
    openPad: () => null,
    openPlayback: () => null,
    openProfile: () => null,
    finishedView: ({ opportunity }) =>
      this.#notes.view(this.#row(opportunity), this.#world.interview),
    interviewCode: () => this.#world.interview.code,
    openDrawing: () => null,
    copyText: () => null,
    prepareNote: ({ opportunity, choice }) =>
      this.#noted(opportunity, (row, interview) => this.#notes.prepare(row, interview, choice)),
    sendNote: ({ opportunity }) =>
      this.#noted(opportunity, (row, interview) => this.#notes.send(row, interview)),
    discardNote: ({ opportunity }) => this.#noted(opportunity, (row) => this.#notes.discard(row)),
    wanted: () => {
      const wanted = this.#wanted;
      this.#wanted = null;
      return wanted;
    },
    openSandbox: () => null,
    demo: ({ step }) => (this.#outage = step === null ? this.#outage : step === 'startOutage'),
    trySample: () => null,
    connection: () => this.#world.connection,
    setConnection: ({ connection }) => {
      this.#world.connection = {
        ...this.#world.connection,
        chosen: connection,
        needsRestart: connection.proxy.kind !== this.#world.connection.chosen.proxy.kind,
      };
      return this.#world.connection;
    },
    restart: () => null,
    autostart: () => this.#autostart,
    setAutostart: ({ on }) => {
      this.#autostart = on;
      return null;
    },
    webhookStatus: () => this.#world.webhooks,
    setWebhooks: ({ on, publicAddress }) => this.#setWebhooks(on, publicAddress),
    addSigningToken: () => this.#webhooks((hooks) => (hooks.signingTokens += 1)),
    deleteSigningTokens: () => this.#webhooks((hooks) => (hooks.signingTokens = 0)),
    setUpWebhooksForMe: () =>
      this.#webhooks((hooks) => {
        hooks.made = ['candidateStageChange', 'candidateArchiveChange'];
        hooks.signingTokens += hooks.made.length;
        hooks.madeForAnotherAddress = false;
      }),
    removeWebhooks: () => this.#webhooks((hooks) => (hooks.made = [])),
    diagnostics: () =>
      'Padwatch 0.1.0 on linux x86_64 GNOME.\nPadwatch is watching.\nPads left in the plan: 38.\n',
    openLogs: () => null,
    guide: () => GUIDE,
    version: () => '0.1.0',
    updates: () => this.#world.updates ?? null,
    rehearse: () => ({
      summary: [
        'Padwatch would have created 3 pads. Your plan has 50 per cycle.',
        'One of these candidates has no pad link.',
        'Half of the links were there within 40 min; the longest wait was 3 hr 20 min.',
        'Lever doesn’t say when a tag was added, so today’s tags and owners count.',
      ],
      rows: this.#world.rows.slice(0, 6).map(({ opportunity, name, sinceMs }, at) => ({
        opportunity,
        name,
        cameMs: sinceMs ?? 0,
        verdict: at === 2 ? 'No pad: not tagged' : 'Creates a pad',
        found: ['Link after 40 min', 'No link', '2 links'][at % 3] ?? '',
      })),
      total: this.#world.rows.length,
    }),
    endRehearsal: () => this.#do((world) => (world.snapshot.progress = null)),
    exportRehearsal: () => '/home/mara/Downloads/padwatch-rehearsal.csv',
    export: () => '/home/mara/Downloads/padwatch.csv',
    forgetEverything: () =>
      this.#do((world) => {
        world.rows = [];
        world.accounts.lever = { set: false, setOn: null };
        world.accounts.coderpad = { set: false, setOn: null };
      }),
  };

  #questions(wanted: QuestionsWanted): QuestionFound[] {
    return this.#world.questions.filter(({ id, title }) =>
      wanted.by === 'id'
        ? id === wanted.id
        : title.toLowerCase().includes(wanted.text.trim().toLowerCase()),
    );
  }

  /** Does something with a note, and tells everyone how it stands then. */
  #noted<T>(opportunity: string, act: (row: PadRow, interview: FakeInterview) => T): T {
    const done = act(this.#row(opportunity), this.#world.interview);
    this.change(() => undefined);
    return done;
  }

  #taken(opportunity: string): null {
    const row = this.#row(opportunity);
    row.copiedMs = Date.now();
    return row.section === 'toSend'
      ? this.#move(opportunity, 'upcoming', SAYINGS.states.copied)
      : null;
  }

  #interview(opportunity: string): InterviewNow {
    const { name, posting, pad } = this.#row(opportunity);
    const { time, interviewers } = this.#world.meeting;
    return {
      time: time ?? null,
      interviewers: interviewers?.split(' and ') ?? [],
      padTitle: pad === null ? null : `${name} – ${posting}`,
      padLanguage: pad === null ? null : 'python',
      unread: null,
    };
  }

  #do(edit: (world: FakeWorld) => unknown): null {
    this.change((world) => void edit(world));
    return null;
  }

  #webhooks(edit: (hooks: Webhooks) => unknown): Webhooks {
    this.#do((world) => edit(world.webhooks));
    return this.#world.webhooks;
  }

  #setWebhooks(on: boolean, typed: string): Webhooks {
    const host = typed
      .trim()
      .replace(/^https?:\/\//, '')
      .replace(/\/+$/, '');
    return this.#webhooks((hooks) => {
      hooks.state = { kind: on ? 'waiting' : 'off' };
      hooks.publicAddress = host === '' ? null : `https://${host}`;
      hooks.url = host === '' ? null : `https://${host}/lever/0123456789abcdef0123456789abcdef`;
      hooks.port = 41_234;
      hooks.localUrl = on ? 'http://127.0.0.1:41234/lever/0123456789abcdef0123456789abcdef' : null;
      hooks.made = on ? hooks.made : [];
    });
  }

  #setKey<T>(service: 'lever' | 'coderpad', account: T): T {
    this.#do((world) => (world.accounts[service] = { set: true, setOn: Date.now() }));
    return account;
  }

  #deleteKey(service: 'lever' | 'coderpad'): null {
    return this.#do((world) => (world.accounts[service] = { set: false, setOn: null }));
  }

  #stages(): StageFound[] {
    const { stages } = this.#world.settings.watch;
    return this.#world.stages.map((stage) => ({
      ...stage,
      watched:
        stages.by === 'ids'
          ? stages.value.includes(stage.id)
          : stages.value.toLowerCase() === stage.name.toLowerCase(),
    }));
  }

  #row(opportunity: string): PadRow {
    const row = this.#world.rows.find((each) => each.opportunity === opportunity);
    if (row === undefined) {
      throw new Refused(PROBLEMS.candidateUnknown);
    }
    return row;
  }

  #detail(opportunity: string): PadDetail {
    return {
      row: this.#row(opportunity),
      posting: 'p1',
      padChoice: this.#world.settings.pads.byPosting.p1 ?? this.#world.settings.pads.standard,
      tags: ['coderpad', 'Backend', 'Lisbon'],
      stage: 'Phone Screen',
      timeline: this.#world.timeline,
    };
  }

  #act(opportunity: string, action: Action): null {
    switch (action.kind) {
      case 'markSent':
        return action.sent
          ? this.#move(opportunity, 'upcoming', SAYINGS.states.copied)
          : this.#notSent(opportunity);
      case 'hold':
        return this.#move(opportunity, 'needsYou', SAYINGS.states.ask);
      case 'makeNow':
      case 'makeAnother':
        return this.#move(opportunity, 'waiting', SAYINGS.states.creating);
      case 'seePad':
      case 'useLink':
        return this.#move(opportunity, 'toSend', SAYINGS.states.ready);
      case 'skip':
      case 'undo':
      case 'removeTag':
        return this.#move(opportunity, 'setAside', SAYINGS.states.skipped);
      case 'addTag':
        return this.#move(opportunity, 'waiting', SAYINGS.states.waiting);
      case 'markCopied':
      case 'checkAgain':
      case 'deleteDuplicate':
      case 'keepPad':
      case 'endPad':
        return null;
    }
  }

  #notSent(opportunity: string): null {
    this.#row(opportunity).copiedMs = null;
    return this.#move(opportunity, 'toSend', SAYINGS.states.ready);
  }

  #move(opportunity: string, section: Section, state: string): null {
    const row = this.#row(opportunity);
    return this.#do(() => {
      row.section = section;
      row.state = state;
      row.sinceMs = Date.now();
    });
  }

  #snapshot(): Seen {
    const { rows, snapshot } = this.#world;
    const first = (section: Section): PadRow[] =>
      rows.filter((row) => row.section === section).slice(0, 10);
    return structuredClone({
      ...snapshot,
      revision: this.#revision,
      counts: counted(rows),
      newest: first('toSend'),
      needsYou: first('needsYou'),
      nextInterview: first('upcoming')[0] ?? null,
      finished: first('finished'),
    });
  }
}
