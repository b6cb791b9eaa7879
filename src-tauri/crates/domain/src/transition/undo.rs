//! Taking a pad back, at the user's request: off the profile, ended, deleted.

use super::Transition;
use crate::candidacy::Candidacy;
use crate::change::{Change, Trigger};
use crate::lifecycle::Lifecycle;

/// The row after its pad was taken back.
#[must_use]
pub fn undone(row: Candidacy, now_ms: i64) -> Transition {
    let Some(pad) = row.life.pad().cloned() else {
        return Transition::default();
    };
    let reason =
        "You took the pad back. Whether CoderPad counts it against the quota is not known.";
    let row = row.becoming(Lifecycle::Deleted { pad }, reason, now_ms);
    Transition::changes(vec![Change::Moved {
        row: Box::new(row),
        what: "Pad ended and deleted, link taken off the profile",
        trigger: Trigger::Person,
    }])
}
