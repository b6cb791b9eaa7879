/** Finished interviews, and the notes about them, imitated in memory. */
import { PROBLEMS, SAYINGS } from '../bindings/Sayings';
import type { FinishedView } from '../bindings/FinishedView';
import type { InterviewCode } from '../bindings/InterviewCode';
import type { NoteChoice } from '../bindings/NoteChoice';
import type { NoteState } from '../bindings/NoteState';
import type { NoteStatus } from '../bindings/NoteStatus';
import type { PadRow } from '../bindings/PadRow';
import type { PreparedNote } from '../bindings/PreparedNote';
import { Refused } from '../backend/backend';

/** What CoderPad tells of everyone's interview. */
export interface FakeInterview {
  view: Omit<FinishedView, 'name' | 'posting' | 'profileUrl' | 'pad' | 'note'>;
  code: InterviewCode;
  /** How a note stands after it was sent. */
  sentIs: NoteState;
}

/** As long as in Padwatch. */
const LONGEST_NOTE = 20_000;

/** What a note would say. */
export class FakeNotes {
  readonly #texts = new Map<string, PreparedNote>();

  view(row: PadRow, { view }: FakeInterview): FinishedView {
    const { name, posting, profileUrl, pad } = row;
    if (pad === null || row.section !== 'finished') {
      throw notFinished();
    }
    return { ...view, name, posting, profileUrl, pad, note: row.note ?? null };
  }

  prepare(row: PadRow, interview: FakeInterview, choice: NoteChoice | null): PreparedNote {
    const kept = this.#texts.get(row.opportunity);
    if (choice === null && kept !== undefined) {
      return kept;
    }
    const { offers } = interview.view;
    const code = choice?.code ?? 'note';
    const wanted: NoteChoice = {
      ...(choice ?? { summary: false, transcript: false, reports: false }),
      code,
    };
    const files = interview.code.environments.flatMap((one) => one.files);
    const text = [
      SAYINGS.note.title,
      SAYINGS.note.playback,
      SAYINGS.note.participants,
      ...(wanted.transcript ? ['', SAYINGS.note.transcript, 'Ada: I would sort them first.'] : []),
      ...(code === 'file' ? ['', SAYINGS.note.attached] : []),
      ...(code === 'note'
        ? files.flatMap((file) => ['', `=== ${file.path} ===`, file.text ?? ''])
        : []),
    ].join('\n');
    const status: NoteStatus = {
      state: 'prepared',
      sinceMs: Date.now(),
      partsThere: 0,
      parts: 0,
      problem: null,
    };
    const prepared: PreparedNote = {
      text,
      secret: false,
      choice: wanted,
      offers,
      parts: Math.ceil(text.length / LONGEST_NOTE),
      file: code === 'file' ? { name: 'interview-PAD00010-5f3a.txt', bytes: 2048 } : null,
      notices: interview.code.notices,
      status,
    };
    this.#texts.set(row.opportunity, prepared);
    row.note = status;
    return prepared;
  }

  send(row: PadRow, { sentIs }: FakeInterview): NoteStatus {
    this.#texts.delete(row.opportunity);
    row.note = { state: sentIs, sinceMs: Date.now(), partsThere: 0, parts: 1, problem: null };
    return row.note;
  }

  discard(row: PadRow): null {
    this.#texts.delete(row.opportunity);
    delete row.note;
    return null;
  }
}

function notFinished(): Refused {
  return new Refused(PROBLEMS.interviewNotEnded);
}
