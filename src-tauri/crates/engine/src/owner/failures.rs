//! A failure about one thing touches that thing alone; one that is about the service closes its
//! gate.

use std::time::Duration;

use lever::OpportunityId;

use super::Owner;
use crate::circuit_breaker::CircuitBreaker;
use crate::provisioning::Services;
use padwatch_domain::blast_radius::{BlastRadius, is_not_allowed};
use padwatch_domain::service_error::{Service, ServiceError};
use padwatch_domain::thing::Thing;

impl Owner<'_> {
    /// Counts a failure of a request about one thing. Returns whose it is.
    pub(super) fn item_failed(
        &mut self,
        thing: Thing,
        service_error: &ServiceError,
    ) -> BlastRadius {
        let now = self.elapsed();
        tracing::debug!(?thing, code = ?service_error.problem.code, "a request about one thing failed");
        self.outbox.is_dirty = true;
        let whose = self.connection.failing.failed(thing, service_error, now);
        // What the key may not do hinders one kind of work; the gate stays open.
        if whose == BlastRadius::Service && !is_not_allowed(service_error.problem.code) {
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
    pub(super) fn item_succeeded(&mut self, service: Service, thing: &Thing) {
        self.connection.failing.succeeded(service, thing);
    }

    /// Whether a step that asks both services may begin.
    pub(super) fn both_gates_let_through(&self, most: usize) -> usize {
        let lever = self.connection.lever_breaker.permits(most);
        lever.min(self.connection.coderpad_breaker.permits(most))
    }

    /// The services, for a request about one thing: what has failed before is asked for once at a
    /// time.
    pub(super) fn services_for(&self, thing: &Thing) -> Option<Services> {
        let services = self.connection.services.clone()?;
        if self.connection.failing.may_repeat(thing) {
            return Some(services);
        }
        Some(services.trying_once())
    }

    /// Forgets failures of candidates that the ledger no longer knows.
    pub(super) fn prune_failures(&mut self) {
        let is_known = |id: &OpportunityId| !matches!(self.store.ledger.row(id), Ok(None));
        self.connection.failing.retain_candidates(is_known);
    }

    /// Returns true if a service can be asked now.
    pub(super) fn is_open(&self, service: Service) -> bool {
        let gate: &CircuitBreaker = match service {
            Service::Lever => &self.connection.lever_breaker,
            Service::Coderpad => &self.connection.coderpad_breaker,
        };
        gate.permits(1) > 0
    }
}
