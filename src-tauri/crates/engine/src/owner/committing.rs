//! Writing to the ledger: nothing gets lost when it can't be written, and nothing new begins.

use std::time::Duration;

use super::{Change, LedgerError, Owner};
use padwatch_domain::lifecycle::Lifecycle;
use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_domain::transition;
use padwatch_domain::transition::scan::SearchSchedule;
use padwatch_ledger::Placement;

/// How soon to write again what could not be written.
const WRITE_AGAIN: Duration = Duration::from_secs(5);
/// How soon to try again to wipe what was removed.
const WIPE_AGAIN: Duration = Duration::from_secs(600);

impl Owner<'_> {
    /// Writes what must not get lost: what can't be written now is written later, and until then
    /// no new work begins.
    pub(super) fn write(&mut self, changes: Vec<Change>) {
        if changes.is_empty() {
            return;
        }
        let written = self.store.ledger.write(changes, self.wiring.clock.now_ms());
        self.written(written);
    }

    /// Changes that contradict the ledger must not stop everything else. What may have become of
    /// a pad that was on its way is looked for.
    fn written(&mut self, written: Result<(), LedgerError>) {
        self.outbox.is_dirty = true;
        if let Err(error) = written {
            self.ledger_failed(&error);
        }
        let left_out = self.store.ledger.take_left_out();
        if !left_out.is_empty() {
            tracing::error!("changes contradict the ledger and are left out");
            self.look_for_all_uncertain();
        }
    }

    /// Writes what may be lost, because nothing was done yet. Returns true if it was written.
    pub(super) fn try_commit(&mut self, changes: &[Change]) -> bool {
        let now_ms = self.now_ms();
        match self.store.ledger.commit(changes, now_ms) {
            Ok(()) => {
                self.outbox.is_dirty = true;
                true
            }
            Err(error) => {
                self.ledger_failed(&error);
                false
            }
        }
    }

    pub(super) fn flush_pending_writes(&mut self) {
        let now = self.elapsed();
        if self
            .store
            .problem
            .as_ref()
            .is_none_or(|(_, again)| *again > now)
        {
            return;
        }
        self.store.problem = None;
        self.outbox.is_dirty = true;
        let had_pending = self.store.ledger.has_pending();
        let written = self
            .store
            .ledger
            .flush()
            .and_then(|()| self.store.ledger.seal());
        self.written(written);
        if had_pending {
            self.look_for_all_uncertain();
        }
    }

    /// A row that says "in flight" although nothing is: its request may have left, so it is looked
    /// for. Whatever led to that, nobody waits for it until the next start.
    pub(super) fn settle_orphaned_intents(&mut self) {
        if !self.reconciling.is_recovered
            || self.store.problem.is_some()
            || self.store.ledger.has_pending()
        {
            return;
        }
        let rows = match self.store.ledger.in_state("intent") {
            Ok(rows) => rows,
            Err(error) => return self.ledger_failed(&error),
        };
        let (now, now_ms) = (self.elapsed(), self.now_ms());
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
            self.write(transition::create::after_restart(row, now_ms).changes);
        }
    }

    /// Names the rows that can't be read.
    pub(super) fn quarantine(&mut self) {
        match self
            .store
            .ledger
            .quarantine_found(self.wiring.clock.now_ms())
        {
            Ok(is_new) => self.outbox.is_dirty |= is_new,
            Err(error) => self.ledger_failed(&error),
        }
    }

    /// Returns true if another ledger, or another lock, is in the place of the one that is open: it
    /// has to be opened with all care. While the ledger is gone, everything stops.
    pub(super) fn is_replaced(&mut self) -> bool {
        let displaced = match self.store.ledger.placement() {
            Placement::Replaced => return true,
            Placement::Missing => Some(gone()),
            Placement::InPlace if !self.store.profile.is_in_place() => return true,
            Placement::InPlace => None,
        };
        if self.store.displaced != displaced {
            tracing::warn!(gone = displaced.is_some(), "the ledger's place has changed");
            self.store.displaced = displaced;
            self.outbox.is_dirty = true;
        }
        false
    }

    /// Returns true if nothing may be asked of a service that could not be written down where the
    /// next start finds it.
    pub(super) fn is_out_of_place(&self) -> bool {
        self.store.ledger.placement() != Placement::InPlace || !self.store.profile.is_in_place()
    }

    /// Takes removed data out of free space, which takes long, while no request is in flight.
    pub(super) fn wipe_if_owed(&mut self) {
        let now = self.elapsed();
        let may_work = self.store.problem.is_none() && self.store.displaced.is_none();
        if self.retention.next_wipe > now || !may_work || !self.jobs.is_empty() {
            return;
        }
        match self.store.ledger.owes_wipe() {
            Ok(true) => {
                if let Err(error) = self.store.ledger.wipe() {
                    tracing::warn!(%error, "removed data can't be wiped yet");
                    self.retention.next_wipe = now + WIPE_AGAIN;
                }
            }
            Ok(false) => {}
            Err(error) => self.ledger_failed(&error),
        }
    }

    pub(super) fn ledger_failed(&mut self, error: &LedgerError) {
        tracing::error!(%error, "the ledger can't be used");
        self.store.is_damaged |= matches!(error, LedgerError::Damaged);
        let now = self.elapsed();
        let pending = self.store.problem.as_ref().map(|(_, again)| *again);
        let again = pending
            .filter(|again| *again > now)
            .unwrap_or(now + WRITE_AGAIN);
        self.store.problem = Some((crate::ledger_problem::in_words(error), again));
        self.outbox.is_dirty = true;
    }
}

fn gone() -> Problem {
    Problem::new(
        ProblemCode::LedgerUnusable,
        "Padwatch’s data was moved or deleted: no pads are created.",
        "Put it back, or quit Padwatch and start it again.",
    )
}
