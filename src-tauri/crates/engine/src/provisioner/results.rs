//! What became of a step.

use super::state::Provisioner;
use crate::context::{Context, Signal};
use crate::jobs::{JobKind, Lost};
use coderpad::{CreateError, CreatedPad};

use coderpad::PadId;
use lever::OpportunityId;

use crate::circuit_breaker::CircuitBreaker;
use crate::jobs::failpoint::{Failpoint, Side};
use padwatch_domain::blast_radius::BlastRadius;
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::lifecycle::Lifecycle;
use padwatch_domain::service_error::{OutageKind, Service};
use padwatch_domain::thing::Thing;
use padwatch_domain::transition;
use padwatch_domain::transition::Transition;
use padwatch_domain::transition::former::Former;
use padwatch_domain::transition::linking::LinkOutcome;
use padwatch_domain::transition::scan::Now;
use padwatch_ledger::LedgerError;

impl Provisioner {
    pub(super) fn created(
        &mut self,
        id: &OpportunityId,
        outcome: Result<CreatedPad, CreateError>,
        cx: &mut Context<'_>,
    ) {
        let root = cx.wiring.coderpad_root.clone();
        let succeeded = outcome.is_ok();
        let settle = |row, now_ms| transition::create::on_answer(row, outcome, &root, now_ms);
        self.on_step_ended(id, Failpoint::CreateWrite, settle, cx);
        self.after_creation(id, succeeded, cx);
    }

    pub(super) fn linked(
        &mut self,
        id: &OpportunityId,
        outcome: LinkOutcome,
        cx: &mut Context<'_>,
    ) {
        let thing = Thing::Link(id.clone());
        match &outcome {
            LinkOutcome::Failed(service_error) => {
                self.under_way.remove(id);
                cx.item_failed(thing, service_error);
                return;
            }
            LinkOutcome::Forbidden(service_error)
                if cx.item_failed(thing.clone(), service_error) == BlastRadius::Item =>
            {
                self.under_way.remove(id);
                return;
            }
            LinkOutcome::There
            | LinkOutcome::Beside(_)
            | LinkOutcome::Instead { .. }
            | LinkOutcome::OldLinkStays { .. } => {
                cx.item_succeeded(Service::Lever, &thing);
                self.raise_concurrency(cx);
                cx.clear_outage(OutageKind::Linking);
            }
            LinkOutcome::GaveWay(_) => {
                cx.item_succeeded(Service::Lever, &thing);
                self.gave_way(cx);
                cx.clear_outage(OutageKind::Linking);
            }
            _ => {}
        }
        let anothers = match self.gave_way_to_anothers(id, &outcome, cx) {
            Ok(anothers) => anothers,
            Err(error) => {
                self.under_way.remove(id);
                return cx.ledger_failed(&error);
            }
        };
        self.on_step_ended(
            id,
            Failpoint::LinkWrite,
            |row, now_ms| match anothers {
                Some(other) => transition::linking::not_for_this_one(row, other, now_ms),
                None => transition::linking::on_outcome(row, outcome, now_ms),
            },
            cx,
        );
    }

    /// The pad that ours gave way to, if the ledger knows it as someone else's.
    fn gave_way_to_anothers(
        &self,
        id: &OpportunityId,
        outcome: &LinkOutcome,
        cx: &Context<'_>,
    ) -> Result<Option<PadId>, LedgerError> {
        let (LinkOutcome::GaveWay(other), Some(step)) = (outcome, self.under_way.get(id)) else {
            return Ok(None);
        };
        let is_anothers = cx.is_anothers(&step.row, &other.id)?;
        Ok(is_anothers.then(|| other.id.clone()))
    }

    /// Takes in a step whose outcome must not get lost.
    fn on_step_ended(
        &mut self,
        id: &OpportunityId,
        at: Failpoint,
        settle: impl FnOnce(Candidacy, i64) -> Transition,
        cx: &mut Context<'_>,
    ) {
        let Some(step) = self.under_way.remove(id) else {
            return;
        };
        let row = match cx.store.ledger.row(id) {
            Ok(row) => row.unwrap_or(step.row),
            Err(error) => {
                cx.ledger_failed(&error);
                step.row
            }
        };
        let settled = settle(row, cx.now_ms());
        cx.apply_side_effects(&settled);
        cx.wiring.failpoints.pass(Side::Before, at);
        cx.write(settled.changes);
        cx.wiring.failpoints.pass(Side::After, at);
    }

