//! When the reconciler has something to do, and what its jobs brought.

use std::time::Duration;

use super::state::Reconciler;
use crate::context::Context;
use crate::context::done::Reconciled;
use crate::jobs::JobId;

impl Reconciler {
    /// What the last run left in the middle comes first; then pads are looked for.
    pub(crate) fn on_tick(&mut self, has_looked: bool, cx: &mut Context<'_>) {
        self.recover_in_flight(cx);
        self.look_for_what_was_lost(cx);
        self.settle_orphaned_intents(cx);
        if cx.is_bound() {
            self.look_if_due(cx);
            self.search_if_due(has_looked, cx);
        }
    }

    /// When a pad is looked for next, unless that must wait for something else.
    pub(crate) fn next_wake(&self, has_looked: bool, cx: &Context<'_>) -> Option<Duration> {
        if !cx.is_bound() {
            return None;
        }
        let search = self.next_search(has_looked, cx);
        self.next_look(cx).into_iter().chain(search).min()
    }

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
