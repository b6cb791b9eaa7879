//! A failure about one thing touches that thing alone; one that is about the service opens its
//! circuit breaker.

use std::time::Duration;

use lever::OpportunityId;

use super::Context;
use crate::context::services::Services;
use crate::jobs::Lost;
use padwatch_domain::blast_radius::{BlastRadius, is_not_allowed};
use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_domain::service_error::{Service, ServiceError, of_lever};
use padwatch_domain::thing::Thing;
use padwatch_domain::tracking::ClosedPad;

impl Context<'_> {
    /// Counts a failure of a request about one thing. Returns whose it is.
    pub(crate) fn item_failed(
        &mut self,
        thing: Thing,
        service_error: &ServiceError,
    ) -> BlastRadius {
        let now = self.elapsed();
        tracing::debug!(?thing, code = ?service_error.problem.code(), "a request about one thing failed");
        self.is_dirty = true;
        let whose = self.connection.failing.failed(thing, service_error, now);
        // What the key may not do hinders one kind of work; the gate stays open.
        if whose == BlastRadius::Service && !is_not_allowed(service_error.problem.code()) {
            self.service_failed(service_error, now);
        }
        whose
    }

    fn service_failed(&mut self, service_error: &ServiceError, now: Duration) {
        if !service_error.passing {
            self.notify_outage_once(service_error.service.outage_kind(), &service_error.problem);
        }
        self.close_gate(service_error.clone(), now);
    }

    /// A request about one thing did what it should.
    pub(crate) fn item_succeeded(&mut self, service: Service, thing: &Thing) {
        self.connection.failing.succeeded(service, thing);
    }

    /// What hinders looking hinders everything else at CoderPad too, unless it is about doing.
    pub(crate) fn following_failed(&mut self, service_error: ServiceError) {
        let is_general = service_error.passing
            || matches!(
                service_error.problem.code(),
                ProblemCode::CoderpadKeyWrong | ProblemCode::LeverKeyWrong
            );
        if !is_general {
            tracing::warn!(code = ?service_error.problem.code(), "an interview can't be followed");
            return;
        }
        if !service_error.passing {
            self.notify_outage_once(service_error.service.outage_kind(), &service_error.problem);
        }
        let now = self.elapsed();
        self.close_gate(service_error, now);
        self.is_dirty = true;
    }

    pub(crate) fn lever_probe_failed(&mut self, error: &lever::Error) {
        self.following_failed(of_lever(error));
    }

    /// Those whose thing may be asked for now.
    pub(crate) fn not_failing(
        &self,
        pads: &[ClosedPad],
        thing: impl Fn(&ClosedPad) -> Thing,
    ) -> Vec<ClosedPad> {
        let now = self.elapsed();
        let due = pads
            .iter()
            .filter(|pad| self.connection.failing.is_due(&thing(pad), now));
        due.cloned().collect()
    }

    /// The services, for a request about one thing: what has failed before is asked for once at a
    /// time.
    pub(crate) fn services_for(&self, thing: &Thing) -> Option<Services> {
        let services = self.connection.services.clone()?;
        if self.connection.failing.may_repeat(thing) {
            return Some(services);
        }
        Some(services.trying_once())
    }

    /// Forgets failures of candidates that the ledger no longer knows.
    pub(crate) fn prune_failures(&mut self) {
        let is_known = |id: &OpportunityId| !matches!(self.store.ledger.row(id), Ok(None));
        self.connection.failing.retain_candidates(is_known);
    }

    /// A job about one thing ended without an outcome: a failed attempt.
    pub(crate) fn thing_lost(&mut self, thing: Thing, lost: Lost) {
        let now = self.elapsed();
        self.connection.failing.count(thing, &no_outcome(lost), now);
    }
}

/// Says nothing about a service.
fn no_outcome(lost: Lost) -> ServiceError {
    let problem = match lost {
        Lost::Panicked => Problem::StepFailed,
        Lost::GivenUp => Problem::StepTimedOut,
    };
    ServiceError {
        passing: true,
        ..ServiceError::lasting(Service::Lever, problem)
    }
}
