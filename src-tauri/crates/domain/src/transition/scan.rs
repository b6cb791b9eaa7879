//! Looking for pads by their markers, when the answer to a creation was not clear.
//!
//! CoderPad's list has no search and lags up to a minute (contracts/coderpad.md, 2.1 and 2.10).
//! A look is complete only when every page back to before the intents was read.

use super::{Transition, create};
use crate::activity::Activity;
use crate::announcement::News;
use crate::candidacy::Candidacy;
use crate::change::{Change, Trigger};
use crate::lifecycle::{Asker, Intent, LedgerPad, Lifecycle, Origin, Search};
use crate::marker::Marker;
use crate::problem::{Problem, ProblemCode};
use crate::reason::Reason;
use crate::search::{Look, Looks, Verdict};
use crate::service_error::{Service, ServiceError};
use coderpad::{Pad, PadId};
use std::collections::HashMap;
use std::time::Duration;

/// How far back beyond an intent's time a look goes. Wide enough for a clock that was set by a
/// day between the intent and the look, which the server's `Date` can't tell us of.
const MARGIN_MS: i64 = 26 * 60 * 60 * 1000;

/// While the person is asked: a pad may still turn up.
const WHILE_ASKING: Duration = Duration::from_secs(600);

/// What a look found.
#[derive(Debug)]
pub struct ScanResult {
    /// The pads found, by the marker in their notes; the older first.
    pub found: HashMap<Marker, Vec<Pad>>,
    /// Why not every page could be read. `None`: all were.
    pub incomplete: Option<ServiceError>,
    /// Pads of the time looked at that could not be read: what is missing may be one of them.
    pub unread: usize,
    /// The same for the list of other users' pads.
    pub others_incomplete: Option<ServiceError>,
    /// How far the server's clock is ahead of ours, in ms, if a page said so.
    pub server_ahead_ms: Option<i64>,
}

impl ScanResult {
    /// What it shows of one intent's pad. `is_asker`: it was made with the key of the user who
    /// asked for the pad.
    #[must_use]
    pub fn of(
        &self,
        intent: &Intent,
        is_asker: impl Fn(&Asker) -> bool,
    ) -> Look<&[Pad], ServiceError> {
        let found = self.found.get(&intent.marker).map(Vec::as_slice);
        let found = found.filter(|pads| !pads.is_empty());
        Look::of(
            found,
            self.unread,
            self.why_incomplete(intent.asker.as_ref(), is_asker),
        )
    }

    fn why_incomplete(
        &self,
        asker: Option<&Asker>,
        is_asker: impl Fn(&Asker) -> bool,
    ) -> Option<ServiceError> {
        if asker.is_some_and(|asker| !is_asker(asker)) {
            return Some(other_key());
        }
        let in_others_list = asker.is_none_or(|asker| asker.for_others);
        let others = self.others_incomplete.as_ref();
        let others = others.filter(|_| in_others_list);
        self.incomplete.as_ref().or(others).cloned()
    }
}

/// What a look means for one uncertain row, and the looks after it.
#[must_use]
pub fn on_scanned(
    row: Candidacy,
    scan: &ScanResult,
    is_asker: impl Fn(&Asker) -> bool,
    looks: Looks<Duration>,
    make_again: bool,
    now: Now,
) -> (Transition, Looks<Duration>) {
    let Lifecycle::Uncertain { intent, search } = row.life.clone() else {
        return (Transition::default(), looks);
    };
    let look = scan.of(&intent, is_asker);
    let pause = if search.asks && look.is_complete() {
        WHILE_ASKING
    } else {
        Duration::ZERO
    };
    let looks = looks.after(look.is_complete(), pause, now.elapsed);
    let incomplete = match &look {
        Look::Incomplete(why) => Some(why.clone()),
        _ => None,
    };
    let transition = match looks.verdict(look, now.elapsed) {
        Verdict::Found(pads) => found_by_marker(&row, &intent, pads, now),
        Verdict::Absent if make_again => once_more(row, &intent.marker, now.ms),
        Verdict::Absent | Verdict::Undecided | Verdict::Open => {
            let looked = Looked {
                incomplete,
                server_ahead_ms: scan.server_ahead_ms,
            };
            not_found(row, looked, looks, &search, now)
        }
    };
    (transition, looks)
}

