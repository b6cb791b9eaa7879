//! What a reading of a pad changes. Pure.

use coderpad::PadId;
use transport::ApiRoot;

use super::closed::CONFIRM_MS;
use super::ending::Ended;
use super::reading::Reading;
use super::{Known, Progress};
use crate::activity::Activity;
use crate::announcement::News;
use crate::candidacy::Candidacy;
use crate::change::{Change, Trigger};
use crate::identity::Fingerprint;
use crate::interview::Plan;
use crate::lifecycle::{Ending, LedgerPad, Lifecycle, Linking};
use crate::links::own_playback;
use crate::reason::Reason;

/// What is known is written again when it is older than this, in ms.
const STALE_MS: i64 = 3_600_000;
/// A pad's last activity is written again when it moved by more than this, in ms.
const MOVED_MS: i64 = 5 * 60_000;

/// A pad that ends so long before its planned interview, in ms, ended before it.
const EARLY_MS: i64 = 2 * 3_600_000;

/// What follows from a reading.
#[derive(Debug, Default)]
pub struct Followed {
    pub changes: Vec<Change>,
    /// Whether the pad has to be read again soon.
    pub again: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    /// The key. `None`: one that is no longer in use.
    pub key: Option<Fingerprint>,
    /// Whether the pad was there for the same user before: only then is it gone when it isn't
    /// found.
    pub is_own: bool,
    /// How long ago this program first got that answer, in ms of time that never jumps. `None`: it
    /// has not got it yet, or has seen the pad since.
    pub missed_for_ms: Option<i64>,
}

/// Takes in what CoderPad showed of a row's pad.
#[must_use]
pub fn on_reading(
    row: Candidacy,
    known: Known,
    (pad, reading): (&PadId, Reading),
    reader: Reader,
    root: &ApiRoot,
    now_ms: i64,
) -> Followed {
    if row.life.pad().is_none_or(|own| own.id != *pad) {
        return Followed::default();
    }
    match reading {
        Reading::Missing => changed(missing(row, known, reader, now_ms)),
        Reading::Hidden => changed(hidden(&row, known, now_ms)),
        Reading::Open {
            progress,
            active_ms,
        } => {
            let fresh = Known {
                progress,
                seen_ms: Some(now_ms),
                active_ms: active_ms.or(known.active_ms),
                seen_by: reader.key.or(known.seen_by),
                missing_ms: None,
                ..known
            };
            let mut changes = still_open(&row, known, fresh, pad);
            changes.extend(lives_again(row, now_ms));
            changed(changes)
        }
        Reading::Ended(ended) => over(row, known, ended, reader, root, now_ms),
    }
}

/// A pad that was over or deleted, and is open after all. Its link may have been taken off the
/// profile meanwhile: linking looks after that, as for any other pad.
fn lives_again(row: Candidacy, now_ms: i64) -> Option<Change> {
    let (what, reason) = match &row.life {
        Lifecycle::Finished { .. } => (Activity::Reopened, Reason::Reopened),
        Lifecycle::Deleted { .. } => (Activity::PadBack, Reason::PadShownAgain),
        _ => return None,
    };
    let linking = Linking {
        next_ms: now_ms,
        ..Linking::default()
    };
    let pad = row.life.pad().cloned()?;
    Some(Change::Moved {
        row: Box::new(row.becoming(Lifecycle::Created { pad, linking }, reason, now_ms)),
        what,
        trigger: Trigger::Follow,
    })
}

fn changed(changes: Vec<Change>) -> Followed {
    Followed {
        changes,
        again: false,
    }
}

fn still_open(row: &Candidacy, known: Known, fresh: Known, pad: &PadId) -> Vec<Change> {
    let span =
        |from: Option<i64>, to: Option<i64>| to.unwrap_or(0).saturating_sub(from.unwrap_or(0));
    let is_same = known.progress == fresh.progress
        && (known.seen_by, known.missing_ms) == (fresh.seen_by, fresh.missing_ms)
        && span(known.active_ms, fresh.active_ms) <= MOVED_MS
        && span(known.seen_ms, fresh.seen_ms) <= STALE_MS;
    if is_same {
        return Vec::new();
    }
    let mut changes = vec![Change::Followed {
        opportunity: row.opportunity.clone(),
        pad: pad.clone(),
        known: fresh,
    }];
    if fresh.progress == Progress::UnderWay && known.progress != Progress::UnderWay {
        changes.push(Change::Happened {
            opportunity: row.opportunity.clone(),
            what: Activity::InterviewLive,
            why: Reason::SomeoneInPad,
            trigger: Trigger::Follow,
        });
    }
    changes
}

