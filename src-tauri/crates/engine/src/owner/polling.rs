//! Looking at Lever: when, and what becomes of the answer.

use std::time::Duration;

use lever::{Opportunity, OpportunityId, Skipped};

use super::evaluation::{Source, fingerprint};
use super::{Change, Owner, StateKey, Trigger};
use crate::circuit_breaker::CircuitBreaker;
use crate::context::{Shown, Signal};
use crate::done::Done;
use crate::failpoint::{Failpoint, Side};
use crate::jobs::JobId;
use crate::mailbox::{Hint, HintSource};
use crate::watch;
use padwatch_domain::scope::Scope;
use padwatch_domain::service_error::{OutageKind, of_lever};
use padwatch_domain::thing::Thing;
use padwatch_domain::watcher::absence::{Evidence, LookKind};
use padwatch_domain::watcher::look::{Look, NoLook, StagesRead};
use padwatch_domain::watcher::reach::Reach;
use padwatch_ledger::LedgerError;

/// Two looks that lie so far apart are two, however seldom everybody is looked at.
const APART: Duration = Duration::from_secs(60);

/// A look that is taken in.
pub(super) struct Taken {
    pub(super) reach: Reach,
    kind: LookKind,
    /// How many rows Lever listed.
    rows: usize,
    scope: Scope,
    /// Those of which nothing could be read.
    pub(super) skipped: Skipped,
}

