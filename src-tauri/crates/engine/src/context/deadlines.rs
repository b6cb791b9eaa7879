//! Deadlines by the wall clock, when it leaps.

use super::Context;
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::change::Change;
use padwatch_domain::lifecycle::{Hold, Lifecycle};
use padwatch_domain::transition::linking::AFTER_REFUSAL_MS;
use padwatch_ledger::LedgerError;

impl Context<'_> {
    /// The clock was set ahead by so many ms, or the computer slept: what waits for the person to
    /// say no waits as long as it was meant to.
    pub(crate) fn shift_holds(&mut self, leap_ms: i64) -> Result<(), LedgerError> {
        let latest_ms = self.now_ms().saturating_add(self.hold_ms());
        let mut shifted = Vec::new();
        for mut row in self.store.ledger.in_state("held")? {
            if let Lifecycle::Held {
                hold: Hold::Until { until_ms },
            } = &mut row.life
            {
                *until_ms = until_ms.saturating_add(leap_ms).min(latest_ms);
                shifted.push(Change::Touched(Box::new(row)));
            }
        }
        self.write(shifted);
        Ok(())
    }

    /// What comes due later than any wait that there is was reckoned by a clock that was set back
    /// since.
    pub(crate) fn rebase_deadlines(&mut self) -> Result<(), LedgerError> {
        let now_ms = self.now_ms();
        let hold_ms = self.hold_ms();
        let latest_ms = now_ms.saturating_add(hold_ms.max(AFTER_REFUSAL_MS));
        let rows = self.store.ledger.due_after(latest_ms)?;
        let healed = rows
            .into_iter()
            .map(|row| Change::Touched(Box::new(from_now(row, hold_ms, now_ms))));
        let healed: Vec<Change> = healed.collect();
        self.write(healed);
        Ok(())
    }

    fn hold_ms(&self) -> i64 {
        i64::from(self.policy.settings.guards.hold_seconds) * 1000
    }
}

fn from_now(mut row: Candidacy, hold_ms: i64, now_ms: i64) -> Candidacy {
    match &mut row.life {
        Lifecycle::Created { linking, .. } => linking.next_ms = now_ms,
        Lifecycle::Held {
            hold: Hold::Until { until_ms },
        } => *until_ms = now_ms.saturating_add(hold_ms),
        Lifecycle::Held {
            hold: Hold::NoLinkYet { since_ms },
        } => *since_ms = now_ms,
        _ => {}
    }
    row
}
