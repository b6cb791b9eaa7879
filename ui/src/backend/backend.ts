/**
 * All that the page can ask of Padwatch. Nothing else in the page knows whether Padwatch answers
 * or its stand-in (`../fake`).
 */
import type { LinkCheck } from '../bindings/LinkCheck';
import type { Accounts } from '../bindings/Accounts';
import type { Call } from '../bindings/Call';
import type { CoderpadAccount } from '../bindings/CoderpadAccount';
import type { ConnectionState } from '../bindings/ConnectionState';
import type { InterviewNow } from '../bindings/InterviewNow';
import type { FinishedView } from '../bindings/FinishedView';
import type { InterviewCode } from '../bindings/InterviewCode';
import type { InvitationPreview } from '../bindings/InvitationPreview';
import type { LeverAccount } from '../bindings/LeverAccount';
import type { LeverUser } from '../bindings/LeverUser';
import type { NoteStatus } from '../bindings/NoteStatus';
import type { PadDetail } from '../bindings/PadDetail';
import type { PadList } from '../bindings/PadList';
import type { PostingEffect } from '../bindings/PostingEffect';
import type { PostingFound } from '../bindings/PostingFound';
import type { PreparedNote } from '../bindings/PreparedNote';
import type { Problem } from '../bindings/Problem';
import type { QuestionFound } from '../bindings/QuestionFound';
import type { Settings } from '../bindings/Settings';
import type { Seen } from '../bindings/Seen';
import type { StageFound } from '../bindings/StageFound';
import type { TagSpelling } from '../bindings/TagSpelling';
import type { Wanted } from '../bindings/Wanted';
import type { Webhooks } from '../bindings/Webhooks';
import { words } from '../words';

/** What each call is answered with. */
export interface Answers {
  snapshot: Seen;
  accounts: Accounts;
  setLeverKey: LeverAccount;
  setCoderpadKey: CoderpadAccount;
  testLever: LeverAccount;
  testCoderpad: CoderpadAccount;
  deleteLeverKey: null;
  deleteCoderpadKey: null;
  leverUsers: LeverUser[];
  stages: StageFound[];
  tagSpellings: TagSpelling[];
  postings: PostingFound[];
  postingEffect: PostingEffect;
  tagPosting: null;
  questions: QuestionFound[];
  settings: Settings;
  changeSettings: null;
  list: PadList;
  detail: PadDetail;
  interviewNow: InterviewNow;
  act: null;
  /** How many will be served. */
  serve: number;
  cancelServing: null;
  go: null;
  useThisAccount: null;
  setUpAt: null;
  checkNow: null;
  pause: null;
  resume: null;
  copyLink: LinkCheck;
  previewInvitation: InvitationPreview;
  copyInvitation: null;
  mailInvitation: null;
  openPad: null;
  openPlayback: null;
  openProfile: null;
  finishedView: FinishedView;
  interviewCode: InterviewCode;
  openDrawing: null;
  copyText: null;
  prepareNote: PreparedNote;
  sendNote: NoteStatus;
  discardNote: null;
  /** The candidate whom the person asked to see in the tray or in a notification. */
  wanted: Wanted | null;
  openSandbox: null;
  trySample: null;
  connection: ConnectionState;
  setConnection: ConnectionState;
  restart: null;
  autostart: boolean;
  setAutostart: null;
  webhookStatus: Webhooks;
  setWebhooks: Webhooks;
  addSigningToken: Webhooks;
  deleteSigningTokens: Webhooks;
  setUpWebhooksForMe: Webhooks;
  removeWebhooks: Webhooks;
  diagnostics: string;
  /** Where the file is. */
  export: string;
  forgetEverything: null;
}

export interface Backend {
  /** Asks one thing. Rejects with {@link Refused} alone. */
  ask<C extends Call>(call: C): Promise<Answers[C['kind']]>;
  /**
   * Calls `heard` with every new snapshot, and `lost` when none can come any more.
   * Returns what ends it.
   */
  follow(heard: (snapshot: Seen) => void, lost: (problem: Problem) => void): () => void;
  /** Calls `tell` whenever a candidate is to be shown. Returns what ends it. */
  candidateWanted(tell: () => void): () => void;
}

/** A call that was answered with a problem. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** The problem behind whatever was thrown. */
export function problemOf(thrown: unknown): Problem {
  return thrown instanceof Refused ? thrown.problem : noAnswer();
}

/** What to say when Padwatch itself doesn't answer. */
export function noAnswer(): Problem {
  return { code: 'closing', ...words.noAnswer };
}

/** Whether a value that came from outside has the shape of a problem. */
export function isProblem(value: unknown): value is Problem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'message' in value &&
    typeof value.message === 'string' &&
    'hint' in value &&
    typeof value.hint === 'string'
  );
}
