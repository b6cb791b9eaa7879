/** What the pages of the set-up say in more than one place. */
import type { Seen } from '../bindings/Seen';
import type { StageFound } from '../bindings/StageFound';
import { say } from '../say';

/** The watched stages by their names; the usual one while that isn't known. */
export function named(stages: StageFound[] | null): string {
  const watched = (stages ?? []).filter((stage) => stage.watched).map((stage) => stage.name);
  return watched.length === 0 ? 'Phone Screen' : watched.join(', ');
}

/** Without a tray, nothing stays there when the window is closed. */
export function trayNote(snapshot: Seen | null): string {
  const lacks = snapshot?.notices.some(({ code }) => code === 'desktopUnable') ?? false;
  return lacks ? '' : say('set-up-tray');
}
