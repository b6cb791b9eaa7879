//! Starting the steps of a creation, as far as gates and guards let them.

use std::time::Duration;

use coderpad::Quota;

use super::{Change, Owner, StateKey, StepInFlight, Trigger};
use crate::circuit_breaker::CircuitBreaker;
use crate::done::Done;
use crate::jobs::JobId;
use crate::provisioning::former;
use crate::provisioning::{linking, prepare};
use padwatch_domain::announcement::News;
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::lifecycle::{Consent, Hold, Lifecycle};
use padwatch_domain::rival::Rival;
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

impl StepInFlight {
    fn is_for_a_new_pad(&self) -> bool {
        match &self.row.life {
            Lifecycle::Eligible { consent } => !matches!(consent, Consent::AdoptOnly(_)),
            Lifecycle::Intent { .. } | Lifecycle::Created { .. } => true,
            _ => false,
        }
    }
}

impl Owner<'_> {
    pub(super) fn start_steps(&mut self) {
        if let Err(error) = self.try_start_steps() {
            self.cx.ledger_failed(&error);
        }
    }

    /// Links first: until it is on the profile, nobody else can see that there is a pad.
    fn try_start_steps(&mut self) -> Result<(), LedgerError> {
        let now_ms = self.cx.now_ms();
        let most = LOOKED_AT + self.cx.connection.failing.count_waiting();
        for row in self.cx.store.ledger.due(Due::Hold, now_ms, most)? {
            self.hold_may_be_over(row, now_ms);
        }
        for row in self.cx.store.ledger.due(Due::Linking, now_ms, most)? {
            let link = Thing::Link(row.opportunity.clone());
            if self.may_start(&row, &link)
                && self.cx.connection.lever_breaker.permits(AT_ONCE)
                    > self.provisioning.under_way.len()
            {
                self.start_linking(row)?;
            }
        }
        let waiting = self.cx.store.ledger.due(Due::Making, now_ms, most)?;
        self.end_trial_for_nobody(&waiting);
        for row in waiting {
            if self.may_prepare(&row) && self.may_make(&row) {
                self.start_preparing(row)?;
            }
        }
        for row in self.cx.store.ledger.due(Due::Adopting, now_ms, most)? {
            if self.may_prepare(&row) {
                self.start_preparing(row)?;
            }
        }
        Ok(())
    }

    /// One step at a time for each person: their candidacies share the links.
    fn may_start(&self, row: &Candidacy, thing: &Thing) -> bool {
        let now = self.cx.elapsed();
        let contact = row.seen.contact.as_ref();
        let same_person =
            |step: &StepInFlight| contact.is_some() && step.row.seen.contact.as_ref() == contact;
        self.cx.connection.failing.is_due(thing, now)
            && self
                .cx
                .jobs
                .may_start(&JobId::Step(row.opportunity.clone()))
            && !self.provisioning.under_way.contains_key(&row.opportunity)
            && !self.provisioning.under_way.values().any(same_person)
    }

    fn may_prepare(&self, row: &Candidacy) -> bool {
        self.may_start(row, &Thing::Candidate(row.opportunity.clone())) && self.has_room()
    }

    /// Preparing needs both services: a profile, and the pads that it links to.
    fn has_room(&self) -> bool {
        let room = self.cx.both_gates_let_through(AT_ONCE);
        self.watching.knows_whom_to_watch(&self.cx) && self.provisioning.under_way.len() < room
    }

    fn may_make(&self, row: &Candidacy) -> bool {
        self.cx.policy.set_up.lets_create()
            && !self.goes_alone()
            && self.cx.policy.creation_off.is_none()
            && !self.reconciling.search_holds_back(row, &self.cx)
            && self.cx.connection.coderpad_has_answered
            && self.has_quota()
            && !self.is_left_to_rival(row)
    }

    /// The first of several goes alone: if another program makes pads for the same people, it
    /// shows by one pad too many, not by four. Once it has shown, they go one by one.
    fn goes_alone(&self) -> bool {
        let raise_concurrency = self.provisioning.ramp_up_until > self.cx.elapsed();
        let has_rival = self
            .provisioning
            .rival
            .is_some_and(|rival| rival.is_there(self.cx.now_ms()));
        let is_being_made = self
            .provisioning
            .under_way
            .values()
            .any(|step| step.is_for_a_new_pad());
        (!raise_concurrency || has_rival) && is_being_made
    }

    pub(super) fn has_quota(&self) -> bool {
        !self
            .provisioning
            .quota
            .as_ref()
            .is_some_and(Quota::is_used_up)
    }

    /// Only whom nobody has said a word about, and as long as no link is there to take over.
    pub(super) fn is_left_to_rival(&self, row: &Candidacy) -> bool {
        let by_rules = matches!(
            row.life,
            Lifecycle::Eligible {
                consent: Consent::Rules
            }
        );
        by_rules
            && !self.watching.with_link.contains(&row.opportunity)
            && self
                .provisioning
                .rival
                .is_some_and(|rival| rival.should_yield(row.since_ms, self.cx.now_ms()))
    }

    /// Several may be made at once for a while.
    pub(super) fn raise_concurrency(&mut self) {
        self.provisioning.ramp_up_until = self.cx.elapsed() + WARM;
    }

    /// A trial that nobody is left for would never end.
    fn end_trial_for_nobody(&mut self, waiting: &[Candidacy]) {
        let is_trial = matches!(
            self.cx.connection.coderpad_breaker,
            CircuitBreaker::HalfOpen { .. }
        );
        if is_trial && waiting.is_empty() && self.provisioning.under_way.is_empty() {
            self.cx.connection.coderpad_breaker = CircuitBreaker::Open;
            self.cx.clear_outage(OutageKind::Coderpad);
        }
    }

    fn hold_may_be_over(&mut self, row: Candidacy, now_ms: i64) {
        match row.life {
            Lifecycle::Held {
                hold: Hold::Until { .. },
            } => self.hold_is_over(row, now_ms),
            Lifecycle::Held {
                hold: Hold::NoLinkYet { since_ms },
            } => self.no_link_yet(row, since_ms, now_ms),
            _ => {}
        }
    }

    fn hold_is_over(&mut self, row: Candidacy, now_ms: i64) {
        let life = Lifecycle::Eligible {
            consent: Consent::Rules,
        };
        let row = row.becoming(life, "The hold time is over.", now_ms);
        self.cx.write(vec![Change::Moved {
            row: Box::new(row),
            what: "Hold over",
            trigger: Trigger::Making,
        }]);
    }

    /// Watch mode: after the time that was set, a missing link is reported.
    fn no_link_yet(&mut self, row: Candidacy, since_ms: i64, now_ms: i64) {
        let patience = i64::from(self.cx.policy.settings.guards.missing_link_after_seconds) * 1000;
        if now_ms < since_ms.saturating_add(patience) {
            return;
        }
        let told = Change::Announced(News::NoLink { who: row.who() });
        let row = row.becoming(
            Lifecycle::Held { hold: Hold::NoLink },
            "CoderPad’s integration put no link on the profile.",
            now_ms,
        );
        self.cx.write(vec![
            Change::Moved {
                row: Box::new(row),
                what: "No link appeared",
                trigger: Trigger::Poll,
            },
            told,
        ]);
    }

    fn start_preparing(&mut self, row: Candidacy) -> Result<(), LedgerError> {
        let candidate = Thing::Candidate(row.opportunity.clone());
        let Some(services) = self.cx.services_for(&candidate) else {
            return Ok(());
        };
        let question = transition::prepare::Question {
            title: self.title_read_for(&row),
            confidential: self.confidential_job(&row),
            row: row.clone(),
            fresh: self
                .watching
                .readings
                .fresh(&row.opportunity, self.cx.elapsed()),
            not_its_own: self.cx.not_its_own(&row)?,
            has_siblings: self.cx.has_siblings(&row)?,
            settings: self.cx.policy.settings.clone(),
            watched: self.watching.watched_stages(&self.cx),
        };
        let former = self.former_pads(&row)?;
        // A person who was told that a pad can't be checked, and wants another, is taken at their
        // word; a pad that can be checked by now is used all the same.
        let anyway = matches!(
            row.life,
            Lifecycle::Eligible {
                consent: Consent::UserOverride
            }
        );
        let id = row.opportunity.clone();
        self.begin(row, async move {
            match former::read(&services, &former).await {
                Former::Gone => {}
                Former::Unknown if anyway => {}
                decided => return Done::FormerRead(id, decided),
            }
            let (prepared, title) = prepare::prepare(&services, &question).await;
            Done::Prepared(id, Box::new(prepared), title)
        });
        Ok(())
    }

    fn start_linking(&mut self, row: Candidacy) -> Result<(), LedgerError> {
        let link = Thing::Link(row.opportunity.clone());
        let (Some(services), Some(pad)) = (self.cx.services_for(&link), row.life.pad().cloned())
        else {
            return Ok(());
        };
        let has_waited =
            self.cx.connection.failing.failures(&link) >= transition::linking::WAITS_FOR_OTHERS;
        let others = match (
            has_waited,
            self.cx.connection.coderpad_breaker.service_error(),
        ) {
            (true, _) => Others::AsFarAsReadable,
            (false, Some(service_error))
                if !self.cx.connection.coderpad_breaker.permits_reads() =>
            {
                Others::NotNow(service_error.clone())
            }
            (false, _) => Others::All,
        };
        let id = row.opportunity.clone();
        let question = transition::linking::Question {
            opportunity: id.clone(),
            pad,
            not_its_own: self.cx.not_its_own(&row)?,
            has_siblings: self.cx.has_siblings(&row)?,
            watched: self.watching.watched_stages(&self.cx),
            in_hand: row.is_in_hand(),
            others,
        };
        self.begin(row, async move {
            Done::Linked(id, linking::link(&services, &question).await)
        });
        Ok(())
    }

    /// A trace of another program that makes pads for the same candidates.
    pub(super) fn rival_seen(&mut self) {
        let now_ms = self.cx.now_ms();
        let known = self
            .provisioning
            .rival
            .filter(|rival| rival.is_there(now_ms));
        let rival = match known {
            Some(rival) => rival.seen_again(now_ms),
            None => Rival::seen(now_ms, self.cx.wiring.rng.fraction()),
        };
        self.remember_rival(rival);
    }

    /// Ours came second: from now on the other goes first, for another while than it gives us.
    pub(super) fn gave_way(&mut self) {
        let rival = Rival::seen(self.cx.now_ms(), self.cx.wiring.rng.fraction());
        self.remember_rival(rival);
    }

    fn remember_rival(&mut self, rival: Rival) {
        self.provisioning.rival = Some(rival);
        if let Ok(text) = serde_json::to_string(&rival) {
            self.cx.write(vec![Change::Kept(StateKey::Rival, text)]);
        }
    }

    pub(super) fn begin(
        &mut self,
        row: Candidacy,
        step: impl Future<Output = Done> + Send + 'static,
    ) {
        let id = row.opportunity.clone();
        if let Some(task) = self.cx.jobs.start(JobId::Step(id.clone()), step) {
            self.provisioning
                .under_way
                .insert(id, StepInFlight { row, task });
        }
    }
}
