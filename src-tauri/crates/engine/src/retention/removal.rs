//! Removing people from the ledger, and what they left in free space and copies.

use std::time::Duration;

use lever::OpportunityId;

use super::state::IsListed;
use super::state::Retention;
use crate::context::Context;
use padwatch_domain::change::Change;
use padwatch_domain::retention;

/// Persons looked through at a time.
const AT_ONCE: u32 = 200;
/// How soon to try again to wipe what was removed.
const WIPE_AGAIN: Duration = Duration::from_secs(600);

impl Retention {
    /// Removes all that the ledger knows of these, soon. One that is being worked on waits for the
    /// next time that it is found.
    pub(crate) fn remove(&mut self, ids: Vec<OpportunityId>, cx: &Context<'_>) {
        let known: Vec<OpportunityId> = ids
            .into_iter()
            .filter(|id| matches!(cx.store.ledger.row(id), Ok(Some(_))))
            .collect();
        self.removal.add(known);
    }

    /// As [`Self::remove`]; then this is written.
    pub(super) fn remove_then(
        &mut self,
        ids: Vec<OpportunityId>,
        then: Change,
        cx: &mut Context<'_>,
    ) {
        self.remove(ids, cx);
        self.removal.then.push(then);
    }

    pub(crate) fn on_tick(&mut self, cx: &mut Context<'_>) {
        self.wipe_if_owed(cx);
        if cx.is_bound() {
            self.remove_some(cx);
        }
    }

    /// When the next one is to be removed.
    pub(crate) fn next_wake(&self, now: Duration, cx: &Context<'_>) -> Option<Duration> {
        (cx.is_bound() && !self.removal.is_empty()).then_some(now)
    }

    fn remove_some(&mut self, cx: &mut Context<'_>) {
        if self.removal.is_empty() {
            return;
        }
        let mut ids = self.removal.next();
        ids.retain(|id| {
            let is_known = matches!(cx.store.ledger.row(id), Ok(Some(_)));
            is_known && !cx.is_step_in_flight(id) && !cx.is_note_in_flight(id)
        });
        let mut changes: Vec<Change> = ids.iter().cloned().map(Change::PersonRemoved).collect();
        if self.removal.queue.is_empty() {
            changes.append(&mut self.removal.then);
        }
        if !changes.is_empty() {
            cx.try_commit(&changes);
        }
    }

    pub(super) fn remove_what_is_old(&mut self, is_listed: IsListed<'_>, cx: &mut Context<'_>) {
        self.remove_old_copies(cx);
        let days = cx.policy.settings.keeping.retention_days;
        let Some(before_ms) = retention::retention_before(days, cx.now_ms()) else {
            return;
        };
        match cx.store.ledger.long_over(before_ms, AT_ONCE) {
            // Anyone who is still in the polls would come back with the next one.
            Ok(old) => {
                let old = old.into_iter();
                self.remove(old.filter(|id| !is_listed(id)).collect(), cx);
            }
            Err(error) => cx.ledger_failed(&error),
        }
    }

    /// Copies and set-aside ledgers are kept in case the new one turns out wrong.
    fn remove_old_copies(&self, cx: &Context<'_>) {
        if cx.policy.creation_off.is_some() {
            return;
        }
        let before_ms = cx.now_ms().saturating_sub(retention::COPIES_KEPT_MS);
        if let Err(error) = cx.store.ledger.remove_old_copies(before_ms) {
            tracing::warn!(%error, "old copies of the ledger can't be deleted");
        }
    }

    /// Takes removed data out of free space, which takes long, while no request is in flight.
    fn wipe_if_owed(&mut self, cx: &mut Context<'_>) {
        let now = cx.elapsed();
        let may_work = cx.store.problem.is_none() && cx.store.displaced.is_none();
        if self.next_wipe > now || !may_work || !cx.jobs.is_empty() {
            return;
        }
        match cx.store.ledger.owes_wipe() {
            Ok(true) => {
                if let Err(error) = cx.store.ledger.wipe() {
                    tracing::warn!(%error, "removed data can't be wiped yet");
                    self.next_wipe = now + WIPE_AGAIN;
                }
            }
            Ok(false) => {}
            Err(error) => cx.ledger_failed(&error),
        }
    }
}
