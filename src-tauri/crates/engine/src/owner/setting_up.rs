//! Setting up, page by page.

use super::{Change, Owner, StateKey};
use crate::ledger_problem::ledger_problem;
use crate::mailbox::Answer;
use padwatch_domain::set_up::SetUpStep;
use padwatch_ledger::LedgerError;

impl Owner<'_> {
    /// The person came to a page of set-up. With the last one, Padwatch begins to create pads.
    pub(crate) fn set_up_at(&mut self, step: SetUpStep) -> Answer<()> {
        let reached = self.cx.policy.set_up.at(step, self.watcher.has_scope());
        if reached == self.cx.policy.set_up {
            return Ok(());
        }
        let change = match reached.unfinished() {
            None => Change::Dropped(StateKey::SetUp),
            Some(step) => {
                let text = serde_json::to_string(&step)
                    .map_err(|_| ledger_problem(&LedgerError::Unreadable))?;
                Change::Kept(StateKey::SetUp, text)
            }
        };
        self.cx.commit(&[change])?;
        self.cx.policy.set_up = reached;
        self.cx.is_dirty = true;
        Ok(())
    }
}
