//! Ending a pad that is no longer needed, on the user's word: it stays as the record.

use super::ending::Ended;
use crate::activity::Activity;
use crate::candidacy::Candidacy;
use crate::change::{Change, Trigger};
use crate::lifecycle::{LedgerPad, Lifecycle};
use crate::reason::Reason;
use coderpad::PadId;

/// The row after its pad was ended. Nothing is announced: the user knows.
#[must_use]
pub fn ended(
    row: Candidacy,
    pad: &PadId,
    ended: Ended,
    (reason, trigger): (Reason, Trigger),
    now_ms: i64,
) -> Vec<Change> {
    let own = match &row.life {
        Lifecycle::Created { pad: own, .. } | Lifecycle::Linked { pad: own } if own.id == *pad => {
            own.clone()
        }
        _ => return Vec::new(),
    };
    let life = Lifecycle::Finished {
        pad: LedgerPad {
            playback: ended.playback.or(own.playback.clone()),
            ..own
        },
        ended_ms: ended.at_ms.unwrap_or(now_ms),
        ending: ended.ending,
    };
    vec![Change::Moved {
        row: Box::new(row.becoming(life, reason, now_ms)),
        what: Activity::PadEnded,
        trigger,
    }]
}
