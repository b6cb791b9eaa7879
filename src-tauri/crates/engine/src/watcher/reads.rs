//! Reading single candidates, because someone or something hints at them.

use super::state::{Watcher, fingerprint};
use crate::context::Context;
use padwatch_domain::change::Trigger;
use std::time::Duration;

use lever::{Opportunity, OpportunityId};

use super::evaluation::Source;
use crate::context::Signal;
use crate::context::done::{Done, Watched};
use crate::jobs::JobId;
use crate::mailbox::{Hint, HintSource};
use padwatch_domain::service_error::of_lever;
use padwatch_domain::thing::Thing;

impl Watcher {
    /// Looks as soon as possible, whatever trouble there was: someone says that it may be over.
    pub(crate) fn look_soon(&mut self, wait: Duration, cx: &mut Context<'_>) {
        let at = cx.elapsed() + wait;
        self.next_poll = self.next_poll.min(at);
        cx.connection.lever_breaker.retry_now(at);
        cx.connection.coderpad_breaker.retry_now(at);
    }

    /// Looks at once, and takes no answer to a question that was asked before.
    pub(crate) fn poll_now(&mut self, cx: &mut Context<'_>) {
        self.next_poll = cx.elapsed();
        self.round.is_stale = cx.jobs.is_in_flight(&JobId::Poll);
    }

    pub(crate) fn hinted(&mut self, hint: Hint, cx: &mut Context<'_>) {
        if !cx.may_work() {
            return;
        }
        let trigger = match hint.from {
            HintSource::Person => Trigger::Person,
            HintSource::Wake => Trigger::Poll,
        };
        let known = self.watched.is_some()
            && cx.connection.binding.is_settled()
            && cx.connection.lever_breaker.permits(1) > 0;
        match hint.opportunity {
            Some(id) if known => self.read_alone(id, trigger, cx),
            _ => {
                self.trigger = trigger;
                self.look_soon(Duration::ZERO, cx);
                cx.signal(Signal::LookSoon);
                if hint.from == HintSource::Person {
                    let now = cx.elapsed();
                    self.knowledge.read_all_soon(now);
                }
            }
        }
    }

    /// Reads this one, if Lever can be asked now.
    pub(crate) fn read_alone(&self, id: OpportunityId, trigger: Trigger, cx: &mut Context<'_>) {
        let Some(services) = cx.connection.services.clone() else {
            return;
        };
        if self.watched.is_none() {
            return;
        }
        cx.jobs.start(JobId::HintRead(id.clone()), async move {
            let read = services.lever.opportunity(&id).await;
            Done::Watched(Box::new(Watched::Hinted(id, read, trigger)))
        });
    }

    pub(super) fn hint_read(
        &mut self,
        id: &OpportunityId,
        read: Result<Opportunity, lever::Error>,
        trigger: Trigger,
        cx: &mut Context<'_>,
    ) {
        let changes = match &read {
            Ok(found) => self.evaluate(std::slice::from_ref(found), trigger, &Source::Read, cx),
            // One answer is no proof: the next looks tell.
            Err(lever::Error::Gone { .. }) => Ok(Vec::new()),
            Err(error) => return self.hint_failed(id, error, cx),
        };
        match changes {
            Ok(changes) => {
                if cx.try_commit(&changes) {
                    self.read_in_lever(id, read.as_ref().ok(), cx);
                    self.note_reading(id.clone(), read.ok(), cx);
                }
            }
            Err(error) => cx.ledger_failed(&error),
        }
    }

    /// A hint can be about anyone, also someone whom the key may not see: what is wrong with
    /// one must not stop the others.
    fn hint_failed(&mut self, id: &OpportunityId, error: &lever::Error, cx: &mut Context<'_>) {
        cx.item_failed(Thing::Candidate(id.clone()), &of_lever(error));
    }

    /// What a look-up of one opportunity said, in place of what the last look at everyone did.
    pub(super) fn note_reading(
        &mut self,
        id: OpportunityId,
        found: Option<Opportunity>,
        cx: &mut Context<'_>,
    ) {
        let is_here = matches!(cx.store.ledger.row(&id), Ok(Some(row)) if row.left_ms.is_none());
        match found.as_ref() {
            _ if !is_here => drop(self.fingerprints.remove(&id)),
            Some(one) => drop(self.fingerprints.insert(id.clone(), fingerprint(one))),
            // Whether it left, the next looks tell.
            None => {}
        }
        self.readings.keep(id, found, cx.elapsed());
    }

    /// The next whole look thinks about this one again, although the list may show no change:
    /// something else has changed the row since.
    pub(crate) fn evaluate_again(&mut self, id: &OpportunityId) {
        self.fingerprints.insert(id.clone(), 0);
        self.readings.forget(id);
    }
}
