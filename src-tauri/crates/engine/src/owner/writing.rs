//! Writing to the ledger: nothing gets lost when it can't be written, and nothing new begins.

use std::time::Duration;

use super::{Change, LedgerError, Owner};
use crate::life::Life;
use crate::making::create;

/// How soon to write again what could not be written.
const WRITE_AGAIN: Duration = Duration::from_secs(5);

impl Owner<'_> {
    /// Writes what must not get lost: what can't be written now is written later, and until then
    /// no new work begins.
    pub(super) fn write(&mut self, changes: Vec<Change>) {
        if changes.is_empty() {
            return;
        }
        if !self.unwritten.is_empty() {
            return self.unwritten.push(changes);
        }
        let now_ms = self.now_ms();
        match self.ledger.commit(&changes, now_ms) {
            Ok(()) => self.is_dirty = true,
            Err(LedgerError::Conflict) => self.leave_out(&changes),
            Err(error) => {
                self.ledger_failed(&error);
                self.unwritten.push(changes);
            }
        }
    }

    /// Changes that contradict the ledger must not stop everything else. What may have become of
    /// a pad that was on its way is looked for.
    fn leave_out(&mut self, changes: &[Change]) {
        tracing::error!("changes contradict the ledger and are left out");
        for change in changes {
            let Change::Moved { row, .. } = change else {
                continue;
            };
            if let Ok(Some(row)) = self.ledger.row(&row.opportunity)
                && matches!(row.life, Life::Intent { .. })
            {
                let now_ms = self.now_ms();
                self.write(create::after_restart(row, now_ms).changes);
            }
        }
        self.look_for_all_uncertain();
    }

    /// Writes what may be lost, because nothing was done yet. Says whether it was written.
    pub(super) fn write_or_forget(&mut self, changes: &[Change]) -> bool {
        let now_ms = self.now_ms();
        match self.ledger.commit(changes, now_ms) {
            Ok(()) => {
                self.is_dirty = true;
                true
            }
            Err(error) => {
                self.ledger_failed(&error);
                false
            }
        }
    }

    pub(super) fn write_what_was_not(&mut self) {
        let now = self.elapsed();
        if self
            .ledger_problem
            .as_ref()
            .is_none_or(|(_, again)| *again > now)
        {
            return;
        }
        self.ledger_problem = None;
        self.is_dirty = true;
        let unwritten = std::mem::take(&mut self.unwritten);
        if unwritten.is_empty() {
            return;
        }
        for changes in unwritten {
            self.write(changes);
        }
        self.look_for_all_uncertain();
    }

    pub(super) fn ledger_failed(&mut self, error: &LedgerError) {
        tracing::error!(%error, "the ledger can't be used");
        self.is_damaged |= matches!(error, LedgerError::Damaged);
        let now = self.elapsed();
        let pending = self.ledger_problem.as_ref().map(|(_, again)| *again);
        let again = pending
            .filter(|again| *again > now)
            .unwrap_or(now + WRITE_AGAIN);
        self.ledger_problem = Some((crate::opening::in_words(error), again));
        self.is_dirty = true;
    }
}
