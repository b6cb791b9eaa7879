//! The two circuit breakers: whether a service may be asked, and what its failures do.

use std::time::Duration;

use super::Context;
use crate::circuit_breaker::CircuitBreaker;
use padwatch_domain::lifecycle::Lifecycle;
use padwatch_domain::problem::ProblemCode;
use padwatch_domain::service_error::{OutageKind, Service, ServiceError};
use padwatch_domain::transition::Transition;

impl Context<'_> {
    /// Returns true if a service can be asked now.
    pub(crate) fn is_open(&self, service: Service) -> bool {
        let gate: &CircuitBreaker = match service {
            Service::Lever => &self.connection.lever_breaker,
            Service::Coderpad => &self.connection.coderpad_breaker,
        };
        gate.permits(1) > 0
    }

    /// Whether a step that asks both services may begin.
    pub(crate) fn both_gates_let_through(&self, most: usize) -> usize {
        let lever = self.connection.lever_breaker.permits(most);
        lever.min(self.connection.coderpad_breaker.permits(most))
    }

    /// Whether CoderPad can be read: a used-up allowance stops making, not reading.
    pub(crate) fn coderpad_answers(&self) -> bool {
        self.connection
            .coderpad_breaker
            .service_error()
            .is_none_or(|service_error| {
                debug_assert_eq!(service_error.service, Service::Coderpad);
                matches!(
                    service_error.problem.code(),
                    ProblemCode::OverQuota | ProblemCode::CoderpadNotAllowed
                )
            })
    }

    pub(crate) fn close_gate(&mut self, service_error: ServiceError, now: Duration) {
        match service_error.service {
            Service::Lever => {
                self.connection.lever_breaker =
                    self.connection.lever_breaker.close(service_error, now);
            }
            Service::Coderpad => {
                self.connection.coderpad_breaker =
                    self.connection.coderpad_breaker.close(service_error, now);
            }
        }
    }

    /// Those who were refused because of the service continue, in their old order.
    pub(crate) fn coderpad_is_back(&mut self) {
        self.again(
            |row| matches!(&row.life, Lifecycle::Refused { refusal, .. } if refusal.for_all),
        );
        if self.connection.coderpad_breaker == CircuitBreaker::Open {
            self.clear_outage(OutageKind::Coderpad);
        }
    }

    /// Closes gates and tells what hinders.
    pub(crate) fn apply_side_effects(&mut self, settled: &Transition) {
        let now = self.elapsed();
        if let Some(service_error) = &settled.service_error {
            if !service_error.passing {
                self.notify_outage_once(
                    service_error.service.outage_kind(),
                    &service_error.problem,
                );
            }
            self.close_gate(service_error.clone(), now);
        }
        if let Some((cause, problem)) = &settled.outage {
            self.notify_outage_once(*cause, problem);
            self.connection.outages.insert(*cause, problem.clone());
        }
        self.is_dirty = true;
    }
}
