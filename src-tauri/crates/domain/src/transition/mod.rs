//! What the outcome of each step of making a pad changes. Pure: the effects are the engine's.

pub mod create;
pub mod former;
pub mod job;
pub mod linking;
pub mod prepare;
pub mod rebuild;
pub mod relation;
pub mod scan;
pub mod undo;
pub mod using;

use crate::change::Change;
use crate::problem::Problem;
use crate::service_error::{OutageKind, ServiceError};

/// What the outcome of a step means.
#[derive(Debug, Default)]
pub struct Transition {
    /// What changes in the ledger, as one transaction.
    pub changes: Vec<Change>,
    /// A service that is in trouble: its gate closes.
    pub service_error: Option<ServiceError>,
    /// Something that hinders one kind of step for everyone, to be announced once.
    pub outage: Option<(OutageKind, Problem)>,
}

impl Transition {
    #[must_use]
    pub fn changes(changes: Vec<Change>) -> Self {
        Self {
            changes,
            ..Self::default()
        }
    }

    /// Nothing changes but the gate.
    #[must_use]
    pub fn service_error(service_error: ServiceError) -> Self {
        Self {
            service_error: Some(service_error),
            ..Self::default()
        }
    }

    /// Nothing changes but what hinders everyone.
    #[must_use]
    pub fn outage(cause: OutageKind, problem: Problem) -> Self {
        Self {
            outage: Some((cause, problem)),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod decided_tests;
