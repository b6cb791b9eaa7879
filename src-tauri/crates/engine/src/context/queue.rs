//! Candidates who wait go back to their place in the queue.

use super::Context;
use padwatch_domain::activity::Activity;
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::change::{Change, Trigger};
use padwatch_domain::lifecycle::Lifecycle;
use padwatch_domain::transition;

impl Context<'_> {
    /// Refused rows that fit go back to their place in the queue.
    pub(crate) fn again(&mut self, fits: impl Fn(&Candidacy) -> bool) {
        let rows = match self.store.ledger.in_state("refused") {
            Ok(rows) => rows,
            Err(error) => return self.ledger_failed(&error),
        };
        let now_ms = self.now_ms();
        let changes = rows
            .into_iter()
            .filter(|row| fits(row))
            .filter_map(|row| transition::create::again(row, now_ms))
            .map(|row| Change::Moved {
                row: Box::new(row),
                what: Activity::TryingAgain,
                trigger: Trigger::Making,
            })
            .collect();
        self.write(changes);
    }

    /// Links that Lever refused are tried again at once: something may have changed.
    pub(crate) fn links_again(&mut self) {
        let rows = match self.store.ledger.in_state("created") {
            Ok(rows) => rows,
            Err(error) => return self.ledger_failed(&error),
        };
        let now_ms = self.now_ms();
        let mut changes = Vec::new();
        for mut row in rows {
            if let Lifecycle::Created { linking, .. } = &mut row.life
                && linking.refused.is_some()
            {
                linking.next_ms = now_ms;
                changes.push(Change::Touched(Box::new(row)));
            }
        }
        self.write(changes);
    }
}
