//! What CoderPad showed of a pad.

use super::Progress;
use super::ending::Ended;

/// What CoderPad showed of one pad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// It is not over.
    Open {
        progress: Progress,
        /// When it was last written to, in ms since the epoch.
        active_ms: Option<i64>,
    },
    Ended(Ended),
    /// CoderPad has no such pad for this key (404): it was deleted, or it is another user's.
    Missing,
    /// CoderPad doesn't let this key see the pad (403): it says nothing about the pad.
    Hidden,
}

impl Reading {
    /// Returns true if CoderPad showed the pad.
    #[must_use]
    pub fn shows(&self) -> bool {
        matches!(self, Self::Open { .. } | Self::Ended(_))
    }
}
