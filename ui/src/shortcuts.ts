/** What the keys do that work wherever one is. */
import { undoCopy } from './candidate/copy';
import { KEYS } from './keys';
import type { Page } from './state/page';
import { zoomBy } from './zoom';

/** Does what a key asks for. */
export function doShortcut(key: string, page: Page): void {
  const { backend, where } = page;
  switch (KEYS[key]) {
    case 'close':
      backend.close();
      return;
    case 'larger':
      zoomBy(backend, 1);
      return;
    case 'smaller':
      zoomBy(backend, -1);
      return;
    case 'usualSize':
      zoomBy(backend, 0);
      return;
    case 'shortcuts':
      where.over = { name: 'shortcuts' };
      return;
    case 'settings':
      where.go({ name: 'settings', page: null });
      return;
    case 'undo':
      void undoCopy(page);
      return;
    case 'actions':
      void offer(page);
      return;
    case 'copyInvitation':
    case 'openProfile':
      void offer(page, KEYS[key]);
  }
}

/** Offers what can be done with the selected candidate, and does it if one action was asked for. */
async function offer({ acting, backend, candidates, where }: Page, at?: string): Promise<void> {
  const opportunity = candidates.selected;
  if (opportunity === null) {
    return;
  }
  const position = candidates.whereSelected();
  const shown = position === null ? undefined : candidates.at(position);
  await acting.run(async () => {
    // A row that is on screen is not asked for: the next key belongs to the menu already.
    const row = shown ?? (await backend.ask({ kind: 'detail', opportunity })).row;
    where.over = at === undefined ? { name: 'actions', row } : { name: 'actions', row, at };
  });
}
