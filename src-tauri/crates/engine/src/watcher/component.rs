//! The watcher's turn: when it polls Lever and what becomes of the answer. What its other jobs bring
//! stands in a file for each kind.

use std::time::Duration;

use lever::{Opportunity, Skipped};

use super::evaluation::Source;
use super::look;
use super::state::Watcher;
use crate::circuit_breaker::CircuitBreaker;
use crate::context::done::{Done, Watched};
use crate::context::{Context, Shown};
use crate::jobs::failpoint::{Failpoint, Side};
use crate::jobs::{JobId, Lost};
use padwatch_domain::change::{Change, StateKey, Trigger};
use padwatch_domain::reach::Reach;
use padwatch_domain::scope::Scope;
use padwatch_domain::service_error::OutageKind;
use padwatch_domain::thing::Thing;
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
    pub(crate) fn on_tick(&mut self, cx: &mut Context<'_>) {
        if cx.may_work() {
            self.poll_if_due(cx);
        }
        if cx.is_bound() {
            self.read_tags_if_due(cx);
            self.look_up_if_due(cx);
        }
    }

    pub(crate) fn next_wake(&self, now: Duration, cx: &Context<'_>) -> Option<Duration> {
        if !cx.may_work() {
            return None;
        }
        let poll = self.next_poll(cx);
        if !cx.is_bound() {
            return poll;
        }
        let others = [self.next_tags(cx), self.next_look_up(now, cx)];
        others.into_iter().flatten().chain(poll).min()
    }

    pub(crate) fn next_poll(&self, cx: &Context<'_>) -> Option<Duration> {
        if !cx.jobs.may_start(&JobId::Poll) {
            return None;
        }
        let next_try = cx.connection.lever_breaker.next_try();
        Some(next_try.unwrap_or(self.next_poll))
    }

    pub(crate) fn on_result(&mut self, watched: Watched, cx: &mut Context<'_>) {
        match watched {
            Watched::Polled(look, trigger) => self.polled(look, trigger, cx),
            Watched::Hinted(id, read, trigger) => self.hint_read(&id, read, trigger, cx),
            Watched::MissedRead(id, read) => self.missed_read(&id, read, cx),
            Watched::TagsRead(read) => self.tags_read(read, cx),
            Watched::LookedUp(hint, read) => self.looked_up(hint, read, cx),
        }
    }

    /// The same for what was asked with earlier keys: it is asked again.
    pub(crate) fn on_stale_result(&mut self, watched: &Watched, now: Duration) {
        match watched {
            Watched::Polled(..) => {
                self.round.is_stale = false;
                self.next_poll = now;
            }
            Watched::LookedUp(..) => self.hints.may_have_hints = true,
            Watched::Hinted(..) | Watched::MissedRead(..) | Watched::TagsRead(_) => {}
        }
    }

    /// One of its jobs panicked or was given up.
    pub(crate) fn on_lost(&mut self, job: JobId, lost: Lost, cx: &mut Context<'_>) {
        let now = cx.elapsed();
        match job {
            JobId::LookUp(id) => {
                self.hints.may_have_hints = true;
                cx.thing_lost(Thing::Candidate(id), lost);
            }
            JobId::HintRead(id) => {
                self.evaluate_again(&id);
                self.next_poll = now;
            }
            JobId::MissedRead(id) => self.knowledge.absences.read_said_nothing(&id, now),
            _ => {
                self.round.is_stale = false;
                self.next_poll = now;
                self.knowledge.look_failed(now);
            }
        }
    }

    fn poll_if_due(&mut self, cx: &mut Context<'_>) {
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

    fn polled(&mut self, look: Result<Look, NoLook>, trigger: Trigger, cx: &mut Context<'_>) {
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
        // A list proves the tag and stage of the candidates in it, and nothing about anyone else.
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
}
