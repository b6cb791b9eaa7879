//! Serving many who were chosen together: how far it is, and taking the rest back.

use super::Owner;
use crate::snapshot::{LongWork, Progress};
use padwatch_ledger::LedgerError;

/// Fewer than this are done before anyone has read how far it is.
const WORTH_TELLING: usize = 3;

impl Owner<'_> {
    /// The work that takes longer than a moment, if there is any.
    pub(super) fn progress(&self) -> Result<Option<Progress>, LedgerError> {
        if let Some(progress) = self
            .reconciler
            .search_progress(self.watcher.has_looked(), &self.cx)
        {
            return Ok(Some(progress));
        }
        if let Some(progress) = self.rehearsal_progress() {
            return Ok(Some(progress));
        }
        let of = self.provisioner.chosen();
        let left = self.provisioner.left_to_serve(&self.cx)?;
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Ok((of >= WORTH_TELLING && left > 0).then(|| Progress {
            what: LongWork::CreatingPads,
            done: number(of - left),
            of: Some(number(of)),
            people: None,
            can_cancel: true,
        }))
    }
}
