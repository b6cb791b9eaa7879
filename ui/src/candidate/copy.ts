/** The main gesture: a link goes to the clipboard, the row says so in place, and it can be undone. */
import type { PadRow } from '../bindings/PadRow';
import type { Doing } from '../state/asking.svelte';
import type { Page } from '../state/page';
import { nameWithin } from './name';
import { say } from '../say';

/** Copies the link of a candidate's pad. What goes wrong is told by `doing`. */
export async function copyLink(
  { acting, backend, candidates, announcer }: Page,
  row: PadRow,
  doing: Doing = acting,
): Promise<boolean> {
  const { opportunity, name } = row;
  // The news of the copy may come before its answer, and must not take the row away.
  candidates.holdStill();
  const copied = await doing.run(async () => {
    const check = await backend.ask({ kind: 'copyLink', opportunity });
    candidates.sayCopied(row);
    announcer.say(
      say(check === 'notChecked' ? 'copied-unchecked-for' : 'copied-for', {
        who: nameWithin(name),
      }),
    );
  });
  if (!copied) {
    candidates.letGo();
  }
  return copied;
}

/** Whether a copy can be undone: it took the candidate from those who are ready to send. */
export function isUndoable(row: PadRow | null): row is PadRow {
  return row?.copiedMs === null;
}

/** What the button of a row says whose link was copied a moment ago. */
export function copiedWords(row: PadRow) {
  return isUndoable(row)
    ? ({ label: 'row-copied-undo', inFull: 'row-copied-undo.for' } as const)
    : ({ label: 'row-copied', inFull: 'row-copied.for' } as const);
}

/** Moves whoever was copied a moment ago back to those who are ready to send. */
export async function undoCopy({ acting, backend, candidates, announcer }: Page): Promise<void> {
  const { copied } = candidates;
  if (!isUndoable(copied)) {
    return;
  }
  const action = { kind: 'markSent', sent: false } as const;
  const { opportunity, name } = copied;
  if (await acting.run(() => backend.ask({ kind: 'act', opportunity, action }))) {
    announcer.say(say('action-mark-not-sent.done', { who: nameWithin(name) }));
    candidates.letGo();
  }
}
