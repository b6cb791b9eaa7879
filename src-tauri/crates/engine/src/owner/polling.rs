//! Looking at Lever: when, and what becomes of the answer.

use std::time::Duration;

use lever::{Opportunity, OpportunityId, Skipped};

use super::weighing::fingerprint;
use super::{Change, Done, Keepsake, Owner, Trigger};
use crate::gate::Gate;
use crate::handle::{Hint, HintSource};
use crate::scope::Scope;
use crate::trouble::{Cause, of_lever};
use crate::watch::{self, Look, NoLook};
use crate::waypoint::{Side, Waypoint};

/// How often the account is read again: stages, spellings of the tag, confidential access.
const ACCOUNT_EVERY: Duration = Duration::from_secs(15 * 60);
/// The settings can't ask for more than this.
const SHORTEST_INTERVAL: u32 = 10;

impl Owner<'_> {
    pub(super) fn poll_if_due(&mut self) {
        let now = self.elapsed();
        let due = self.lever_gate.next_try().unwrap_or(self.next_poll);
        if self.is_polling || due > now {
            return;
        }
        let Some(services) = self.services.clone() else {
            return;
        };
        let known = self.account.clone().filter(|_| self.next_account > now);
        let settings = self.settings.watch.clone();
        let trigger = std::mem::replace(&mut self.poll_trigger, Trigger::Poll);
        self.is_polling = true;
        self.poll_is_stale = false;
        self.poll_began = now;
        self.pile_at_poll = self.pile_to_answer();
        self.tasks.spawn(async move {
            let look = watch::look(&services, &settings, known).await;
            Done::Polled(Box::new(look), trigger)
        });
    }

    /// Looks as soon as possible, whatever trouble there was: somebody says that it may be over.
    pub(super) fn look_soon(&mut self, wait: Duration) {
        let at = self.elapsed() + wait;
        self.next_poll = self.next_poll.min(at);
        self.lever_gate.hurry(at);
        self.coderpad_gate.hurry(at);
    }

    pub(super) fn hinted(&mut self, hint: Hint) {
        if !self.may_work() {
            return;
        }
        let trigger = match hint.from {
            HintSource::Person => Trigger::Person,
            HintSource::Wake => Trigger::Poll,
        };
        let known = self.watched.is_some()
            && self.binding.is_settled()
            && self.lever_gate.lets_through(1) > 0;
        match (hint.opportunity, self.services.clone()) {
            (Some(id), Some(services)) if known => {
                self.tasks.spawn(async move {
                    let read = services.lever.opportunity(&id).await;
                    Done::Hinted(id, Box::new(read), trigger)
                });
            }
            _ => {
                self.poll_trigger = trigger;
                self.look_soon(Duration::ZERO);
                self.following.look_soon(self.elapsed());
                if hint.from == HintSource::Person {
                    self.next_account = self.elapsed();
                }
            }
        }
    }

    pub(super) fn polled(&mut self, look: Result<Look, NoLook>, trigger: Trigger) {
        self.is_polling = false;
        self.is_dirty = true;
        let now = self.elapsed();
        if std::mem::take(&mut self.poll_is_stale) {
            // It was asked with other settings or another key.
            self.next_poll = now;
            return;
        }
        self.next_poll = now + self.with_jitter(self.asks_every());
        match look {
            Err(NoLook::Trouble(trouble)) => {
                if !trouble.passing {
                    self.tell_hindrance(Cause::Lever, &trouble.problem);
                }
                self.lever_gate = self.lever_gate.tried_in_vain(trouble, now);
            }
            Err(NoLook::NothingToWatch(account, problem)) => {
                self.lever_gate = Gate::Open;
                if !self.is_our_lever(&account) {
                    return;
                }
                // Before the first look the person is about to choose anyway.
                if self.scope.is_some() {
                    self.tell_hindrance(Cause::Lever, &problem);
                }
                self.account = Some(account);
                self.next_account = now;
                self.stage_problem = Some(problem);
                self.watched = None;
            }
            Ok(look) => self.take_in(look, trigger),
        }
    }

    fn take_in(&mut self, look: Look, trigger: Trigger) {
        let now = self.elapsed();
        self.lever_gate = Gate::Open;
        if !self.is_our_lever(&look.account) {
            return;
        }
        self.is_over(Cause::Lever);
        if self.account.as_ref() != Some(&look.account) || self.next_account <= now {
            self.next_account = now + ACCOUNT_EVERY;
        }
        self.account = Some(look.account);
        self.stage_problem = None;
        let scope = Scope::of(&self.settings, &look.watched.stages);
        self.watched = Some(look.watched);
        let (mut found, skipped) = (look.opportunities, look.skipped);
        if !skipped.is_empty() {
            tracing::warn!(
                count = skipped.count(),
                "candidates in Lever’s list could not be read"
            );
        }
        found.retain(|one| !self.readings.outdate(&one.id, self.poll_began));
        self.expect_events_of(&found);
        match self.weigh(&found, trigger, Some(&skipped)) {
            Ok(mut changes) => {
                let is_new = self.scope.as_ref() != Some(&scope);
                if let (true, Ok(text)) = (is_new, serde_json::to_string(&scope)) {
                    changes.push(Change::Kept(Keepsake::FirstLook, text));
                }
                if self.pile_at_poll > 0 {
                    changes.push(Change::AllLookedUp(self.pile_at_poll));
                    // Should the list lag behind the events, the next look finds the rest.
                    self.next_poll = now + self.interval();
                }
                self.wiring
                    .waypoints
                    .pass(Side::Before, Waypoint::PollWrite);
                if self.write_or_forget(&changes) {
                    self.scope = Some(scope);
                    self.last_checked_ms = Some(self.now_ms());
                    self.remember(&found, &skipped);
                    self.noticed_in_lever(&found);
                }
                self.wiring.waypoints.pass(Side::After, Waypoint::PollWrite);
            }
            Err(error) => self.ledger_failed(&error),
        }
    }

    pub(super) fn hint_read(
        &mut self,
        id: &OpportunityId,
        read: Result<Opportunity, lever::Error>,
        trigger: Trigger,
    ) {
        let changes = match &read {
            Ok(opportunity) => self.weigh(std::slice::from_ref(opportunity), trigger, None),
            Err(lever::Error::Gone { .. }) => self
                .leave(id, "No longer in Lever.", trigger)
                .map(|change| change.into_iter().collect()),
            Err(error) => return self.hint_failed(error),
        };
        match changes {
            Ok(changes) => {
                if self.write_or_forget(&changes) {
                    self.read_in_lever(id, read.as_ref().ok());
                    self.note_reading(id.clone(), read.ok());
                }
            }
            Err(error) => self.ledger_failed(&error),
        }
    }

    /// A hint can be about anybody, also somebody whom the key may not see: what is wrong with
    /// one must not stop the others.
    fn hint_failed(&mut self, error: &lever::Error) {
        let now = self.elapsed();
        if error.is_passing() || matches!(error, lever::Error::WrongKey) {
            self.lever_gate = self.lever_gate.close(of_lever(error), now);
        }
    }

    /// The next whole look thinks about this one again, although the list may show no change:
    /// something else has changed the row since.
    pub(super) fn weigh_again(&mut self, id: &OpportunityId) {
        self.fingerprints.insert(id.clone(), 0);
        self.readings.forget(id);
    }

    fn remember(&mut self, opportunities: &[Opportunity], skipped: &Skipped) {
        let before = std::mem::take(&mut self.fingerprints);
        let newer = self.readings.newer_than(self.poll_began);
        let newer = newer.filter(|one| before.contains_key(&one.id));
        // Whoever could not be read is still there, as far as anybody knows.
        let unread = before.iter().filter(|(id, _)| skipped.may_be(id.as_str()));
        let unread: Vec<_> = unread.map(|(id, print)| (id.clone(), *print)).collect();
        let read = opportunities.iter().chain(newer);
        let read = read.map(|one| (one.id.clone(), fingerprint(one)));
        self.fingerprints = unread.into_iter().chain(read).collect();
        self.knows_who_was_there = true;
    }

    /// What a look-up of one opportunity said, in place of what the last look at everybody did.
    pub(super) fn note_reading(&mut self, id: OpportunityId, found: Option<Opportunity>) {
        let is_here = matches!(self.ledger.row(&id), Ok(Some(row)) if row.left_ms.is_none());
        match found.as_ref().filter(|_| is_here) {
            Some(one) => self.fingerprints.insert(id.clone(), fingerprint(one)),
            None => self.fingerprints.remove(&id),
        };
        self.readings.keep(id, found, self.elapsed());
    }

    /// How often everybody is looked at.
    pub(super) fn asks_every(&self) -> Duration {
        if self.reception.arrivals.are_healthy(self.elapsed()) {
            return self.usual_interval().max(super::webhooks::WITH_EVENTS);
        }
        self.usual_interval()
    }

    fn usual_interval(&self) -> Duration {
        let seconds = self.settings.watch.every_seconds.max(SHORTEST_INTERVAL);
        Duration::from_secs(u64::from(seconds))
    }

    /// The time to the next look when no events help.
    pub(super) fn interval(&self) -> Duration {
        self.with_jitter(self.usual_interval())
    }

    /// A tenth either way, so that many computers don't ask in step.
    fn with_jitter(&self, interval: Duration) -> Duration {
        interval.mul_f64(0.9 + self.wiring.chance.unit() / 5.0)
    }
}
