//! Taking in what came of the steps.

use std::time::Duration;

use coderpad::PadId;
use lever::OpportunityId;

use super::{Change, Owner};
use crate::circuit_breaker::CircuitBreaker;
use crate::done::Done;
use crate::failpoint::{Failpoint, Side};
use crate::jobs::Ended;
use crate::provisioning::create;
use padwatch_domain::blast_radius::BlastRadius;
use padwatch_domain::candidacy::{Candidacy, Seen};
use padwatch_domain::lifecycle::{Asker, Consent, Lifecycle, PadDoubt};
use padwatch_domain::rules;
use padwatch_domain::service_error::{OutageKind, Service};
use padwatch_domain::thing::Thing;
use padwatch_domain::transition;
use padwatch_domain::transition::Transition;
use padwatch_domain::transition::linking::LinkOutcome;
use padwatch_domain::transition::prepare::{Adoptable, Prepared};
use padwatch_domain::transition::scan::SearchSchedule;
use padwatch_ledger::LedgerError;

/// Two that come within this time are no chance.
const SOON: Duration = Duration::from_secs(120);
/// How often a pad is asked for that CoderPad doesn't answer about before the person is asked.
const TRIES_AT_A_PAD: u32 = 3;

impl Owner<'_> {
    /// What was begun under the keys in use counts; the rest only as far as it is true anyway.
    pub(super) fn job_ended(&mut self, ended: Ended<Done>) {
        // What a result means may depend on how long ago something was.
        self.detect_clock_jump();
        let Ended {
            id,
            task,
            epoch,
            outcome,
        } = ended;
        match outcome {
            Ok(done) if self.cx.jobs.is_current(epoch) => self.apply_result(done),
            Ok(done) => self.take_stale(done),
            Err(lost) => self.job_lost(id, lost),
        }
        // A step is under way exactly as long as its task is.
        self.provisioning
            .under_way
            .retain(|_, step| step.task != task);
    }

    pub(super) fn apply_result(&mut self, done: Done) {
        match done {
            Done::Polled(look, trigger) => self.watching.polled(*look, trigger, &mut self.cx),
            Done::Hinted(id, read, trigger) => {
                self.watching.hint_read(&id, *read, trigger, &mut self.cx)
            }
            Done::MissedRead(id, read) => self.watching.missed_read(&id, *read, &mut self.cx),
            Done::TagsRead(read) => self.watching.tags_read(read, &mut self.cx),
            Done::LookedUp(hint, read) => self.watching.looked_up(hint, *read, &mut self.cx),
            Done::Prepared(id, prepared, title) => {
                self.note_title(title);
                self.prepared(&id, *prepared);
            }
            Done::FormerRead(id, former) => self.former_read(&id, former),
            Done::Created(id, outcome) => {
                let root = self.cx.wiring.coderpad_root.clone();
                let succeeded = outcome.is_ok();
                let settle =
                    |row, now_ms| transition::create::on_answer(row, *outcome, &root, now_ms);
                self.on_step_ended(&id, Failpoint::CreateWrite, settle);
                self.after_creation(&id, succeeded);
            }
            Done::Linked(id, outcome) => self.linked(&id, outcome),
            Done::Looked(ids, looked) => self.reconciling.looked(&ids, *looked, &mut self.cx),
            Done::Titled(posting, read) => self.title_read(posting, *read),
            Done::Quota(quota) => self.quota_read(quota),
            Done::Identified(identity) => self.cx.identified(identity),
            Done::Searched(marked) => self.reconciling.searched(marked, &mut self.cx),
            Done::PadSeen(id, pad, reply) => self.pad_seen(&id, *pad, reply),
            Done::LinkFound(id, found, reply) => self.link_found(&id, found, reply),
            Done::TakenBack(id, pad, outcome, reply) => self.taken_back(&id, &pad, outcome, reply),
            Done::InvitationRead(id, facts, reply) => self.invitation_read(id, *facts, reply),
            Done::Tagged(id, tagging, read, reply) => self.tagged(&id, tagging, *read, reply),
            Done::Followed(outcome) => self.tracking.on_result(*outcome, &mut self.cx),
            Done::Noted(outcome) => self.notes.noted(*outcome, &mut self.cx),
            Done::PadMissing(id, pad) => self.tracking.pad_not_found(&id, &pad, &mut self.cx),
            Done::PersonRead(id, read) => {
                self.tracking.wake(self.cx.elapsed());
                self.retention.person_read(&id, *read, &mut self.cx);
            }
            Done::DeletionsRead(deleted, until_ms) => {
                self.tracking.wake(self.cx.elapsed());
                self.retention
                    .deletions_read(deleted, until_ms, &mut self.cx);
            }
            Done::LinkChecked(checked) => self.link_checked(checked),
            Done::Answered => {}
        }
    }

    /// The intent is on the disk before the request leaves; if it can't be written, nothing leaves.
    fn prepared(&mut self, id: &OpportunityId, prepared: Prepared) {
        let Some(step) = self.provisioning.under_way.remove(id) else {
            return;
        };
        self.watching.with_link.remove(id);
        let row = match self.cx.store.ledger.row(id) {
            Ok(row) => row.unwrap_or(step.row),
            Err(error) => return self.cx.ledger_failed(&error),
        };
        let prepared = match self.cx.without_others_pad(&row, prepared) {
            Ok(prepared) => prepared,
            Err(error) => return self.cx.ledger_failed(&error),
        };
        if !self.note_how_it_went(id, &row, &prepared) {
            return;
        }
        let mut settled = transition::prepare::on_prepared(
            row,
            prepared,
            self.cx.wiring.rng.as_ref(),
            self.cx.now_ms(),
        );
        self.sign(&mut settled);
        self.cx.apply_side_effects(&settled);
        if let Some(seen) = settled.changes.iter().find_map(seen_of_intent)
            && !self.is_still_wanted(id, seen)
        {
            return;
        }
        self.cx
            .wiring
            .failpoints
            .pass(Side::Before, Failpoint::IntentWrite);
        let written = self.cx.try_commit(&settled.changes);
        self.cx
            .wiring
            .failpoints
            .pass(Side::After, Failpoint::IntentWrite);
        if !written {
            return;
        }
        match self.cx.store.ledger.seal() {
            Ok(()) => self.ask_for_pad(settled),
            // Nothing has left: the row goes back to its place.
            Err(error) => {
                self.cx.ledger_failed(&error);
                self.cx.write(transition::create::not_sent(
                    settled.changes,
                    self.cx.now_ms(),
                ));
            }
        }
    }

    /// Every intent says who asks: what another key doesn't find later proves nothing.
    fn sign(&self, settled: &mut Transition) {
        let for_others =
            (self.cx.connection.services.as_ref()).is_some_and(|known| known.makes_for_others);
        let asker = self.cx.reader().map(|key| Asker { key, for_others });
        for change in &mut settled.changes {
            if let Change::Moved { row, .. } = change
                && let Lifecycle::Intent { intent } = &mut row.life
            {
                intent.asker = asker;
            }
        }
    }

    /// Much may have happened while the profile was read: a pause, a change of mind, a look at
    /// Lever that found it gone, another tag or stage to watch. The present settings decide, and
    /// the stages that they mean must be known. A row that is not wanted now is prepared again.
    fn is_still_wanted(&self, id: &OpportunityId, seen: &Seen) -> bool {
        let Ok(Some(row)) = self.cx.store.ledger.row(id) else {
            return false;
        };
        let not_watched = rules::not_watched(
            seen,
            &self.cx.policy.settings,
            &self.watching.watched_stages(&self.cx),
        );
        if !self.watching.knows_whom_to_watch(&self.cx)
            || !row.life.is_user_approved() && not_watched.is_some()
        {
            return false;
        }
        if self.provisioning.is_closing {
            return false;
        }
        let changed = rules::after_change(&row.life, &self.cx.policy.settings, self.cx.now_ms());
        !self.cx.is_out_of_place()
            && self.cx.may_work()
            && self.cx.policy.set_up.lets_create()
            && self.cx.policy.creation_off.is_none()
            && !row.is_out()
            && changed.is_none()
    }

    /// Returns true if that settles anything. A row whose preparation keeps failing waits longer
    /// and longer, so that it doesn't stand in the others' way.
    fn note_how_it_went(
        &mut self,
        id: &OpportunityId,
        row: &Candidacy,
        prepared: &Prepared,
    ) -> bool {
        let thing = Thing::Candidate(id.clone());
        match prepared {
            Prepared::Failed(service_error) => {
                self.cx.item_failed(thing, service_error);
                return false;
            }
            // The second that may not be read shows that it is the key.
            Prepared::Forbidden(service_error) => {
                return self.cx.item_failed(thing, service_error) == BlastRadius::Service;
            }
            Prepared::Unreadable(service_error) => {
                self.cx.item_failed(thing.clone(), service_error);
                if !self.cx.connection.failing.is_quarantined(&thing) {
                    return false;
                }
            }
            // A pad that may answer in a moment; what it says settles more than a question.
            Prepared::Asks(_, PadDoubt::NoAnswer) => {
                let now = self.cx.elapsed();
                let silence = padwatch_domain::service_error::no_clear_answer(None);
                self.cx
                    .connection
                    .failing
                    .count(thing.clone(), &silence, now);
                if self.cx.connection.failing.failures(&thing) < TRIES_AT_A_PAD {
                    return false;
                }
            }
            // The list may still show what it showed: the next look thinks about it anew.
            Prepared::Left { .. } => self.watching.evaluate_again(id, &mut self.cx),
            Prepared::Adopt(found) => self.note_adoption(row, found),
            _ => {}
        }
        if matches!(prepared, Prepared::Unreadable(_)) {
            self.cx.connection.failing.clear(&thing);
        } else {
            self.cx.item_succeeded(Service::Lever, &thing);
            self.cx.clear_outage(OutageKind::Reading);
        }
        true
    }

    /// Somebody else's pad for somebody who has just come is a trace of another program; of an
    /// older one, or one that we can't read, that can't be said before it happens again.
    fn note_adoption(&mut self, row: &Candidacy, found: &Adoptable) {
        if matches!(
            row.life,
            Lifecycle::Eligible {
                consent: Consent::AdoptOnly(_)
            }
        ) {
            return;
        }
        let (now, now_ms) = (self.cx.elapsed(), self.cx.now_ms());
        let before = self.provisioning.adopted.replace(now);
        let again = before.is_some_and(|before| now.saturating_sub(before) < SOON);
        let is_new = found
            .made_ms
            .is_some_and(|made_ms| now_ms.saturating_sub(made_ms).abs() < whole_ms(SOON));
        if again || is_new {
            self.rival_seen();
        }
    }

    fn ask_for_pad(&mut self, settled: Transition) {
        let Some(services) = self.cx.connection.services.clone() else {
            return;
        };
        for change in settled.changes {
            let Change::Moved { row, .. } = change else {
                continue;
            };
            let Lifecycle::Intent { intent } = &row.life else {
                continue;
            };
            let pad = transition::create::new_pad(&row, intent, &self.cx.policy.settings.pads);
            let (services, id) = (services.clone(), row.opportunity.clone());
            self.begin(*row, async move {
                Done::Created(id, Box::new(create::create(&services, &pad).await))
            });
        }
    }

    pub(super) fn linked(&mut self, id: &OpportunityId, outcome: LinkOutcome) {
        let thing = Thing::Link(id.clone());
        match &outcome {
            LinkOutcome::Failed(service_error) => {
                self.provisioning.under_way.remove(id);
                self.cx.item_failed(thing, service_error);
                return;
            }
            LinkOutcome::Forbidden(service_error)
                if self.cx.item_failed(thing.clone(), service_error) == BlastRadius::Item =>
            {
                self.provisioning.under_way.remove(id);
                return;
            }
            LinkOutcome::There | LinkOutcome::Beside(_) => {
                self.cx.item_succeeded(Service::Lever, &thing);
                self.raise_concurrency();
                self.cx.clear_outage(OutageKind::Linking);
            }
            LinkOutcome::GaveWay(_) => {
                self.cx.item_succeeded(Service::Lever, &thing);
                self.gave_way();
                self.cx.clear_outage(OutageKind::Linking);
            }
            _ => {}
        }
        let anothers = match self.gave_way_to_anothers(id, &outcome) {
            Ok(anothers) => anothers,
            Err(error) => {
                self.provisioning.under_way.remove(id);
                return self.cx.ledger_failed(&error);
            }
        };
        self.on_step_ended(id, Failpoint::LinkWrite, |row, now_ms| match anothers {
            Some(other) => transition::linking::not_for_this_one(row, other, now_ms),
            None => transition::linking::on_outcome(row, outcome, now_ms),
        });
    }

    /// The pad that ours gave way to, if the ledger knows it as somebody else's.
    fn gave_way_to_anothers(
        &self,
        id: &OpportunityId,
        outcome: &LinkOutcome,
    ) -> Result<Option<PadId>, LedgerError> {
        let (LinkOutcome::GaveWay(other), Some(step)) =
            (outcome, self.provisioning.under_way.get(id))
        else {
            return Ok(None);
        };
        let is_anothers = self.cx.is_anothers(&step.row, &other.id)?;
        Ok(is_anothers.then(|| other.id.clone()))
    }

    /// Takes in a step whose outcome must not get lost.
    pub(super) fn on_step_ended(
        &mut self,
        id: &OpportunityId,
        at: Failpoint,
        settle: impl FnOnce(Candidacy, i64) -> Transition,
    ) {
        let Some(step) = self.provisioning.under_way.remove(id) else {
            return;
        };
        let row = match self.cx.store.ledger.row(id) {
            Ok(row) => row.unwrap_or(step.row),
            Err(error) => {
                self.cx.ledger_failed(&error);
                step.row
            }
        };
        let settled = settle(row, self.cx.now_ms());
        self.cx.apply_side_effects(&settled);
        self.cx.wiring.failpoints.pass(Side::Before, at);
        self.cx.write(settled.changes);
        self.cx.wiring.failpoints.pass(Side::After, at);
    }

    fn after_creation(&mut self, id: &OpportunityId, succeeded: bool) {
        let now = self.cx.elapsed();
        if succeeded {
            self.cx.pad_is_there(id, self.cx.reader());
        }
        let is_uncertain = matches!(self.cx.store.ledger.row(id), Ok(Some(row)) if matches!(row.life, Lifecycle::Uncertain { .. }));
        if is_uncertain {
            self.reconciling.look_for(id.clone(), now);
        }
        if !succeeded {
            return;
        }
        self.cx
            .item_succeeded(Service::Coderpad, &Thing::Candidate(id.clone()));
        if matches!(
            self.cx.connection.coderpad_breaker,
            CircuitBreaker::HalfOpen { .. }
        ) {
            self.cx.connection.coderpad_breaker = CircuitBreaker::Open;
            self.cx.coderpad_is_back();
        }
        let Some(quota) = self.provisioning.quota.as_mut() else {
            return;
        };
        quota.used = quota.used.saturating_add(1);
        quota.remaining = quota.remaining.map(|left| left.saturating_sub(1));
        let low = self.cx.policy.settings.guards.low_quota;
        if quota
            .left()
            .is_some_and(|left| left <= low.saturating_add(2))
        {
            self.provisioning.next_quota = now;
        }
    }
}

fn whole_ms(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

/// What Lever said of the candidate whose pad is about to be asked for.
fn seen_of_intent(change: &Change) -> Option<&Seen> {
    match change {
        Change::Moved { row, .. } if matches!(row.life, Lifecycle::Intent { .. }) => {
            Some(&row.seen)
        }
        _ => None,
    }
}
