//! From arrivals and pads to what Padwatch would have done.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use coderpad::PadId;

use super::{Arrival, CreatedPad, LinkFound, Obstacle, Rehearsal, Rehearsed, Verdict};
use crate::settings::{Settings, WhoMakes};

/// Who was let through so shortly before counts towards a bulk move, in ms.
const SHORTLY_MS: i64 = 60_000;

/// Plays the arrivals once more. `pads` are all that were created in the time.
#[must_use]
pub fn replay(arrivals: Vec<Arrival>, pads: &[CreatedPad], settings: &Settings) -> Rehearsal {
    let mut arrivals = each_once(arrivals);
    arrivals.sort_by_key(|one| one.came_ms);
    let created: HashMap<PadId, i64> = pads
        .iter()
        .map(|pad| (key(&pad.id), pad.created_ms))
        .collect();
    let mut rows: Vec<Rehearsed> = arrivals
        .into_iter()
        .map(|arrival| Rehearsed {
            verdict: alone(&arrival, &created, settings),
            found: found(&arrival, &created),
            arrival,
        })
        .collect();
    ask_about_bulk_moves(&mut rows, settings);
    summed_up(rows)
}

/// One that changed while the list was read comes twice; the later one counts.
fn each_once(arrivals: Vec<Arrival>) -> Vec<Arrival> {
    let each = arrivals.into_iter();
    let by_id: BTreeMap<_, _> = each.map(|one| (one.opportunity.clone(), one)).collect();
    by_id.into_values().collect()
}

/// Case doesn't tell pads apart.
fn key(id: &PadId) -> PadId {
    id.in_capitals()
}

/// What Padwatch would have done for one candidate, regardless of the others.
fn alone(arrival: &Arrival, created: &HashMap<PadId, i64>, settings: &Settings) -> Verdict {
    if let Some(obstacle) = arrival.obstacle {
        return Verdict::Passes(obstacle);
    }
    if settings.who_makes == WhoMakes::CoderpadIntegration {
        return Verdict::Passes(Obstacle::IntegrationCreates);
    }
    if settings.guards.ask_each_time {
        return Verdict::AsksEachTime;
    }
    // A pad that isn't among those of the time is older.
    let times = arrival
        .pads
        .iter()
        .map(|pad| created.get(&key(pad)).copied());
    let before = times.filter(|at_ms| at_ms.is_none_or(|at_ms| at_ms < arrival.came_ms));
    let began_ms = arrival.created_ms.unwrap_or(i64::MIN);
    match before.max() {
        Some(Some(at_ms)) if at_ms >= began_ms => Verdict::Adopts,
        Some(_) => Verdict::AsksOlderLink,
        None => Verdict::Creates,
    }
}

fn found(arrival: &Arrival, created: &HashMap<PadId, i64>) -> LinkFound {
    match arrival.pads.as_slice() {
        [] => LinkFound::Missing,
        [pad] => {
            let at_ms = created.get(&key(pad)).copied();
            let waited = at_ms.map(|at_ms| at_ms.saturating_sub(arrival.came_ms));
            LinkFound::One {
                waited_ms: waited.filter(|ms| *ms >= 0),
            }
        }
        several => LinkFound::Several {
            count: u32::try_from(several.len()).unwrap_or(u32::MAX),
        },
    }
}

/// More than the limit at once would have been asked about. Who comes within the time between two
/// looks is taken to be seen in one. `rows` are sorted by time.
fn ask_about_bulk_moves(rows: &mut [Rehearsed], settings: &Settings) {
    let limit = settings.guards.surge_limit as usize;
    let one_look_ms = settings.watch.between_looks_ms();
    let mut let_through: Vec<i64> = Vec::new();
    let is_same_look = |one: &Rehearsed, next: &Rehearsed| {
        next.arrival.came_ms.saturating_sub(one.arrival.came_ms) <= one_look_ms
    };
    for look in rows.chunk_by_mut(is_same_look) {
        let Some(began_ms) = look.first().map(|row| row.arrival.came_ms) else {
            continue;
        };
        let shortly = began_ms.saturating_sub(SHORTLY_MS);
        let recent = let_through
            .iter()
            .filter(|at_ms| **at_ms >= shortly)
            .count();
        let is_new =
            |row: &&mut Rehearsed| matches!(row.verdict, Verdict::Creates | Verdict::AsksEachTime);
        let newcomers: Vec<&mut Rehearsed> = look.iter_mut().filter(is_new).collect();
        if newcomers.len() + recent > limit {
            for row in newcomers {
                row.verdict = Verdict::AsksBulkMove;
            }
        } else {
            let_through.extend(newcomers.iter().map(|row| row.arrival.came_ms));
        }
    }
}

fn summed_up(mut rows: Vec<Rehearsed>) -> Rehearsal {
    rows.sort_by_key(|row| Reverse(row.arrival.came_ms));
    let count = |fits: &dyn Fn(&Rehearsed) -> bool| {
        u32::try_from(rows.iter().filter(|row| fits(row)).count()).unwrap_or(u32::MAX)
    };
    let concerned = |row: &Rehearsed| row.verdict.concerns();
    let mut waits: Vec<i64> = rows
        .iter()
        .filter(|row| concerned(row))
        .filter_map(|row| match row.found {
            LinkFound::One { waited_ms } => waited_ms,
            LinkFound::Missing | LinkFound::Several { .. } => None,
        })
        .collect();
    waits.sort_unstable();
    Rehearsal {
        creates: count(&|row| row.verdict == Verdict::Creates),
        missing: count(&|row| concerned(row) && row.found == LinkFound::Missing),
        several: count(&|row| concerned(row) && matches!(row.found, LinkFound::Several { .. })),
        median_wait_ms: waits.get(waits.len().saturating_sub(1) / 2).copied(),
        longest_wait_ms: waits.last().copied(),
        rows,
        ..Rehearsal::default()
    }
}

#[cfg(test)]
#[path = "replay_tests.rs"]
mod tests;
