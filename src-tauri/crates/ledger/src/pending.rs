//! What could not be written yet. Nothing is written past it, and reading sees it, so that an older
//! row can't take the place of a newer one.

use std::collections::VecDeque;

use lever::OpportunityId;

use super::{Ledger, LedgerError};
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::change::Change;

/// What waits, and what was given up.
#[derive(Debug, Default)]
pub(super) struct Pending {
    /// Slices of changes in their order, each with when it happened, in ms since the epoch.
    queue: VecDeque<(Vec<Change>, i64)>,
    /// Changes that contradict the ledger.
    left_out: Vec<Change>,
}

impl Pending {
    /// The newest row of a candidacy among what waits.
    pub(super) fn row(&self, id: &OpportunityId) -> Option<&Candidacy> {
        self.newest(|change| match change {
            Change::Moved { row, .. } | Change::Touched(row) => {
                (row.opportunity == *id).then_some(row.as_ref())
            }
            _ => None,
        })
    }

    /// The newest of what fits among what waits.
    pub(super) fn newest<'a, T>(&'a self, fits: impl Fn(&'a Change) -> Option<T>) -> Option<T> {
        let slices = self.queue.iter().rev();
        slices
            .flat_map(|(changes, _)| changes.iter().rev())
            .find_map(fits)
    }
}

impl Ledger {
    /// Writes all changes or none, durably, after everything that waits.
    ///
    /// # Errors
    /// When the ledger can't be written; then these changes are not made.
    pub fn commit(&mut self, changes: &[Change], now_ms: i64) -> Result<(), LedgerError> {
        self.flush()?;
        self.write_all(changes, now_ms)
    }

    /// Writes what must not get lost: what can't be written now waits, and is written by
    /// [`Ledger::flush`].
    ///
    /// # Errors
    /// Why it has to wait.
    pub fn write(&mut self, changes: Vec<Change>, now_ms: i64) -> Result<(), LedgerError> {
        self.pending.queue.push_back((changes, now_ms));
        self.flush()
    }

    /// Writes what waits, in its order. What contradicts the ledger is left out.
    ///
    /// # Errors
    /// Why the rest has to wait longer.
    pub fn flush(&mut self) -> Result<(), LedgerError> {
        while let Some((changes, at_ms)) = self.pending.queue.pop_front() {
            match self.write_all(&changes, at_ms) {
                Ok(()) => {}
                Err(LedgerError::Conflict) => self.pending.left_out.extend(changes),
                Err(error) => {
                    self.pending.queue.push_front((changes, at_ms));
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    /// The changes that were left out since this was asked last.
    pub fn take_left_out(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.pending.left_out)
    }

    /// Returns true if something waits to be written.
    #[must_use]
    pub fn has_pending(&self) -> bool {
        !self.pending.queue.is_empty()
    }
}
