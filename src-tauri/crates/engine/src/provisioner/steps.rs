//! Starting the steps of a creation, as far as breakers and guards let them.

use super::beside::Beside;
use super::state::{Provisioner, StepInFlight};
use crate::context::Context;
use crate::context::done::{Done, Provisioned};
use std::time::Duration;

use super::requests::former;
use super::requests::{linking, prepare};
use crate::circuit_breaker::CircuitBreaker;
use crate::jobs::JobId;
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::lifecycle::{Consent, Lifecycle};
use padwatch_domain::service_error::OutageKind;
use padwatch_domain::thing::Thing;
use padwatch_domain::transition;
use padwatch_domain::transition::former::Former;
use padwatch_domain::transition::linking::Others;
use padwatch_ledger::{Due, LedgerError};

/// Steps under way at once. Lever's pace is the limit, not these.
const AT_ONCE: usize = 4;
/// How many rows of one kind are looked at for something to start.
const LOOKED_AT: usize = 64;
/// So long after a link was put on a profile without trouble, several may be made at once.
const WARM: Duration = Duration::from_secs(60);

impl Provisioner {
    pub(super) fn start_steps(&mut self, beside: &dyn Beside, cx: &mut Context<'_>) {
        if let Err(error) = self.try_start_steps(beside, cx) {
            cx.ledger_failed(&error);
        }
    }

    /// Links first: until it is on the profile, no one else can see that there is a pad.
    fn try_start_steps(
        &mut self,
        beside: &dyn Beside,
        cx: &mut Context<'_>,
    ) -> Result<(), LedgerError> {
        let now_ms = cx.now_ms();
        let most = LOOKED_AT + cx.connection.failing.count_waiting();
        for row in cx.store.ledger.due(Due::Hold, now_ms, most)? {
            self.hold_may_be_over(row, now_ms, cx);
        }
        for row in cx.store.ledger.due(Due::Linking, now_ms, most)? {
            let link = Thing::Link(row.opportunity.clone());
            if self.may_start(&row, &link, cx)
                && cx.connection.lever_breaker.permits(AT_ONCE) > self.under_way.len()
            {
                self.start_linking(row, beside, cx)?;
            }
        }
        let waiting = cx.store.ledger.due(Due::Making, now_ms, most)?;
        self.end_trial_for_nobody(&waiting, cx);
        for row in waiting {
            if self.may_prepare(&row, beside, cx) && self.may_make(&row, beside, cx) {
                self.start_preparing(row, beside, cx)?;
            }
        }
        for row in cx.store.ledger.due(Due::Adopting, now_ms, most)? {
            if self.may_prepare(&row, beside, cx) {
                self.start_preparing(row, beside, cx)?;
            }
        }
        Ok(())
    }

    /// One step at a time for each person: their candidacies share the links.
    pub(super) fn may_start(&self, row: &Candidacy, thing: &Thing, cx: &Context<'_>) -> bool {
        let now = cx.elapsed();
        let contact = row.seen.contact.as_ref();
        let same_person =
            |step: &StepInFlight| contact.is_some() && step.row.seen.contact.as_ref() == contact;
        cx.connection.failing.is_due(thing, now)
            && cx.jobs.may_start(&JobId::Step(row.opportunity.clone()))
            && !self.under_way.contains_key(&row.opportunity)
            && !self.under_way.values().any(same_person)
    }

    fn may_prepare(&self, row: &Candidacy, beside: &dyn Beside, cx: &Context<'_>) -> bool {
        self.may_start(row, &Thing::Candidate(row.opportunity.clone()), cx)
            && self.has_room(beside, cx)
    }

    /// Preparing needs both services: a profile, and the pads that it links to.
    fn has_room(&self, beside: &dyn Beside, cx: &Context<'_>) -> bool {
        let room = cx.both_gates_let_through(AT_ONCE);
        beside.knows_whom_to_watch(cx) && self.under_way.len() < room
    }

    fn may_make(&self, row: &Candidacy, beside: &dyn Beside, cx: &Context<'_>) -> bool {
        cx.policy.set_up.lets_create()
            && !self.goes_alone(cx)
            && cx.policy.creation_off.is_none()
            && !beside.search_holds_back(row)
            && cx.connection.coderpad_has_answered
            && self.has_quota()
            && !self.is_left_to_rival(row, beside, cx)
    }

    /// The first of several goes alone: if another program makes pads for the same people, it
    /// shows by one pad too many, not by four. Once it has shown, they go one by one.
    fn goes_alone(&self, cx: &Context<'_>) -> bool {
        let raise_concurrency = self.ramp_up_until > cx.elapsed();
        let has_rival = self.rival.is_some_and(|rival| rival.is_there(cx.now_ms()));
        let is_being_made = self.under_way.values().any(|step| step.is_for_a_new_pad());
        (!raise_concurrency || has_rival) && is_being_made
    }

