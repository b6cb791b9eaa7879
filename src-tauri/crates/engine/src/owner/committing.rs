//! Writing to the ledger: nothing gets lost when it can't be written, and nothing new begins.

use std::time::Duration;

use super::Owner;
use padwatch_domain::lifecycle::Lifecycle;
use padwatch_domain::transition;
use padwatch_domain::transition::scan::SearchSchedule;

/// How soon to write again what could not be written.
const WRITE_AGAIN: Duration = Duration::from_secs(5);
impl Owner<'_> {
    /// A row that says "in flight" although nothing is: its request may have left, so it is looked
    /// for. Whatever led to that, nobody waits for it until the next start.
    pub(super) fn settle_orphaned_intents(&mut self) {
        if !self.cx.store.is_recovered
            || self.cx.store.problem.is_some()
            || self.cx.store.ledger.has_pending()
        {
            return;
        }
        let rows = match self.cx.store.ledger.in_state("intent") {
            Ok(rows) => rows,
            Err(error) => return self.cx.ledger_failed(&error),
        };
        let (now, now_ms) = (self.cx.elapsed(), self.cx.now_ms());
        for row in rows {
            if row.life == Lifecycle::Unreadable
                || self.provisioning.under_way.contains_key(&row.opportunity)
            {
                continue;
            }
            tracing::error!("a pad was to be created and nothing is under way: looking for it");
            let schedule = SearchSchedule::begin(now);
            self.reconciling
                .schedules
                .insert(row.opportunity.clone(), schedule);
            self.cx
                .write(transition::create::after_restart(row, now_ms).changes);
        }
    }
}
