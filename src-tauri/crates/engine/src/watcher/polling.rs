//! Looking at Lever: when, and what becomes of the answer.

use super::state::Watcher;
use crate::context::Context;
use padwatch_domain::change::{Change, StateKey, Trigger};
use std::time::Duration;

use lever::{Opportunity, Skipped};

use super::evaluation::{Source, fingerprint};
use super::look;
use crate::circuit_breaker::CircuitBreaker;
use crate::context::done::{Done, Watched};
use crate::context::{Shown, Signal};
use crate::jobs::JobId;
use crate::jobs::failpoint::{Failpoint, Side};
use padwatch_domain::reach::Reach;
use padwatch_domain::scope::Scope;
use padwatch_domain::service_error::OutageKind;
use padwatch_domain::watcher::absence::{Evidence, LookKind};
use padwatch_domain::watcher::look::{Look, NoLook, StagesRead};
use padwatch_ledger::LedgerError;

/// Two looks that lie so far apart are two, however seldom everyone is looked at.
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

impl Watcher {
    pub(super) fn poll_if_due(&mut self, cx: &mut Context<'_>) {
        let now = cx.elapsed();
        let due = cx
            .connection
            .lever_breaker
            .next_try()
            .unwrap_or(self.next_poll);
        if due > now || !cx.jobs.may_start(&JobId::Poll) {
            return;
        }
        let Some(services) = cx.connection.services.clone() else {
            return;
        };
        let plan = self.knowledge.plan(&cx.policy.settings.watch, now);
        let trigger = std::mem::replace(&mut self.trigger, Trigger::Poll);
        self.round.is_stale = false;
        self.round.began = now;
        self.round.began_ms = cx.now_ms();
        self.round.backlog = self.pile_to_answer(cx);
        cx.jobs.start(JobId::Poll, async move {
            let look = look::look(&services, plan).await;
            Done::Watched(Box::new(Watched::Polled(look, trigger)))
        });
    }

    pub(super) fn polled(
        &mut self,
        look: Result<Look, NoLook>,
        trigger: Trigger,
        cx: &mut Context<'_>,
    ) {
        cx.is_dirty = true;
        let now = cx.elapsed();
        if std::mem::take(&mut self.round.is_stale) {
            // It was asked with other settings or another key.
            self.next_poll = now;
            return;
        }
        self.next_poll = now + cx.with_jitter(cx.asks_every());
        match look {
            Err(NoLook::ServiceError(service_error)) => {
                if !service_error.passing {
                    cx.notify_outage_once(OutageKind::Lever, &service_error.problem);
                }
                cx.connection.lever_breaker = cx
                    .connection
                    .lever_breaker
                    .record_failure(service_error, now);
                self.knowledge.look_failed(now);
            }
            Err(NoLook::NothingToWatch(stages, problem)) => {
                cx.connection.lever_breaker = CircuitBreaker::Open;
                let shown: Vec<_> = stages.iter().map(|stage| stage.id.clone()).collect();
                if !cx.is_our_lever(Shown::Stages(&shown)) {
                    return;
                }
                // Before the first look the person is about to choose anyway.
                if self.scope.is_some() {
                    cx.notify_outage_once(OutageKind::Lever, &problem);
                }
                self.knowledge.nothing_to_watch(&stages, now);
                self.stage_problem = Some(problem);
                self.watched = None;
            }
            Ok(look) => self.take_in(look, trigger, cx),
        }
    }

