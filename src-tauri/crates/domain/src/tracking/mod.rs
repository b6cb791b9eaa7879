//! Following the interview in a pad: not started, under way, over, or gone.
//!
//! One listing, the last written to first, tells about every pad at once, as far back as the last
//! look; what it says of an end is confirmed by a read of that pad (lists lag up to a minute:
//! contracts/coderpad.md, 2.1). `schedule` decides when to poll, `transition` what
//! a reading changes.

pub mod closed;
pub mod ending;
pub mod reading;
pub mod schedule;
pub mod transition;
pub mod updated;

use coderpad::PadId;
use lever::OpportunityId;

use crate::identity::{Bindings, Fingerprint};
use crate::interview::Plan;

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

/// What is known of the interview in a pad. All times in ms since the epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Known {
    pub progress: Progress,
    /// When CoderPad last showed the pad.
    pub seen_ms: Option<i64>,
    /// When it was last written to.
    pub active_ms: Option<i64>,
    /// When Lever was last asked for the plan.
    pub asked_ms: Option<i64>,
    pub plan: Option<Plan>,
    /// For which start it was reminded of.
    pub reminded_ms: Option<i64>,
    /// For which start it was said that the link was not sent.
    pub unsent_ms: Option<i64>,
    /// The key that saw the pad last: only for the same user is a pad that isn't found gone.
    pub seen_by: Option<Fingerprint>,
    /// When CoderPad first said to that user that there is no such pad, not having shown it since.
    pub missing_ms: Option<i64>,
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

/// How far the interview in an open pad is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Progress {
    /// CoderPad has not shown the pad yet.
    #[default]
    Unseen,
    /// Nobody, or hardly anybody, was there.
    Pending,
    /// It is under way.
    UnderWay,
    /// CoderPad doesn't show this pad to our key: it belongs to another user.
    Hidden,
}

impl Progress {
    /// The name as it stands in the ledger.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unseen => "unseen",
            Self::Pending => "pending",
            Self::UnderWay => "underWay",
            Self::Hidden => "hidden",
        }
    }

    /// Reads the ledger's name. `None`: there is no such one.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Unseen, Self::Pending, Self::UnderWay, Self::Hidden]
            .into_iter()
            .find(|progress| progress.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_progress_is_read_as_it_is_written_and_nothing_else() {
        for progress in [
            Progress::Unseen,
            Progress::Pending,
            Progress::UnderWay,
            Progress::Hidden,
        ] {
            assert_eq!(Progress::parse(progress.name()), Some(progress));
        }
        assert_eq!(Progress::parse("dreaming"), None);
    }
}
