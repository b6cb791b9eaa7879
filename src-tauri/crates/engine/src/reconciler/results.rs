//! What the reconciler's jobs brought.

use std::time::Duration;

use super::state::Reconciler;
use crate::context::Context;
use crate::done::Reconciled;
use crate::jobs::JobId;

impl Reconciler {
    pub(crate) fn on_result(&mut self, reconciled: Reconciled, cx: &mut Context<'_>) {
        match reconciled {
            Reconciled::Looked(ids, looked) => self.looked(&ids, looked, cx),
            Reconciled::Searched(marked) => self.searched(marked, cx),
        }
    }

    /// The same for what was asked with earlier keys.
    pub(crate) fn on_stale_result(&mut self, reconciled: Reconciled, cx: &mut Context<'_>) {
        match reconciled {
            Reconciled::Looked(ids, looked) => self.looked_before(ids, looked, cx),
            Reconciled::Searched(Some(_)) => self.give_up_search(),
            Reconciled::Searched(None) => {}
        }
    }

    /// One of its jobs panicked or was given up.
    pub(crate) fn on_lost(&mut self, job: &JobId, now: Duration) {
        match job {
            JobId::PadSearch => self.reading = None,
            _ => self.next_late_look = now,
        }
    }
}
