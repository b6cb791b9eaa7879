//! Looking up what webhooks hint at.

use super::state::Watcher;
use crate::context::Context;
use padwatch_domain::change::{Change, Trigger};
use std::time::Duration;

use lever::{Error, Opportunity};

use super::evaluation::Source;
use crate::context::done::{Done, Watched};
use crate::jobs::{JobId, JobKind};
use padwatch_domain::service_error::{Service, of_lever};
use padwatch_domain::thing::Thing;
use padwatch_ledger::{HintBacklog, LedgerError, StoredHint};

/// More hints than this, and one look at everyone tells the same with fewer requests.
const MANY: usize = 20;

impl Watcher {
    /// Looks up what was hinted at, oldest first, as far as the allowance goes.
    pub(super) fn look_up_if_due(&mut self, cx: &mut Context<'_>) {
        let now = cx.elapsed();
        if self.hints.wait_until.is_some_and(|until| until <= now) {
            self.hints.wait_until = None;
            self.hints.may_have_hints = true;
        }
        if self.next_look_up(cx.elapsed(), cx) > Some(cx.elapsed()) {
            return;
        }
        if self.may_look_up(cx)
            && let Err(error) = self.look_up(cx)
        {
            cx.ledger_failed(&error);
        }
    }

    /// When to look up the next hint, as far as is known now.
    pub(super) fn next_look_up(&self, now: Duration, cx: &Context<'_>) -> Option<Duration> {
        self.may_look_up(cx).then(|| self.hints.allowance.next(now))
    }

    /// Nothing is looked up before the first look at everyone, when who was there can't be told
    /// from who came; nor while one look at everyone is under way in place of many look-ups.
    fn may_look_up(&self, cx: &Context<'_>) -> bool {
        let knows_all = self.scope.is_some() && self.watched.is_some();
        let all_at_once = cx.jobs.is_in_flight(&JobId::Poll) && self.round.backlog > 0;
        let may_ask = cx.connection.lever_breaker.permits(1) > 0;
        self.hints.may_look_up(self.look_ups_in_flight(cx)) && knows_all && !all_at_once && may_ask
    }

    fn look_up(&mut self, cx: &mut Context<'_>) -> Result<(), LedgerError> {
        let now = cx.elapsed();
        let pile = cx.store.ledger.hint_backlog()?;
        let mut left = pile.count.saturating_sub(self.look_ups_in_flight(cx));
        self.hints.may_have_hints = left > 0;
        if pile.count > MANY && !cx.jobs.is_in_flight(&JobId::Poll) {
            self.next_poll = now;
            if !cx.jobs.may_start(&JobId::Poll) {
                self.hints.may_have_hints = false;
                self.hints.wait_until = cx.jobs.next_wake();
            }
            return Ok(());
        }
        for hint in cx.store.ledger.hints(MANY)? {
            let job = JobId::LookUp(hint.opportunity.clone());
            if cx.jobs.is_in_flight(&job) {
                continue;
            }
            if !cx
                .connection
                .failing
                .is_due(&Thing::Candidate(hint.opportunity.clone()), now)
            {
                left = left.saturating_sub(1);
                self.hints.may_have_hints = left > 0;
                self.hints.wait_until = cx.connection.failing.next_wake(now);
                continue;
            }
            if !self.may_look_up(cx) || !self.hints.allowance.take(now) {
                return Ok(());
            }
            self.start_look_up(hint, cx);
        }
        Ok(())
    }

    fn start_look_up(&mut self, hint: StoredHint, cx: &mut Context<'_>) {
        let Some(services) = cx.connection.services.clone() else {
            return;
        };
        let services = services.trying_once();
        let job = JobId::LookUp(hint.opportunity.clone());
        cx.jobs.start(job, async move {
            let read = services.lever.opportunity(&hint.opportunity).await;
            Done::Watched(Box::new(Watched::LookedUp(hint, read)))
        });
    }

    pub(super) fn looked_up(
        &mut self,
        hint: StoredHint,
        read: Result<Opportunity, Error>,
        cx: &mut Context<'_>,
    ) {
        // A newer event about the same one may wait.
        self.hints.may_have_hints = true;
        let changes = match &read {
            Ok(found) => self.evaluate(
                std::slice::from_ref(found),
                Trigger::Webhook,
                &Source::Read,
                cx,
            ),
            // One answer is no proof: the next looks tell.
            Err(Error::Gone { .. }) => Ok(Vec::new()),
            Err(error) if is_about_one(error) => {
                tracing::debug!(%error, "what an event hinted at can't be read");
                Ok(Vec::new())
            }
            Err(error) => {
                let thing = Thing::Candidate(hint.opportunity.clone());
                cx.item_failed(thing.clone(), &of_lever(error));
                if !cx.connection.failing.is_quarantined(&thing) {
                    return; // The hint waits in the ledger.
                }
                Ok(Vec::new()) // The looks at everyone continue.
            }
        };
        if read.is_ok() {
            let thing = Thing::Candidate(hint.opportunity.clone());
            cx.item_succeeded(Service::Lever, &thing);
        }
        match changes {
            Ok(mut changes) => {
                changes.push(Change::LookedUp(hint.number));
                if cx.try_commit(&changes) {
                    self.read_in_lever(&hint.opportunity, read.as_ref().ok(), cx);
                    self.note_reading(hint.opportunity, read.ok(), cx);
                }
            }
            Err(error) => cx.ledger_failed(&error),
        }
    }

    /// How many hints one look at everyone will answer, from now on.
    pub(super) fn pile_to_answer(&self, cx: &Context<'_>) -> i64 {
        match cx.store.ledger.hint_backlog() {
            Ok(HintBacklog { count, newest }) if count > MANY => newest,
            Ok(_) => 0,
            Err(error) => {
                tracing::debug!(%error, "the hints can't be counted");
                0
            }
        }
    }

    fn look_ups_in_flight(&self, cx: &Context<'_>) -> usize {
        cx.jobs.count(|kind| kind == JobKind::LookUp)
    }
}

/// What concerns this opportunity alone: asking for it again would bring the same.
fn is_about_one(error: &Error) -> bool {
    matches!(
        error,
        Error::NotAllowed { .. } | Error::Refused { .. } | Error::NeedsPerformAs
    )
}