impl Owner<'_> {
    pub(super) fn poll_if_due(&mut self) {
        let now = self.cx.elapsed();
        let due = self
            .cx
            .connection
            .lever_breaker
            .next_try()
            .unwrap_or(self.watching.next_poll);
        if due > now || !self.cx.jobs.may_start(&JobId::Poll) {
            return;
        }
        let Some(services) = self.cx.connection.services.clone() else {
            return;
        };
        let plan = self
            .watching
            .watcher
            .plan(&self.cx.policy.settings.watch, now);
        let trigger = std::mem::replace(&mut self.watching.trigger, Trigger::Poll);
        self.watching.is_stale = false;
        self.watching.began = now;
        self.watching.began_ms = self.cx.now_ms();
        self.watching.backlog = self.pile_to_answer();
        self.cx.jobs.start(JobId::Poll, async move {
            let look = watch::look(&services, plan).await;
            Done::Polled(Box::new(look), trigger)
        });
    }

    /// Looks as soon as possible, whatever trouble there was: somebody says that it may be over.
    pub(super) fn look_soon(&mut self, wait: Duration) {
        let at = self.cx.elapsed() + wait;
        self.watching.next_poll = self.watching.next_poll.min(at);
        self.cx.connection.lever_breaker.retry_now(at);
        self.cx.connection.coderpad_breaker.retry_now(at);
    }

    /// Looks at once, and takes no answer to a question that was asked before.
    pub(super) fn poll_now(&mut self) {
        self.watching.next_poll = self.cx.elapsed();
        self.watching.is_stale = self.cx.jobs.is_in_flight(&JobId::Poll);
    }

    pub(crate) fn hinted(&mut self, hint: Hint) {
        if !self.cx.may_work() {
            return;
        }
        let trigger = match hint.from {
            HintSource::Person => Trigger::Person,
            HintSource::Wake => Trigger::Poll,
        };
        let known = self.watching.watched.is_some()
            && self.cx.connection.binding.is_settled()
            && self.cx.connection.lever_breaker.permits(1) > 0;
        match (hint.opportunity, self.cx.connection.services.clone()) {
            (Some(id), Some(services)) if known => {
                self.cx.jobs.start(JobId::HintRead(id.clone()), async move {
                    let read = services.lever.opportunity(&id).await;
                    Done::Hinted(id, Box::new(read), trigger)
                });
            }
            _ => {
                self.watching.trigger = trigger;
                self.look_soon(Duration::ZERO);
                self.tracking.look_soon(self.cx.elapsed());
                if hint.from == HintSource::Person {
                    let now = self.cx.elapsed();
                    self.watching.watcher.read_all_soon(now);
                }
            }
        }
    }

    pub(super) fn polled(&mut self, look: Result<Look, NoLook>, trigger: Trigger) {
        self.cx.is_dirty = true;
        let now = self.cx.elapsed();
        if std::mem::take(&mut self.watching.is_stale) {
            // It was asked with other settings or another key.
            self.watching.next_poll = now;
            return;
        }
        self.watching.next_poll = now + self.cx.with_jitter(self.cx.asks_every());
        match look {
            Err(NoLook::ServiceError(service_error)) => {
                if !service_error.passing {
                    self.cx
                        .notify_outage_once(OutageKind::Lever, &service_error.problem);
                }
                self.cx.connection.lever_breaker = self
                    .cx
                    .connection
                    .lever_breaker
                    .record_failure(service_error, now);
                self.watching.watcher.look_failed(now);
            }
            Err(NoLook::NothingToWatch(stages, problem)) => {
                self.cx.connection.lever_breaker = CircuitBreaker::Open;
                let shown: Vec<_> = stages.iter().map(|stage| stage.id.clone()).collect();
                if !self.cx.is_our_lever(Shown::Stages(&shown)) {
                    return;
                }
                // Before the first look the person is about to choose anyway.
                if self.watching.scope.is_some() {
                    self.cx.notify_outage_once(OutageKind::Lever, &problem);
                }
                self.watching.watcher.nothing_to_watch(&stages, now);
                self.watching.stage_problem = Some(problem);
                self.watching.watched = None;
            }
            Ok(look) => self.take_in(look, trigger),
        }
    }

    fn take_in(&mut self, look: Look, trigger: Trigger) {
        let now = self.cx.elapsed();
        self.cx.connection.lever_breaker = CircuitBreaker::Open;
        if !self.shows_our_lever(&look) {
            if let failed @ StagesRead::Failed(_) = look.stages {
                self.watching.watcher.stages_read(failed, now);
            }
            return;
        }
        self.cx.clear_outage(OutageKind::Lever);
        let account = self.watching.watcher.account.clone();
        self.watching.watcher.stages_read(look.stages, now);
        self.keep_account(&account);
        self.watching.stage_problem = None;
        let scope = Scope::of(&self.cx.policy.settings, &look.watched.stages);
        self.watching.watched = Some(look.watched);
        let taken = Taken {
            reach: self
                .watching
                .watcher
                .reach_of(look.shows_confidential, look.access),
            kind: look.kind,
            rows: look.opportunities.len(),
            scope,
            skipped: look.skipped,
        };
        if !taken.skipped.is_empty() {
            tracing::warn!(
                count = taken.skipped.count(),
                "candidates in Lever’s list could not be read"
            );
        }
        // A list is believed about those whom it shows with tag and stage, and about nobody else.
        let mut found = look.opportunities;
        found.retain(|one| {
            !self
                .watching
                .readings
                .supersedes(&one.id, self.watching.began)
                && self.obstacle(one).is_none()
        });
        self.signal_found(&found);
        self.learn_spellings(&found);
        if let Err(error) = self.write_look(&found, taken, trigger) {
            self.cx.ledger_failed(&error);
        }
    }

    /// An account is known by its stages; where those can't be read, by those of its candidates.
    fn shows_our_lever(&mut self, look: &Look) -> bool {
        let ids = |stages: &[lever::Stage]| -> Vec<_> {
            stages.iter().map(|stage| stage.id.clone()).collect()
        };
        match &look.stages {
            StagesRead::Complete(stages) => self.cx.is_our_lever(Shown::Stages(&ids(stages))),
            StagesRead::InDoubt(stages) if !stages.is_empty() => {
                self.cx.is_our_lever(Shown::Stages(&ids(stages)))
            }
            _ => {
                let listed = look.opportunities.iter();
                let stages: Vec<_> = listed.filter_map(|one| one.stage.clone()).collect();
                self.cx.is_our_lever(Shown::SomeStages(&stages))
            }
        }
    }

    fn write_look(
        &mut self,
        found: &[Opportunity],
        look: Taken,
        trigger: Trigger,
    ) -> Result<(), LedgerError> {
        let now = self.cx.elapsed();
        let is_new = self.watching.scope.as_ref() != Some(&look.scope);
        if is_new {
            self.watching.watcher.reaches.watches_others();
        }
        let horizon = self.watching.watcher.reaches.horizon(&look.reach);
        let source = Source::Look(look.reach.clone(), horizon);
        let mut changes = self.evaluate(found, trigger, &source)?;
        let evidence = Evidence {
            asked: self.watching.began,
            kind: look.kind,
            apart: self.apart(),
        };
        let mut missing = self.missing_from(found, &look, evidence, trigger)?;
        changes.append(&mut missing.changes);
        if let (true, Ok(text)) = (is_new, serde_json::to_string(&look.scope)) {
            changes.push(Change::Kept(StateKey::FirstLook, text));
        }
        if self.watching.backlog > 0 {
            changes.push(Change::AllLookedUp(self.watching.backlog));
            // Should the list lag behind the events, the next look finds the rest.
            self.watching.next_poll = now + self.cx.interval();
        }
        let mut reaches = self.watching.watcher.reaches.clone();
        reaches.complete(&look.reach, self.watching.began_ms, look.skipped.is_empty());
        if self.watching.watcher.keeps_reach(!changes.is_empty(), now)
            && let Ok(text) = serde_json::to_string(&reaches)
        {
            changes.push(Change::Kept(StateKey::Reaches, text));
        }
        self.cx
            .wiring
            .failpoints
            .pass(Side::Before, Failpoint::PollWrite);
        if self.cx.try_commit(&changes) {
            self.missing_is_written(missing);
            self.remember(found, &look.skipped);
            self.watching.scope = Some(look.scope);
            self.watching.last_checked_ms = Some(self.cx.now_ms());
            self.watching.watcher.reaches = reaches;
            self.watching.watcher.last_reach = Some(look.reach);
            self.watching
                .watcher
                .look_is_over(look.kind, look.rows, now);
            self.noticed_in_lever(found);
        }
        self.cx
            .wiring
            .failpoints
            .pass(Side::After, Failpoint::PollWrite);
        Ok(())
    }

    /// Two looks count as two when they lie so far apart.
    fn apart(&self) -> Duration {
        self.cx.usual_interval().min(APART).mul_f64(0.8)
    }

    pub(super) fn hint_read(
        &mut self,
        id: &OpportunityId,
        read: Result<Opportunity, lever::Error>,
        trigger: Trigger,
    ) {
        let changes = match &read {
            Ok(found) => self.evaluate(std::slice::from_ref(found), trigger, &Source::Read),
            // One answer is no proof: the next looks tell.
            Err(lever::Error::Gone { .. }) => Ok(Vec::new()),
            Err(error) => return self.hint_failed(id, error),
        };
        match changes {
            Ok(changes) => {
                if self.cx.try_commit(&changes) {
                    self.read_in_lever(id, read.as_ref().ok());
                    self.note_reading(id.clone(), read.ok());
                }
            }
            Err(error) => self.cx.ledger_failed(&error),
        }
    }

    /// A hint can be about anybody, also somebody whom the key may not see: what is wrong with
    /// one must not stop the others.
    fn hint_failed(&mut self, id: &OpportunityId, error: &lever::Error) {
        self.cx
            .item_failed(Thing::Candidate(id.clone()), &of_lever(error));
    }

    /// The next whole look thinks about this one again, although the list may show no change:
    /// something else has changed the row since.
    pub(super) fn evaluate_again(&mut self, id: &OpportunityId) {
        self.watching.fingerprints.insert(id.clone(), 0);
        self.watching.readings.forget(id);
    }

    fn remember(&mut self, opportunities: &[Opportunity], skipped: &Skipped) {
        let before = std::mem::take(&mut self.watching.fingerprints);
        let newer = self.watching.readings.newer_than(self.watching.began);
        let newer = newer.filter(|one| before.contains_key(&one.id));
        self.watching.fingerprints = opportunities
            .iter()
            .chain(newer)
            .map(|one| (one.id.clone(), fingerprint(one)))
            .collect();
        // Whoever could not be read is still there, as far as anybody knows.
        let unread = before.keys().filter(|id| skipped.may_be(id.as_str()));
        for id in self.watching.watcher.absences.ids().chain(unread) {
            let known = before.get(id).copied().unwrap_or_default();
            self.watching
                .fingerprints
                .entry(id.clone())
                .or_insert(known);
        }
        let there = &self.watching.fingerprints;
        self.watching.with_link.retain(|id| there.contains_key(id));
        self.watching.knows_who_was_there = true;
    }

    /// Tells the others who is seen for the first time.
    fn signal_found(&mut self, found: &[Opportunity]) {
        let new = found.iter().filter(|one| !self.watching.shows(&one.id));
        let new: Vec<Opportunity> = new.cloned().collect();
        let stages = self.watched_stages();
        if !new.is_empty() && !stages.is_empty() {
            self.cx.signal(Signal::Found(new, stages));
        }
    }

    /// Tells the others what a look at everybody showed.
    fn noticed_in_lever(&mut self, found: &[Opportunity]) {
        let listed = found.iter().map(|one| (one.id.clone(), one.updated_at_ms));
        self.cx.signal(Signal::Listed(listed.collect()));
        self.signal_anonymised(found);
    }

    fn signal_anonymised(&mut self, found: &[Opportunity]) {
        let anonymised = found.iter().filter(|one| one.is_anonymized);
        let anonymised: Vec<_> = anonymised.map(|one| one.id.clone()).collect();
        if !anonymised.is_empty() {
            self.cx.signal(Signal::Anonymised(anonymised));
        }
    }

    /// Tells the others that one was read by itself; `None`: Lever no longer has it.
    pub(super) fn read_in_lever(&mut self, id: &OpportunityId, found: Option<&Opportunity>) {
        match found {
            Some(found) => {
                self.cx.signal(Signal::Read(id.clone()));
                self.signal_anonymised(std::slice::from_ref(found));
            }
            None => self.cx.signal(Signal::Gone(id.clone())),
        }
    }

    /// What a look-up of one opportunity said, in place of what the last look at everybody did.
    pub(super) fn note_reading(&mut self, id: OpportunityId, found: Option<Opportunity>) {
        let is_here =
            matches!(self.cx.store.ledger.row(&id), Ok(Some(row)) if row.left_ms.is_none());
        match found.as_ref() {
            _ if !is_here => drop(self.watching.fingerprints.remove(&id)),
            Some(one) => drop(
                self.watching
                    .fingerprints
                    .insert(id.clone(), fingerprint(one)),
            ),
            // Whether it left, the next looks tell.
            None => {}
        }
        self.watching.readings.keep(id, found, self.cx.elapsed());
    }
}
