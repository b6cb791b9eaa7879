/** Lists, searches and counts of candidates, as the engine makes them. */
import type { Counts } from '../bindings/Counts';
import type { ListQuery } from '../bindings/ListQuery';
import type { PadList } from '../bindings/PadList';
import type { PadRow } from '../bindings/PadRow';
import { SAYINGS } from '../bindings/Sayings';
import { startOfTomorrow } from '../moments';

export function listed(all: PadRow[], { section, search, offset, limit }: ListQuery): PadList {
  const wanted = search.toLowerCase();
  const rows = all.filter(
    (row) =>
      (section === null || row.section === section) &&
      (wanted === '' ||
        row.name.toLowerCase().includes(wanted) ||
        row.posting.toLowerCase().includes(wanted) ||
        (row.pad?.link.toLowerCase().includes(wanted) ?? false)),
  );
  if (section === 'upcoming') {
    const at = (row: PadRow): number => (isLive(row) ? 0 : (row.interviewMs ?? Infinity));
    rows.sort((one, other) => (at(one) === at(other) ? 0 : at(one) - at(other)));
  }
  return { rows: rows.slice(offset, offset + Math.min(limit, 200)), total: rows.length };
}

export function counted(rows: PadRow[]): Counts {
  const counts: Counts = {
    toSend: 0,
    upcoming: 0,
    interviews: 0,
    live: 0,
    today: 0,
    finished: 0,
    needsYou: 0,
    alreadyThere: 0,
    waiting: 0,
    setAside: 0,
  };
  for (const row of rows) {
    counts[row.section] += 1;
    if (row.section === 'upcoming' && (isLive(row) || row.interviewMs !== undefined)) {
      counts.interviews += 1;
      counts.live += isLive(row) ? 1 : 0;
      counts.today += !isLive(row) && (row.interviewMs ?? 0) < startOfTomorrow(Date.now()) ? 1 : 0;
    }
  }
  return counts;
}

function isLive({ state }: PadRow): boolean {
  return state === SAYINGS.states.live;
}