fn found_by_marker(row: &Candidacy, intent: &Intent, pads: &[Pad], now: Now<'_>) -> Transition {
    let Some((first, others)) = pads.split_first() else {
        return Transition::default();
    };
    let pad = found(first, intent.beside.clone(), now);
    let what = Activity::PadFound;
    let mut transition = create::created(row.clone(), &intent.marker, pad, what, now.ms);
    let extra = others.iter();
    let extra = extra.flat_map(|extra| too_many(row, &first.id, extra, now));
    transition.changes.extend(extra);
    transition
}

/// Why a look with the key of another user than the one who asked for the pad is not complete,
/// whatever it read.
#[must_use]
pub fn other_key() -> ServiceError {
    let problem = Problem::RequestedWithOtherKey;
    ServiceError::lasting(Service::Coderpad, problem)
}

/// When and where a look is settled.
#[derive(Debug, Clone, Copy)]
pub struct Now<'a> {
    /// Wall-clock time, in ms since the epoch.
    pub ms: i64,
    /// Time that never jumps.
    pub elapsed: Duration,
    /// Where pads live.
    pub root: &'a transport::ApiRoot,
}

/// What pads mean that carry the marker of an attempt that was given up. A candidate who still
/// waits for a pad has one now; for one who has a pad, they are extra. While another attempt is
/// under way, it is not known yet which they are.
#[must_use]
pub fn late(row: &Candidacy, marker: &Marker, pads: &[Pad], now: Now<'_>) -> Vec<Change> {
    let (mut kept, mut changes) = (row.life.pad().map(|pad| pad.id.clone()), Vec::new());
    let mut extra: Vec<&Pad> = pads
        .iter()
        .filter(|pad| kept.as_ref() != Some(&pad.id))
        .collect();
    if extra.is_empty()
        || matches!(
            row.life,
            Lifecycle::Intent { .. } | Lifecycle::Uncertain { .. }
        )
    {
        return changes;
    }
    if kept.is_none() && !matches!(row.life, Lifecycle::Skipped) {
        let first = extra.remove(0);
        kept = Some(first.id.clone());
        let pad = found(first, Vec::new(), now);
        let what = Activity::FirstPadFound;
        changes = create::created(row.clone(), marker, pad, what, now.ms).changes;
    }
    for pad in extra {
        let kept = kept.as_ref().unwrap_or(&pad.id);
        changes.extend(too_many(row, kept, pad, now));
    }
    changes.push(Change::MarkerSettled(marker.clone()));
    changes
}

/// A pad that was found by its marker.
#[must_use]
pub fn found(pad: &Pad, beside: Vec<PadId>, now: Now<'_>) -> LedgerPad {
    LedgerPad {
        playback: None,
        id: pad.id.clone(),
        link: pad.link(now.root),
        origin: Origin::Found,
        since_ms: now.ms,
        beside,
    }
}

/// A second pad with our marker: announced, and offered for deletion.
#[must_use]
pub fn too_many(row: &Candidacy, kept: &PadId, extra: &Pad, now: Now<'_>) -> Vec<Change> {
    let opportunity = row.opportunity.clone();
    vec![
        Change::DuplicateFound {
            opportunity: opportunity.clone(),
            pad: extra.id.clone(),
            link: extra.link(now.root),
            ours: true,
        },
        Change::Happened {
            opportunity,
            what: Activity::SecondPad,
            why: Reason::OwnMarker,
            trigger: Trigger::Follow,
        },
        Change::Announced(News::Duplicate {
            who: row.who(),
            kept: kept.clone(),
            extra: extra.id.clone(),
            ours: true,
        }),
    ]
}

/// A look that did not show the pad.
struct Looked {
    incomplete: Option<ServiceError>,
    server_ahead_ms: Option<i64>,
}

