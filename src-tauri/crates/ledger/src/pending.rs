//! What could not be written yet. Nothing is written past it, and reading sees it, so that an older
//! row can't take the place of a newer one.

use std::collections::VecDeque;

use lever::OpportunityId;

use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::change::Change;

/// What waits, and what was given up.
#[derive(Debug, Default)]
pub(super) struct Pending {
    /// Slices of changes in their order, each with when it happened, in ms since the epoch.
    pub(super) queue: VecDeque<(Vec<Change>, i64)>,
    /// Changes that contradict the ledger.
    pub(super) left_out: Vec<Change>,
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