fn over(
    row: Candidacy,
    known: Known,
    ended: Ended,
    reader: Reader,
    root: &ApiRoot,
    now_ms: i64,
) -> Followed {
    let ended_ms = ended.at_ms.unwrap_or(now_ms);
    let pad = match &row.life {
        Lifecycle::Linked { pad } | Lifecycle::Deleted { pad, .. } => pad.clone(),
        Lifecycle::Created { pad, linking } if linking.refused.is_some() => pad.clone(),
        Lifecycle::Finished { pad, .. } => {
            return changed(vec![still_over(&row, pad, known, reader, now_ms)]);
        }
        // Its link is about to be put on the profile; the record can wait for that.
        _ => {
            return Followed {
                changes: Vec::new(),
                again: true,
            };
        }
    };
    let pad = LedgerPad {
        playback: ended.playback.or(pad.playback),
        ..pad
    };
    let was_deleted = matches!(row.life, Lifecycle::Deleted { .. });
    let ending = if is_before_interview(ended_ms, ended.ending, known.plan) {
        Ending::BeforeInterview
    } else {
        ended.ending
    };
    let told = match ending {
        _ if was_deleted => None,
        Ending::NeverOpened => None,
        Ending::BeforeInterview => Some(before_interview(&row)),
        Ending::Held | Ending::ByItself => Some(Change::Announced(News::Finished {
            who: row.who(),
            pad: pad.id.clone(),
            playback: own_playback(&pad, root),
            by_itself: ending == Ending::ByItself,
        })),
    };
    let followed = still_over(&row, &pad, known, reader, now_ms);
    let (what, reason) = told_of(ending, &pad);
    let life = Lifecycle::Finished {
        pad,
        ended_ms,
        ending,
    };
    let moved = Change::Moved {
        row: Box::new(row.becoming(life, reason, now_ms)),
        what,
        trigger: Trigger::Follow,
    };
    changed([moved, followed].into_iter().chain(told).collect())
}

/// The plan of an interview became known, whose pad was over already. `None`: nothing follows.
#[must_use]
pub fn planned_after_end(row: &Candidacy, plan: Option<Plan>, now_ms: i64) -> Option<Vec<Change>> {
    let Lifecycle::Finished {
        pad,
        ended_ms,
        ending,
    } = &row.life
    else {
        return None;
    };
    if *ending == Ending::BeforeInterview || !is_before_interview(*ended_ms, *ending, plan) {
        return None;
    }
    let told = before_interview(row);
    let (what, reason) = told_of(Ending::BeforeInterview, pad);
    let life = Lifecycle::Finished {
        pad: pad.clone(),
        ended_ms: *ended_ms,
        ending: Ending::BeforeInterview,
    };
    let moved = Change::Moved {
        row: Box::new(row.clone().becoming(life, reason, now_ms)),
        what,
        trigger: Trigger::Follow,
    };
    Some(vec![moved, told])
}

/// People meet earlier than planned; a pad that no one ever opened had no interview, however short
/// before it ended.
fn is_before_interview(ended_ms: i64, ending: Ending, plan: Option<Plan>) -> bool {
    let early_ms = match ending {
        Ending::NeverOpened => 1,
        _ => EARLY_MS,
    };
    plan.is_some_and(|plan| plan.starts_ms.saturating_sub(ended_ms) >= early_ms)
}

fn before_interview(row: &Candidacy) -> Change {
    Change::Announced(News::Asks {
        who: row.who(),
        question: Reason::AskAfterEarlyEnd,
    })
}

