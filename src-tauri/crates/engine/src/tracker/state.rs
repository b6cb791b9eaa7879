//! What the tracker remembers between two thoughts.

use std::time::Duration;

use super::closed::Closed;
use padwatch_domain::change::StateKey;
use padwatch_domain::tracking::schedule::Urgent;
use padwatch_domain::tracking::updated::Updated;
use padwatch_ledger::{Ledger, LedgerError};

/// From a start to the first look, when there is something to look at.
const FIRST_LOOK: Duration = Duration::from_secs(10);

/// What following needs to remember between two thoughts.
pub(crate) struct Tracker {
    /// When to think about what is due.
    pub(super) next: Duration,
    pub(super) last_look: Option<Duration>,
    /// When to look as long as there was no look.
    pub(super) first_look: Duration,
    /// Up to when the list was read, in ms by the server's clock, and up to when that is written.
    pub(super) looked_ms: Option<i64>,
    pub(super) kept_ms: Option<i64>,
    pub(super) urgent: Urgent,
    /// Pads that are over or were deleted.
    pub(super) closed: Closed,
    /// When each candidacy last changed, as the polls tell.
    pub(super) updated: Updated,
    /// Whether the Lever key may not read interviews.
    pub(super) may_not_plan: bool,
    /// Whether it may not read panels.
    pub(super) may_not_see_panels: bool,
}

impl Tracker {
    pub(crate) fn new(ledger: &Ledger, now: Duration) -> Result<Self, LedgerError> {
        let looked_ms = ledger.load(StateKey::Followed)?;
        Ok(Self::begin(looked_ms, now))
    }

    pub(crate) fn begin(looked_ms: Option<i64>, now: Duration) -> Self {
        Self {
            next: now,
            last_look: None,
            first_look: now + FIRST_LOOK,
            looked_ms,
            kept_ms: looked_ms,
            urgent: Urgent::default(),
            closed: Closed::default(),
            updated: Updated::default(),
            may_not_plan: false,
            may_not_see_panels: false,
        }
    }

    /// With other keys, other things may be seen.
    pub(crate) fn keys_changed(&mut self, now: Duration) {
        self.may_not_plan = false;
        self.may_not_see_panels = false;
        self.closed.recheck();
        self.next = now;
    }

    /// Someone says that there may be something to see.
    pub(crate) fn look_soon(&mut self, now: Duration) {
        self.last_look = None;
        self.first_look = now;
        self.next = now;
    }

    /// When to look next, with so long between two looks.
    pub(super) fn look_due(&self, every: Duration) -> Duration {
        match self.last_look {
            Some(last) => last + every,
            None => self.first_look,
        }
    }
}
