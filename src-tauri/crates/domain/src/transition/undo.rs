//! Taking a pad back, at the user's request: off the profile, ended, deleted.

use super::Transition;
use crate::activity::Activity;
use crate::candidacy::Candidacy;
use crate::change::{Change, Trigger};
use crate::lifecycle::Lifecycle;
use crate::reason::Reason;

/// The row after its pad was taken back.
#[must_use]
pub fn undone(row: Candidacy, now_ms: i64) -> Transition {
    let Some(pad) = row.life.pad().cloned() else {
        return Transition::default();
    };
    let row = row.becoming(
        Lifecycle::Deleted { pad, asks: false },
        Reason::UserDeletedPad,
        now_ms,
    );
    Transition::changes(vec![Change::Moved {
        row: Box::new(row),
        what: Activity::PadTakenBack,
        trigger: Trigger::Person,
    }])
}
