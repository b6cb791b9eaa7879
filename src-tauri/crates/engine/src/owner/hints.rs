//! Looking up what webhooks hint at, and checking that they arrive.

use std::time::Duration;

use lever::{Error, Opportunity};

use super::evaluation::Source;
use super::{Change, Owner, Trigger};
use crate::done::Done;
use crate::jobs::{JobId, JobKind};
use padwatch_domain::service_error::{Service, of_lever};
use padwatch_domain::thing::Thing;
use padwatch_ledger::{HintBacklog, LedgerError, StoredHint};

/// More hints than this, and one look at everybody tells the same with fewer requests.
const MANY: usize = 20;

impl Owner<'_> {
    /// Looks up what was hinted at, oldest first, as far as the allowance goes.
    pub(super) fn look_up_if_due(&mut self) {
        let now = self.cx.elapsed();
        if self
            .watching
            .hints
            .wait_until
            .is_some_and(|until| until <= now)
        {
            self.watching.hints.wait_until = None;
            self.watching.hints.may_have_hints = true;
        }
        if self.next_look_up(self.cx.elapsed()) > Some(self.cx.elapsed()) {
            return;
        }
        if self.may_look_up()
            && let Err(error) = self.look_up()
        {
            self.cx.ledger_failed(&error);
        }
    }

    /// When to look up the next hint, as far as is known now.
    pub(super) fn next_look_up(&self, now: Duration) -> Option<Duration> {
        self.may_look_up()
            .then(|| self.watching.hints.allowance.next(now))
    }

    /// Nothing is looked up before the first look at everybody, when who was there can't be told
    /// from who came; nor while one look at everybody is under way in place of many look-ups.
    fn may_look_up(&self) -> bool {
        let knows_all = self.watching.scope.is_some() && self.watching.watched.is_some();
        let all_at_once = self.cx.jobs.is_in_flight(&JobId::Poll) && self.watching.backlog > 0;
        let may_ask = self.cx.connection.lever_breaker.permits(1) > 0;
        self.watching.hints.may_look_up(self.look_ups_in_flight())
            && knows_all
            && !all_at_once
            && may_ask
    }

    fn look_up(&mut self) -> Result<(), LedgerError> {
        let now = self.cx.elapsed();
        let pile = self.cx.store.ledger.hint_backlog()?;
        let mut left = pile.count.saturating_sub(self.look_ups_in_flight());
        self.watching.hints.may_have_hints = left > 0;
        if pile.count > MANY && !self.cx.jobs.is_in_flight(&JobId::Poll) {
            self.watching.next_poll = now;
            if !self.cx.jobs.may_start(&JobId::Poll) {
                self.watching.hints.may_have_hints = false;
                self.watching.hints.wait_until = self.cx.jobs.next_wake();
            }
            return Ok(());
        }
        for hint in self.cx.store.ledger.hints(MANY)? {
            let job = JobId::LookUp(hint.opportunity.clone());
            if self.cx.jobs.is_in_flight(&job) {
                continue;
            }
            if !self
                .cx
                .connection
                .failing
                .is_due(&Thing::Candidate(hint.opportunity.clone()), now)
            {
                left = left.saturating_sub(1);
                self.watching.hints.may_have_hints = left > 0;
                self.watching.hints.wait_until = self.cx.connection.failing.next_wake(now);
                continue;
            }
            if !self.may_look_up() || !self.watching.hints.allowance.take(now) {
                return Ok(());
            }
            self.start_look_up(hint);
        }
        Ok(())
    }

    fn start_look_up(&mut self, hint: StoredHint) {
        let Some(services) = self.cx.connection.services.clone() else {
            return;
        };
        let services = services.trying_once();
        let job = JobId::LookUp(hint.opportunity.clone());
        self.cx.jobs.start(job, async move {
            let read = services.lever.opportunity(&hint.opportunity).await;
            Done::LookedUp(hint, Box::new(read))
        });
    }

    pub(super) fn looked_up(&mut self, hint: StoredHint, read: Result<Opportunity, Error>) {
        // A newer event about the same one may wait.
        self.watching.hints.may_have_hints = true;
        let changes = match &read {
            Ok(found) => {
                self.evaluate(std::slice::from_ref(found), Trigger::Webhook, &Source::Read)
            }
            // One answer is no proof: the next looks tell.
            Err(Error::Gone { .. }) => Ok(Vec::new()),
            Err(error) if is_about_one(error) => {
                tracing::debug!(%error, "what an event hinted at can't be read");
                Ok(Vec::new())
            }
            Err(error) => {
                let thing = Thing::Candidate(hint.opportunity.clone());
                self.cx.item_failed(thing.clone(), &of_lever(error));
                if !self.cx.connection.failing.is_quarantined(&thing) {
                    return; // The hint waits in the ledger.
                }
                Ok(Vec::new()) // The looks at everybody go on.
            }
        };
        if read.is_ok() {
            let thing = Thing::Candidate(hint.opportunity.clone());
            self.cx.item_succeeded(Service::Lever, &thing);
        }
        match changes {
            Ok(mut changes) => {
                changes.push(Change::LookedUp(hint.number));
                if self.cx.try_commit(&changes) {
                    self.read_in_lever(&hint.opportunity, read.as_ref().ok());
                    self.note_reading(hint.opportunity, read.ok());
                }
            }
            Err(error) => self.cx.ledger_failed(&error),
        }
    }

    /// How many hints one look at everybody will answer, from now on.
    pub(super) fn pile_to_answer(&self) -> i64 {
        match self.cx.store.ledger.hint_backlog() {
            Ok(HintBacklog { count, newest }) if count > MANY => newest,
            Ok(_) => 0,
            Err(error) => {
                tracing::debug!(%error, "the hints can't be counted");
                0
            }
        }
    }

    fn look_ups_in_flight(&self) -> usize {
        self.cx.jobs.count(|kind| kind == JobKind::LookUp)
    }
}

/// What concerns this opportunity alone: asking for it again would bring the same.
fn is_about_one(error: &Error) -> bool {
    matches!(
        error,
        Error::NotAllowed { .. } | Error::Refused { .. } | Error::NeedsPerformAs
    )
}