    fn take_in(&mut self, look: Look, trigger: Trigger, cx: &mut Context<'_>) {
        let now = cx.elapsed();
        cx.connection.lever_breaker = CircuitBreaker::Open;
        if !self.shows_our_lever(&look, cx) {
            if let failed @ StagesRead::Failed(_) = look.stages {
                self.knowledge.stages_read(failed, now);
            }
            return;
        }
        cx.clear_outage(OutageKind::Lever);
        let account = self.knowledge.account.clone();
        self.knowledge.stages_read(look.stages, now);
        self.keep_account(&account, cx);
        self.stage_problem = None;
        let scope = Scope::of(&cx.policy.settings, &look.watched.stages);
        self.watched = Some(look.watched);
        let taken = Taken {
            reach: self
                .knowledge
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
        // A list is believed about those whom it shows with tag and stage, and about no one else.
        let mut found = look.opportunities;
        found.retain(|one| {
            !self.readings.supersedes(&one.id, self.round.began) && self.obstacle(one, cx).is_none()
        });
        self.signal_found(&found, cx);
        self.learn_spellings(&found, cx);
        if let Err(error) = self.write_look(&found, taken, trigger, cx) {
            cx.ledger_failed(&error);
        }
    }

    /// An account is known by its stages; where those can't be read, by those of its candidates.
    fn shows_our_lever(&mut self, look: &Look, cx: &mut Context<'_>) -> bool {
        let ids = |stages: &[lever::Stage]| -> Vec<_> {
            stages.iter().map(|stage| stage.id.clone()).collect()
        };
        match &look.stages {
            StagesRead::Complete(stages) => cx.is_our_lever(Shown::Stages(&ids(stages))),
            StagesRead::InDoubt(stages) if !stages.is_empty() => {
                cx.is_our_lever(Shown::Stages(&ids(stages)))
            }
            _ => {
                let listed = look.opportunities.iter();
                let stages: Vec<_> = listed.filter_map(|one| one.stage.clone()).collect();
                cx.is_our_lever(Shown::SomeStages(&stages))
            }
        }
    }

    fn write_look(
        &mut self,
        found: &[Opportunity],
        look: Taken,
        trigger: Trigger,
        cx: &mut Context<'_>,
    ) -> Result<(), LedgerError> {
        let now = cx.elapsed();
        let is_new = self.scope.as_ref() != Some(&look.scope);
        if is_new {
            self.knowledge.reaches.watches_others();
        }
        let horizon = self.knowledge.reaches.horizon(&look.reach);
        let source = Source::Look(look.reach.clone(), horizon);
        let mut changes = self.evaluate(found, trigger, &source, cx)?;
        let evidence = Evidence {
            asked: self.round.began,
            kind: look.kind,
            apart: self.apart(cx),
        };
        let mut missing = self.missing_from(found, &look, evidence, trigger, cx)?;
        changes.append(&mut missing.changes);
        if let (true, Ok(text)) = (is_new, serde_json::to_string(&look.scope)) {
            changes.push(Change::Kept(StateKey::FirstLook, text));
        }
        if self.round.backlog > 0 {
            changes.push(Change::AllLookedUp(self.round.backlog));
            // Should the list lag behind the events, the next look finds the rest.
            self.next_poll = now + cx.interval();
        }
        let mut reaches = self.knowledge.reaches.clone();
        reaches.complete(&look.reach, self.round.began_ms, look.skipped.is_empty());
        if self.knowledge.keeps_reach(!changes.is_empty(), now)
            && let Ok(text) = serde_json::to_string(&reaches)
        {
            changes.push(Change::Kept(StateKey::Reaches, text));
        }
        cx.wiring
            .failpoints
            .pass(Side::Before, Failpoint::PollWrite);
        if cx.try_commit(&changes) {
            self.missing_is_written(missing, cx);
            self.remember(found, &look.skipped);
            self.scope = Some(look.scope);
            self.last_checked_ms = Some(cx.now_ms());
            self.knowledge.reaches = reaches;
            self.knowledge.last_reach = Some(look.reach);
            self.knowledge.look_is_over(look.kind, look.rows, now);
            self.noticed_in_lever(found, cx);
        }
        cx.wiring.failpoints.pass(Side::After, Failpoint::PollWrite);
        Ok(())
    }

    /// Two looks count as two when they lie so far apart.
    fn apart(&self, cx: &Context<'_>) -> Duration {
        cx.usual_interval().min(APART).mul_f64(0.8)
    }

    fn remember(&mut self, opportunities: &[Opportunity], skipped: &Skipped) {
        let before = std::mem::take(&mut self.fingerprints);
        let newer = self.readings.newer_than(self.round.began);
        let newer = newer.filter(|one| before.contains_key(&one.id));
        self.fingerprints = opportunities
            .iter()
            .chain(newer)
            .map(|one| (one.id.clone(), fingerprint(one)))
            .collect();
        // Anyone who could not be read is still there, as far as anyone knows.
        let unread = before.keys().filter(|id| skipped.may_be(id.as_str()));
        for id in self.knowledge.absences.ids().chain(unread) {
            let known = before.get(id).copied().unwrap_or_default();
            self.fingerprints.entry(id.clone()).or_insert(known);
        }
        let there = &self.fingerprints;
        self.with_link.retain(|id| there.contains_key(id));
        self.knows_who_was_there = true;
    }

    /// Tells the others who is seen for the first time.
    fn signal_found(&mut self, found: &[Opportunity], cx: &mut Context<'_>) {
        let new = found.iter().filter(|one| !self.shows(&one.id));
        let new: Vec<Opportunity> = new.cloned().collect();
        let stages = self.watched_stages();
        if !new.is_empty() && !stages.is_empty() {
            cx.signal(Signal::Found(new, stages));
        }
    }

    /// Tells the others what a look at everyone showed.
    fn noticed_in_lever(&mut self, found: &[Opportunity], cx: &mut Context<'_>) {
        let listed = found
            .iter()
            .map(|one| (one.id.clone(), one.course.updated_at_ms));
        cx.signal(Signal::Listed(listed.collect()));
        self.signal_anonymised(found, cx);
    }

    pub(super) fn signal_anonymised(&mut self, found: &[Opportunity], cx: &mut Context<'_>) {
        let anonymised = found.iter().filter(|one| one.is_anonymized);
        let anonymised: Vec<_> = anonymised.map(|one| one.id.clone()).collect();
        if !anonymised.is_empty() {
            cx.signal(Signal::Anonymised(anonymised));
        }
    }

    pub(crate) fn next_poll(&self, cx: &Context<'_>) -> Option<Duration> {
        if !cx.jobs.may_start(&JobId::Poll) {
            return None;
        }
        let next_try = cx.connection.lever_breaker.next_try();
        Some(next_try.unwrap_or(self.next_poll))
    }
}