/// A pad that is over was read, and is over.
fn still_over(
    row: &Candidacy,
    pad: &LedgerPad,
    known: Known,
    reader: Reader,
    now_ms: i64,
) -> Change {
    Change::Followed {
        opportunity: row.opportunity.clone(),
        pad: pad.id.clone(),
        known: Known {
            seen_ms: Some(now_ms),
            seen_by: reader.key.or(known.seen_by),
            missing_ms: None,
            ..known
        },
    }
}

fn told_of(ending: Ending, pad: &LedgerPad) -> (Activity, Reason) {
    match ending {
        Ending::Held => (Activity::InterviewEnded, Reason::InterviewEnded),
        Ending::ByItself => (Activity::ClosedByCoderpad, Reason::ClosedByCoderpad),
        Ending::NeverOpened => (Activity::NeverOpened, Reason::NeverOpened),
        Ending::BeforeInterview => (
            Activity::EndedBeforeInterview,
            Reason::EndedBeforeInterview {
                link: pad.link.clone(),
            },
        ),
    }
}

/// CoderPad doesn't let this key see the pad. That is never a deletion.
fn hidden(row: &Candidacy, known: Known, now_ms: i64) -> Vec<Change> {
    let Some(pad) = row.life.pad() else {
        return Vec::new();
    };
    let was_shown = matches!(known.progress, Progress::Pending | Progress::UnderWay);
    let progress = if was_shown {
        known.progress
    } else {
        Progress::Hidden
    };
    vec![Change::Followed {
        opportunity: row.opportunity.clone(),
        pad: pad.id.clone(),
        known: Known {
            progress,
            seen_ms: Some(now_ms),
            missing_ms: None,
            ..known
        },
    }]
}

/// CoderPad doesn't find the pad. For another user than the one who saw it that says nothing; for
/// the same it was deleted, if a second read some time later says so too.
fn missing(row: Candidacy, known: Known, reader: Reader, now_ms: i64) -> Vec<Change> {
    let is_deleted = matches!(row.life, Lifecycle::Deleted { .. });
    if !reader.is_own && !is_deleted {
        // What was noted for the user who saw it stays noted.
        let missing_ms = known.missing_ms;
        let mut changes = hidden(&row, known, now_ms);
        for change in &mut changes {
            if let Change::Followed { known, .. } = change {
                known.missing_ms = missing_ms;
            }
        }
        return changes;
    }
    let Some(pad) = row.life.pad().cloned() else {
        return Vec::new();
    };
    // What is over stays over: its record and note are worth keeping without the pad.
    let is_over = is_deleted || matches!(row.life, Lifecycle::Finished { .. });
    // What an earlier program saw may lie any time back: its clock is not this one's.
    let missed_for_ms = reader
        .missed_for_ms
        .filter(|_| known.missing_ms.is_some() && !is_over);
    let Some(missed_for_ms) = missed_for_ms else {
        return first_missing(&row, &pad, known, now_ms);
    };
    if missed_for_ms < CONFIRM_MS {
        return Vec::new();
    }
    let told = Change::Announced(News::Asks {
        who: row.who(),
        question: Reason::AskAfterDeletion,
    });
    let life = Lifecycle::Deleted { pad, asks: true };
    let moved = Change::Moved {
        row: Box::new(row.becoming(life, Reason::AskAfterDeletion, now_ms)),
        what: Activity::PadDeleted,
        trigger: Trigger::Follow,
    };
    vec![moved, told]
}

fn first_missing(row: &Candidacy, pad: &LedgerPad, known: Known, now_ms: i64) -> Vec<Change> {
    let followed = Change::Followed {
        opportunity: row.opportunity.clone(),
        pad: pad.id.clone(),
        known: Known {
            missing_ms: Some(now_ms),
            ..known
        },
    };
    if matches!(row.life, Lifecycle::Deleted { .. }) || known.missing_ms.is_some() {
        return vec![followed];
    }
    let happened = Change::Happened {
        opportunity: row.opportunity.clone(),
        what: Activity::PadMissing,
        why: Reason::PadMissing,
        trigger: Trigger::Follow,
    };
    vec![followed, happened]
}

#[cfg(test)]
#[path = "transition_tests.rs"]
mod tests;
