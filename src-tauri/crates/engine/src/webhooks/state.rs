//! What is known of the webhooks, and how the receiver is told.

use std::time::Duration;

use super::kept::Kept;
use super::reception::Reception;
use super::wires::Channels;
use lever::{Opportunity, StageId};
use padwatch_domain::change::StateKey;
use padwatch_domain::problem::Problem;
use padwatch_ledger::{Ledger, LedgerError, Stored};

/// Webhooks, as they come in.
pub(crate) struct Webhooks<'a> {
    pub(super) reception: Reception,
    pub(super) wires: &'a Channels,
}

impl<'a> Webhooks<'a> {
    pub(crate) fn new(
        ledger: &Ledger,
        wires: &'a Channels,
        now: Duration,
    ) -> Result<Self, LedgerError> {
        let stored: Stored<Kept> = ledger.stored(StateKey::Webhooks)?;
        Ok(Self {
            reception: Reception::new(stored, ledger.last_delivery_ms()?, now),
            wires,
        })
    }

    /// When to check next that events arrive.
    pub(crate) fn next_wake(&self, now: Duration) -> Option<Duration> {
        self.reception.deliveries.next_check(now)
    }

    /// What is wrong although nothing else shows it.
    pub(crate) fn problem(&self) -> Option<Problem> {
        self.reception.problem()
    }

    /// The computer slept: events of that time are not missed.
    pub(crate) fn suspended(&mut self, now_ms: i64) {
        self.reception.deliveries.suspended(now_ms);
    }

    /// Everything was forgotten, the signing tokens too.
    pub(crate) fn forget(&self) {
        self.wires.tokens.send_replace(Vec::new());
    }

    /// A look found these on its own: an event about each is expected.
    pub(crate) fn found(
        &mut self,
        found: &[Opportunity],
        watched: &[StageId],
        now: Duration,
        now_ms: i64,
    ) {
        for opportunity in found {
            let deliveries = &mut self.reception.deliveries;
            deliveries.expect_event_of(opportunity, watched, now, now_ms);
        }
    }
}