    fn after_creation(&mut self, id: &OpportunityId, succeeded: bool, cx: &mut Context<'_>) {
        let now = cx.elapsed();
        if succeeded {
            cx.pad_is_there(id, cx.reader());
        }
        let is_uncertain = matches!(cx.store.ledger.row(id), Ok(Some(row)) if matches!(row.life, Lifecycle::Uncertain { .. }));
        if is_uncertain {
            cx.signal(Signal::Uncertain(id.clone()));
        }
        if !succeeded {
            return;
        }
        cx.item_succeeded(Service::Coderpad, &Thing::Candidate(id.clone()));
        if matches!(
            cx.connection.coderpad_breaker,
            CircuitBreaker::HalfOpen { .. }
        ) {
            cx.connection.coderpad_breaker = CircuitBreaker::Open;
            cx.coderpad_is_back();
        }
        let Some(quota) = self.quota.as_mut() else {
            return;
        };
        quota.used = quota.used.saturating_add(1);
        quota.remaining = quota.remaining.map(|left| left.saturating_sub(1));
        if let Some(forecast) = self.forecast.as_mut() {
            forecast.needed = forecast.needed.saturating_sub(1);
        }
        let low = cx.policy.settings.guards.low_quota;
        if quota
            .left()
            .is_some_and(|left| left <= low.saturating_add(2))
        {
            self.next_quota = now;
        }
    }

    /// A pad that the old key created is there. Whether one is there after an unclear answer has
    /// to be found out. What was clearly declined is asked for again, with the new key.
    pub(super) fn created_before(
        &mut self,
        id: &OpportunityId,
        outcome: Result<CreatedPad, CreateError>,
        cx: &mut Context<'_>,
    ) {
        let root = cx.wiring.coderpad_root.clone();
        let asker = match cx.store.ledger.row(id).map(|row| row.map(|row| row.life)) {
            Ok(Some(Lifecycle::Intent { intent })) => intent.asker.map(|asker| asker.key),
            _ => None,
        };
        let succeeded = outcome.is_ok();
        self.on_step_ended(
            id,
            Failpoint::CreateWrite,
            |row, now_ms| Transition {
                service_error: None,
                outage: None,
                ..transition::create::on_answer(row, outcome, &root, now_ms)
            },
            cx,
        );
        let _now = cx.elapsed();
        if succeeded {
            cx.pad_is_there(id, asker);
        }
        match cx.store.ledger.row(id).map(|row| row.map(|row| row.life)) {
            Ok(Some(Lifecycle::Uncertain { .. })) => {
                cx.signal(Signal::Uncertain(id.clone()));
            }
            Ok(Some(Lifecycle::Refused { refusal, .. })) if refusal.for_all => {
                cx.again(|row| row.opportunity == *id);
            }
            Ok(_) => {}
            Err(error) => cx.ledger_failed(&error),
        }
    }

    /// An intent whose request may have left is as uncertain as after a restart.
    pub(super) fn step_lost(&mut self, id: OpportunityId, lost: Lost, cx: &mut Context<'_>) {
        self.under_way.remove(&id);
        let row = match cx.store.ledger.row(&id) {
            Ok(Some(row)) => row,
            Ok(None) => return,
            Err(error) => return cx.ledger_failed(&error),
        };
        match row.life {
            Lifecycle::Intent { .. } => {
                let (_now, now_ms) = (cx.elapsed(), cx.now_ms());
                cx.write(transition::create::after_restart(row, now_ms).changes);
                cx.signal(Signal::Uncertain(id));
            }
            Lifecycle::Created { .. } => cx.thing_lost(Thing::Link(id), lost),
            _ => cx.thing_lost(Thing::Candidate(id), lost),
        }
    }

    pub(super) fn former_read(&mut self, id: &OpportunityId, former: Former, cx: &mut Context<'_>) {
        let Some(step) = self.under_way.remove(id) else {
            return;
        };
        if let Former::Failed(service_error) = &former {
            cx.item_failed(Thing::Candidate(id.clone()), service_error);
            return;
        }
        let row = match cx.store.ledger.row(id) {
            Ok(row) => row.unwrap_or(step.row),
            Err(error) => return cx.ledger_failed(&error),
        };
        let root = cx.wiring.coderpad_root.clone();
        let now = Now {
            ms: cx.now_ms(),
            elapsed: cx.elapsed(),
            root: &root,
        };
        let lives = matches!(former, Former::Lives(_));
        let settled = transition::former::on_checked(row, former, now);
        cx.apply_side_effects(&settled);
        cx.write(settled.changes);
        if lives {
            cx.pad_is_there(id, cx.reader());
        }
    }

    pub(crate) fn being_created(&self) -> Vec<String> {
        let created = |life: &Lifecycle| {
            matches!(life, Lifecycle::Intent { .. } | Lifecycle::Uncertain { .. })
        };
        let steps = self.under_way.values();
        let rows = steps.map(|step| &step.row).filter(|row| created(&row.life));
        rows.map(|row| row.seen.name.clone()).collect()
    }

    /// Preparing changes nothing: it is begun again at the next start.
    pub(crate) fn has_in_flight(&self, cx: &Context<'_>) -> bool {
        let changes_something = |life: &Lifecycle| !matches!(life, Lifecycle::Eligible { .. });
        let mut steps = self.under_way.values();
        steps.any(|step| changes_something(&step.row.life))
            || cx.jobs.count(|kind| kind == JobKind::Note) > 0
    }
}