fn not_found(
    row: Candidacy,
    looked: Looked,
    looks: Looks<Duration>,
    before: &Search,
    now: Now<'_>,
) -> Transition {
    let was_asked = before.asks && !before.cannot_look;
    let found_nothing = looked.incomplete.is_none() && looks.is_conclusive(now.elapsed);
    // Waiting won't help: the person is asked, and the right key settles it later.
    let cannot_look = !was_asked && looked.incomplete.as_ref().is_some_and(is_lasting);
    let search = Search {
        doubt: before.doubt,
        incomplete: looked
            .incomplete
            .as_ref()
            .map(|service_error| Reason::from(service_error.problem.clone())),
        complete_looks: looks.complete(),
        asks: was_asked || found_nothing || cannot_look,
        server_ahead_ms: looked.server_ahead_ms.unwrap_or(before.server_ahead_ms),
        cannot_look,
    };
    let Lifecycle::Uncertain { intent, .. } = row.life.clone() else {
        return Transition::default();
    };
    let problem = looked.incomplete.as_ref().map(|error| &error.problem);
    let told = news(&row, before, &search, problem);
    let reason = reason(&search, problem);
    let since_ms = row.since_ms;
    let mut row = row.becoming(Lifecycle::Uncertain { intent, search }, reason, now.ms);
    row.since_ms = since_ms;
    let mut transition = match told {
        Some(_) => Transition::changes(vec![Change::Moved {
            row: Box::new(row),
            what: Activity::PadNotConfirmed,
            trigger: Trigger::Follow,
        }]),
        None => Transition::changes(vec![Change::Touched(Box::new(row))]),
    };
    transition.changes.extend(told.map(Change::Announced));
    // A list that this account may not see hinders no one else.
    let is_general = |service_error: &ServiceError| {
        service_error.problem.code() != ProblemCode::CoderpadNotAllowed
    };
    transition.service_error = looked.incomplete.filter(is_general);
    transition
}

/// A list that this key may not see, or that is another's, will not be there in a minute either.
fn is_lasting(service_error: &ServiceError) -> bool {
    service_error.problem.code() == ProblemCode::CoderpadNotAllowed
}

/// The first look without a find is told, and the question at the end.
fn news(
    row: &Candidacy,
    before: &Search,
    search: &Search,
    problem: Option<&Problem>,
) -> Option<News> {
    let is_new = !before.asks || before.cannot_look != search.cannot_look;
    if search.asks && is_new {
        let question = match problem {
            Some(problem) if search.cannot_look => Reason::CannotCheckPad {
                problem: problem.clone(),
            },
            _ => Reason::WasPadCreated,
        };
        return Some(News::Asks {
            who: row.who(),
            question,
        });
    }
    let is_first = before.complete_looks == 0 && before.incomplete.is_none() && !before.asks;
    is_first.then(|| News::Uncertain {
        who: row.who(),
        doubt: search.doubt,
    })
}

fn reason(search: &Search, problem: Option<&Problem>) -> Reason {
    let doubt = search.doubt;
    match (problem, search.asks) {
        (Some(problem), _) => Reason::PadListIncomplete {
            doubt,
            problem: problem.clone(),
        },
        (None, true) => Reason::PadNotFound { doubt },
        (None, false) => Reason::CheckingPad { doubt },
    }
}

fn once_more(row: Candidacy, marker: &Marker, now_ms: i64) -> Transition {
    let Lifecycle::Uncertain { intent, .. } = &row.life else {
        return Transition::default();
    };
    let consent = intent.consent;
    let life = Lifecycle::Eligible { consent };
    let row = row.becoming(life, Reason::CreatedAgain, now_ms);
    Transition::changes(vec![
        Change::Moved {
            row: Box::new(row),
            what: Activity::CreatingAgain,
            trigger: Trigger::Making,
        },
        Change::MarkerSuperseded(marker.clone()),
    ])
}

pub fn collect(found: &mut HashMap<Marker, Vec<Pad>>, pads: Vec<Pad>, markers: &[Marker]) {
    for pad in pads {
        for marker in Marker::all_in(pad.notes.as_deref().unwrap_or_default()) {
            if markers.contains(&marker) {
                let same = found.entry(marker).or_default();
                if same.iter().all(|known| known.id != pad.id) {
                    same.push(pad.clone());
                }
            }
        }
    }
    for same in found.values_mut() {
        same.sort_by_key(|pad| pad.created_at_ms);
    }
}

/// How far back a look goes: the intent's time, and a margin. How far the server's clock is ahead
/// is known of now alone: the intent was written by a clock that was right then, or as wrong as
/// now, so the earlier of both readings counts. One from the future was written by a clock that
/// was set back since. Too far back costs pages; not far enough, a second pad.
pub fn horizon_ms(since_ms: i64, now_ms: i64, server_ms: i64) -> i64 {
    let ahead_ms = server_ms.saturating_sub(now_ms);
    since_ms
        .min(since_ms.saturating_add(ahead_ms))
        .min(server_ms)
        .saturating_sub(MARGIN_MS)
}

#[cfg(test)]
#[path = "scan_tests.rs"]
mod tests;