    /// Several may be made at once for a while.
    pub(super) fn raise_concurrency(&mut self, cx: &mut Context<'_>) {
        self.ramp_up_until = cx.elapsed() + WARM;
    }

    /// A trial that no one is left for would never end.
    fn end_trial_for_nobody(&mut self, waiting: &[Candidacy], cx: &mut Context<'_>) {
        let is_trial = matches!(
            cx.connection.coderpad_breaker,
            CircuitBreaker::HalfOpen { .. }
        );
        if is_trial && waiting.is_empty() && self.under_way.is_empty() {
            cx.connection.coderpad_breaker = CircuitBreaker::Open;
            cx.clear_outage(OutageKind::Coderpad);
        }
    }

    fn start_preparing(
        &mut self,
        row: Candidacy,
        beside: &dyn Beside,
        cx: &mut Context<'_>,
    ) -> Result<(), LedgerError> {
        let candidate = Thing::Candidate(row.opportunity.clone());
        let Some(services) = cx.services_for(&candidate) else {
            return Ok(());
        };
        let question = transition::prepare::Question {
            title: self.title_read_for(&row, cx),
            confidential: self.confidential_job(&row, cx),
            row: row.clone(),
            fresh: beside.fresh(&row.opportunity, cx.elapsed()),
            not_its_own: cx.not_its_own(&row)?,
            has_siblings: cx.has_siblings(&row)?,
            settings: cx.policy.settings.clone(),
            watched: beside.watched_stages(),
        };
        let former = self.former_pads(&row, cx)?;
        // A person who was told that a pad can't be checked, and wants another, is taken at their
        // word; a pad that can be checked by now is used all the same.
        let anyway = matches!(
            row.life,
            Lifecycle::Eligible {
                consent: Consent::UserOverride
            }
        );
        let id = row.opportunity.clone();
        self.begin(
            row,
            async move {
                match former::read(&services, &former).await {
                    Former::Gone => {}
                    Former::Unknown if anyway => {}
                    decided => {
                        return Done::Provisioned(Box::new(Provisioned::FormerRead(id, decided)));
                    }
                }
                let (prepared, title) = prepare::prepare(&services, &question).await;
                Done::Provisioned(Box::new(Provisioned::Prepared(id, prepared, title)))
            },
            cx,
        );
        Ok(())
    }

    fn start_linking(
        &mut self,
        row: Candidacy,
        beside: &dyn Beside,
        cx: &mut Context<'_>,
    ) -> Result<(), LedgerError> {
        let link = Thing::Link(row.opportunity.clone());
        let (Some(services), Some(pad)) = (cx.services_for(&link), row.life.pad().cloned()) else {
            return Ok(());
        };
        let has_waited =
            cx.connection.failing.failures(&link) >= transition::linking::WAITS_FOR_OTHERS;
        let others = match (has_waited, cx.connection.coderpad_breaker.service_error()) {
            (true, _) => Others::AsFarAsReadable,
            (false, Some(service_error)) if !cx.connection.coderpad_breaker.permits_reads() => {
                Others::NotNow(service_error.clone())
            }
            (false, _) => Others::All,
        };
        let id = row.opportunity.clone();
        let question = transition::linking::Question {
            opportunity: id.clone(),
            pad,
            not_its_own: cx.not_its_own(&row)?,
            former: cx.former_pads(&row)?,
            has_siblings: cx.has_siblings(&row)?,
            watched: beside.watched_stages(),
            in_hand: row.is_in_hand(),
            others,
        };
        self.begin(
            row,
            async move {
                Done::Provisioned(Box::new(Provisioned::Linked(
                    id,
                    linking::link(&services, &question).await,
                )))
            },
            cx,
        );
        Ok(())
    }

    pub(crate) fn begin(
        &mut self,
        row: Candidacy,
        step: impl Future<Output = Done> + Send + 'static,
        cx: &mut Context<'_>,
    ) {
        let id = row.opportunity.clone();
        if let Some(run) = cx.jobs.start(JobId::Step(id.clone()), step) {
            self.under_way.insert(id, StepInFlight { row, run });
        }
    }

    /// When a candidacy is due for its next step, or something that failed is tried again.
    pub(super) fn next_step(&self, now: Duration, cx: &Context<'_>) -> Option<Duration> {
        let now_ms = cx.now_ms();
        let due_ms = cx.store.ledger.next_due_ms(now_ms).ok().flatten();
        let due = due_ms.map(|due_ms| {
            let wait = u64::try_from(due_ms.saturating_sub(now_ms)).unwrap_or_default();
            now + Duration::from_millis(wait)
        });
        let again = cx.connection.failing.next_wake(now);
        due.into_iter().chain(again).min()
    }
}
