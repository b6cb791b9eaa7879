//! Taking a pad back, on the person's word: off the profile, ended, deleted.

use super::Settled;
use crate::candidacy::Row;
use crate::change::{Change, Trigger};
use crate::lifecycle::Life;

/// The row after its pad was taken back.
#[must_use]
pub fn undone(row: Row, now_ms: i64) -> Settled {
    let Some(pad) = row.life.pad().cloned() else {
        return Settled::default();
    };
    let reason =
        "You took the pad back. Whether CoderPad counts it against the quota is not known.";
    let row = row.becoming(Life::Deleted { pad }, reason, now_ms);
    Settled::changes(vec![Change::Moved {
        row: Box::new(row),
        what: "Pad ended and deleted, link taken off the profile",
        trigger: Trigger::Person,
    }])
}
