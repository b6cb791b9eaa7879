/** Lists, searches and counts of candidates, as the engine makes them. */
import type { Counts } from '../bindings/Counts';
import type { ListQuery } from '../bindings/ListQuery';
import type { PadList } from '../bindings/PadList';
import type { PadRow } from '../bindings/PadRow';

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
    const at = (row: PadRow): number => row.interviewMs ?? Infinity;
    rows.sort((one, other) => (at(one) === at(other) ? 0 : at(one) - at(other)));
  }
  return { rows: rows.slice(offset, offset + Math.min(limit, 200)), total: rows.length };
}

export function counted(rows: PadRow[]): Counts {
  const counts: Counts = {
    toSend: 0,
    upcoming: 0,
    interviews: 0,
    finished: 0,
    needsYou: 0,
    alreadyThere: 0,
    waiting: 0,
    setAside: 0,
  };
  for (const row of rows) {
    counts[row.section] += 1;
    counts.interviews += row.section === 'upcoming' && row.interviewMs !== undefined ? 1 : 0;
  }
  return counts;
}
