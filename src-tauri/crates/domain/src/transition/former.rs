//! Before another pad is created: does the one that counts as gone still exist?

use super::Transition;
use super::scan::Now;
use crate::activity::Activity;
use crate::announcement::News;
use crate::candidacy::Candidacy;
use crate::change::{Change, Trigger};
use crate::lifecycle::{Hold, LedgerPad, Lifecycle, Linking, Origin};
use crate::marker::Marker;
use crate::reason::Reason;
use crate::service_error::ServiceError;
use coderpad::{Pad, PadId};

/// A pad that a candidacy had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerPad {
    pub id: PadId,
    /// Whether the key in use is of the user who saw it: only then is it gone when it isn't found.
    pub is_own: bool,
}

/// What came of reading the former pads.
#[derive(Debug)]
pub enum Former {
    /// None of them can be used.
    Gone,
    /// One lives: it is used in place of a new one.
    Lives(Box<Pad>),
    /// One can't be seen with this key, and may live.
    Unknown,
    /// CoderPad can't be asked now.
    Failed(ServiceError),
}

/// What that means for a row whose person asked for another pad.
#[must_use]
pub fn on_checked(row: Candidacy, former: Former, now: Now<'_>) -> Transition {
    if !row.life.is_user_approved() {
        return Transition::default();
    }
    match former {
        Former::Gone | Former::Failed(_) => Transition::default(),
        Former::Lives(pad) => lives(row, &pad, now),
        Former::Unknown => unknown(row, now.ms),
    }
}

fn lives(row: Candidacy, pad: &Pad, now: Now<'_>) -> Transition {
    let markers = Marker::all_in(pad.notes.as_deref().unwrap_or_default());
    let ours = markers
        .iter()
        .any(|marker| marker.opportunity == row.opportunity);
    let linking = Linking {
        next_ms: now.ms,
        ..Linking::default()
    };
    let pad = LedgerPad {
        playback: None,
        id: pad.id.clone(),
        link: pad.link(now.root),
        origin: if ours { Origin::Found } else { Origin::Named },
        since_ms: now.ms,
        beside: Vec::new(),
    };
    let told = Change::Announced(News::PadReady {
        who: row.who(),
        pad: pad.id.clone(),
        link: pad.link.clone(),
        adopted: false,
    });
    let life = Lifecycle::Created { pad, linking };
    let row = row.becoming(life, Reason::FirstPadExists, now.ms);
    Transition::changes(vec![moved(row, Activity::PadBack), told])
}

fn unknown(row: Candidacy, now_ms: i64) -> Transition {
    let told = Change::Announced(News::Asks {
        who: row.who(),
        question: Reason::FirstPadUnknown,
    });
    let life = Lifecycle::Held { hold: Hold::OldPad };
    let row = row.becoming(life, Reason::FirstPadUnknown, now_ms);
    Transition::changes(vec![moved(row, Activity::NeedsDecision), told])
}

fn moved(row: Candidacy, what: Activity) -> Change {
    Change::Moved {
        row: Box::new(row),
        what,
        trigger: Trigger::Making,
    }
}
