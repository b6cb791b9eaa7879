//! Following the interview in a pad: not started, under way, over, or gone.
//!
//! One listing, the last written to first, tells about every pad at once, as far back as the last
//! look; what it says of an end is confirmed by a read of that pad (lists lag up to a minute:
//! contracts/coderpad.md, 2.1). `schedule` decides when to poll, `transition` what
//! a reading changes.

pub mod attended;
pub mod checked;
pub mod closed;
pub mod ending;
pub mod own_end;
pub mod reading;
pub mod schedule;
pub mod transition;
pub mod updated;

use coderpad::PadId;
use lever::OpportunityId;

use crate::identity::{Bindings, Fingerprint};

pub use crate::interview::known::{Known, Progress};

/// A pad whose interview is not over, as far as the ledger knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPad {
    pub opportunity: OpportunityId,
    pub pad: PadId,
    /// When the candidacy came into its state, in ms since the epoch: no later than the pad.
    pub since_ms: i64,
    /// Whether the link was copied or marked as sent.
    pub is_sent: bool,
    pub known: Known,
}

/// A pad whose interview is over, or that was deleted. Either may turn out otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedPad {
    pub opportunity: OpportunityId,
    pub pad: PadId,
    /// When it was found to be over or deleted, in ms since the epoch.
    pub since_ms: i64,
    pub is_deleted: bool,
    pub known: Known,
}

impl Known {
    /// Returns true if a pad that this key doesn't find was there for the same user before.
    #[must_use]
    pub fn is_own(&self, reader: Fingerprint, bound: &Bindings) -> bool {
        let was_shown = matches!(self.progress, Progress::Pending | Progress::UnderWay);
        bound.is_own(self.seen_by, was_shown, reader)
    }
}
