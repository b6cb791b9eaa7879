//! What a failure of a service means for the work.

use std::time::Duration;

use transport::{Failure, FailureKind};

use crate::blast_radius::{self, BlastRadius};
use crate::problem::{Problem, ProblemCode};

pub use crate::service::{OutageKind, Service};

/// A failure that concerns everyone's work, not one candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceError {
    pub service: Service,
    pub problem: Problem,
    /// Whether it may pass soon without the user: the network, a busy service.
    pub passing: bool,
    /// How long the service asks to wait.
    pub wait: Option<Duration>,
    /// Whether it shows only when a pad is made, so that only making one shows its end.
    pub in_making: bool,
    /// Whether it is about the thing that was asked for or about the service.
    pub radius: BlastRadius,
}

impl ServiceError {
    /// Needs the user: it does not pass without a change.
    #[must_use]
    pub fn lasting(service: Service, problem: Problem) -> Self {
        let in_making = matches!(
            problem.code(),
            ProblemCode::CoderpadNotAllowed | ProblemCode::OverQuota
        );
        Self {
            service,
            problem,
            passing: false,
            wait: None,
            in_making,
            radius: BlastRadius::Service,
        }
    }
}

/// What a failed request to Lever means.
#[must_use]
pub fn of_lever(error: &lever::Error) -> ServiceError {
    use lever::Error;
    let problem = match error {
        Error::WrongKey => wrong_key(Service::Lever),
        Error::NotAllowed { what } => Problem::LeverPermissionMissing {
            permission: what.check_box().to_owned(),
        },
        Error::Gone { what } => Problem::GoneFromLever {
            what: (*what).to_owned(),
        },
        Error::Refused { message, .. } => refused(Service::Lever, message),
        Error::NeedsPerformAs => Problem::ActingUserNeeded,
        Error::RateLimited { .. } => busy(Service::Lever),
        Error::Down { .. } => down(Service::Lever),
        Error::Unreachable(failure) => unreachable(Service::Lever, *failure),
        Error::NotLever { .. } => not_the_service(Service::Lever),
    };
    let wait = match error {
        Error::RateLimited { retry_after } => *retry_after,
        _ => None,
    };
    ServiceError {
        service: Service::Lever,
        problem,
        passing: error.is_passing(),
        wait,
        in_making: false,
        radius: blast_radius::of_lever(error),
    }
}

/// Lever refuses one candidate to a key that reads others.
#[must_use]
pub fn kept_back() -> ServiceError {
    ServiceError {
        radius: BlastRadius::Item,
        ..ServiceError::lasting(Service::Lever, Problem::CandidateConfidential)
    }
}

/// What a failed request to CoderPad means, other than a creation.
#[must_use]
pub fn of_coderpad(error: &coderpad::Error) -> ServiceError {
    use coderpad::Error;
    let problem = match error {
        Error::WrongKey => wrong_key(Service::Coderpad),
        Error::NotAllowed { what } => Problem::CoderpadPermissionMissing {
            what: (*what).to_owned(),
        },
        Error::Gone => Problem::PadGone,
        Error::Refused { message } => refused(Service::Coderpad, message),
        Error::OverQuota => over_quota(),
        Error::RateLimited { .. } => busy(Service::Coderpad),
        Error::Down { .. } => down(Service::Coderpad),
        Error::Unreachable(failure) => unreachable(Service::Coderpad, *failure),
        Error::NotCoderpad { .. } => not_the_service(Service::Coderpad),
    };
    let wait = match error {
        Error::RateLimited { retry_after } => *retry_after,
        _ => None,
    };
    ServiceError {
        service: Service::Coderpad,
        problem,
        passing: error.is_passing(),
        wait,
        in_making: false,
        radius: blast_radius::of_coderpad(error),
    }
}

/// A request that never left.
#[must_use]
pub fn not_sent(service: Service, why: FailureKind) -> ServiceError {
    let problem = unreachable(service, Failure::NotSent(why));
    ServiceError {
        service,
        problem,
        passing: true,
        wait: None,
        in_making: false,
        radius: BlastRadius::Service,
    }
}

/// A pad was asked for, and no clear answer came. The next creation may fare the same, and would be
/// uncertain too: they wait a little.
#[must_use]
pub fn no_clear_answer(wait: Option<Duration>) -> ServiceError {
    ServiceError {
        service: Service::Coderpad,
        problem: down(Service::Coderpad),
        passing: true,
        wait,
        in_making: true,
        radius: BlastRadius::Service,
    }
}

/// The service asks for fewer requests.
#[must_use]
pub fn rate_limited(service: Service, wait: Option<Duration>) -> ServiceError {
    ServiceError {
        service,
        problem: busy(service),
        passing: true,
        wait,
        in_making: false,
        radius: BlastRadius::Service,
    }
}

/// The key is unknown to the service.
#[must_use]
pub fn wrong_key(service: Service) -> Problem {
    Problem::KeyRejected { service }
}

/// The month's pads are used up.
#[must_use]
pub fn over_quota() -> Problem {
    Problem::PlanUsedUp
}

fn refused(service: Service, message: &str) -> Problem {
    Problem::Declined {
        service,
        said: message.to_owned(),
    }
}

fn busy(service: Service) -> Problem {
    Problem::RateLimited { service }
}

fn down(service: Service) -> Problem {
    Problem::ServiceDown { service }
}

fn not_the_service(service: Service) -> Problem {
    Problem::NotTheService { service }
}

fn unreachable(service: Service, failure: Failure) -> Problem {
    match failure.kind() {
        FailureKind::Tls => Problem::NotSecure { service },
        FailureKind::Proxy => Problem::ProxyBlocks { service },
        FailureKind::TooLarge | FailureKind::CrossOriginRedirect => not_the_service(service),
        FailureKind::NoRoute
        | FailureKind::Refused
        | FailureKind::TimedOut
        | FailureKind::Broken => Problem::Unreachable { service },
    }
}

#[cfg(test)]
#[path = "service_error_tests.rs"]
mod tests;
