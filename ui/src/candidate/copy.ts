/** The main gesture: a link goes to the clipboard, and the row says so in place. */
import type { PadRow } from '../bindings/PadRow';
import type { Doing } from '../state/asking.svelte';
import type { Page } from '../state/page';
import { nameWithin } from './name';
import { say } from '../say';

/** Copies the link of a candidate's pad. What goes wrong is told by `acting`. */
export async function copyLink(
  { backend, candidates, announcer }: Page,
  acting: Doing,
  { opportunity, name }: PadRow,
): Promise<void> {
  // The news of the copy may come before its answer, and must not take the row away.
  candidates.holdStill();
  const copied = await acting.run(async () => {
    const check = await backend.ask({ kind: 'copyLink', opportunity });
    candidates.sayCopied(opportunity);
    announcer.say(
      say(check === 'notChecked' ? 'copied-unchecked-for' : 'copied-for', {
        who: nameWithin(name),
      }),
    );
  });
  if (!copied) {
    candidates.letGo();
  }
}
