//! What a failure of a service means for the work, and what the user reads about it.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use transport::{Failure, FailureKind};

use crate::blast_radius::{self, BlastRadius};
use crate::problem::{Problem, ProblemCode};

/// One of the two services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Service {
    Lever,
    Coderpad,
}

/// What a hindrance is about. Of each there is one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OutageKind {
    /// Lever as a whole.
    Lever,
    /// CoderPad as a whole.
    Coderpad,
    /// Reading single candidates.
    Reading,
    /// Putting links on profiles.
    Linking,
    /// Whose the keys are.
    Account,
    /// The watched tag.
    Tag,
    /// Settings that can't be read.
    Settings,
}

/// A failure that concerns everybody's work, not one candidate.
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

impl Service {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Lever => "Lever",
            Self::Coderpad => "CoderPad",
        }
    }

    /// The outage that its failures are announced as.
    #[must_use]
    pub fn outage_kind(self) -> OutageKind {
        match self {
            Self::Lever => OutageKind::Lever,
            Self::Coderpad => OutageKind::Coderpad,
        }
    }
}

impl ServiceError {
    /// Needs the user: it does not pass without a change.
    #[must_use]
    pub fn lasting(service: Service, problem: Problem) -> Self {
        let in_making = matches!(
            problem.code,
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
        Error::NotAllowed { what } => Problem::new(
            ProblemCode::LeverNotAllowed,
            format!("The Lever key lacks the permission “{}”.", what.check_box()),
            "Ask a Lever Super Admin for a new key with it: a key can’t be changed afterwards.",
        ),
        Error::Gone { what } => Problem::new(
            ProblemCode::Gone,
            format!("Lever no longer has this {what}."),
            "Look at the candidate in Lever.",
        ),
        Error::Refused { message, .. } => refused(Service::Lever, message),
        Error::NeedsPerformAs => Problem::new(
            ProblemCode::ActingUserNeeded,
            "Lever wants to know on whose behalf Padwatch writes.",
            "Choose who you are in Lever.",
        ),
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
    let problem = Problem::new(
        ProblemCode::LeverNotAllowed,
        "Lever doesn’t let Padwatch read this candidate, who may be confidential.",
        "Ask a Lever Super Admin for a key with access to confidential data.",
    );
    ServiceError {
        radius: BlastRadius::Item,
        ..ServiceError::lasting(Service::Lever, problem)
    }
}

/// What a failed request to CoderPad means, other than a creation.
#[must_use]
pub fn of_coderpad(error: &coderpad::Error) -> ServiceError {
    use coderpad::Error;
    let problem = match error {
        Error::WrongKey => wrong_key(Service::Coderpad),
        Error::NotAllowed { what } => Problem::new(
            ProblemCode::CoderpadNotAllowed,
            format!("CoderPad doesn’t let this account see or change {what}."),
            "Ask the owner of your CoderPad organization for the permission.",
        ),
        Error::Gone => Problem::new(
            ProblemCode::Gone,
            "CoderPad no longer has this pad, or it belongs to somebody else.",
            "Look for it in CoderPad.",
        ),
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
    let code = match service {
        Service::Lever => ProblemCode::LeverKeyWrong,
        Service::Coderpad => ProblemCode::CoderpadKeyWrong,
    };
    let name = service.name();
    Problem::new(
        code,
        format!("{name} doesn’t accept the API key."),
        format!("Enter a new {name} key."),
    )
}

/// The month's pads are used up.
#[must_use]
pub fn over_quota() -> Problem {
    Problem::new(
        ProblemCode::OverQuota,
        "This month’s CoderPad pads are used up.",
        "Waiting candidates get their pads when there are pads again.",
    )
}

fn refused(service: Service, message: &str) -> Problem {
    let name = service.name();
    let said = if message.is_empty() {
        String::new()
    } else {
        format!(": “{message}”")
    };
    Problem::new(
        ProblemCode::Refused,
        format!("{name} refused{said}."),
        format!("Look at the candidate in {name}, then try again."),
    )
}

fn busy(service: Service) -> Problem {
    Problem::new(
        ProblemCode::ServiceDown,
        format!("{} asks for fewer requests.", service.name()),
        "Padwatch waits and goes on by itself.",
    )
}

fn down(service: Service) -> Problem {
    Problem::new(
        ProblemCode::ServiceDown,
        format!("{} is not working at the moment.", service.name()),
        "Padwatch tries again by itself.",
    )
}

fn not_the_service(service: Service) -> Problem {
    let name = service.name();
    Problem::new(
        ProblemCode::NotTheService,
        format!("Something else answers in {name}’s place."),
        "Check whether the network wants you to sign in, or a proxy is in between.",
    )
}

fn unreachable(service: Service, failure: Failure) -> Problem {
    let name = service.name();
    match failure.kind() {
        FailureKind::Tls => Problem::new(
            ProblemCode::NotSecure,
            format!("The connection to {name} is not secure."),
            "Check the computer’s date, and whether your company’s certificate is installed.",
        ),
        FailureKind::Proxy => Problem::new(
            ProblemCode::Offline,
            format!("The proxy doesn’t let Padwatch reach {name}."),
            "Check the proxy in the system’s network settings.",
        ),
        FailureKind::TooLarge | FailureKind::CrossOriginRedirect => not_the_service(service),
        FailureKind::NoRoute
        | FailureKind::Refused
        | FailureKind::TimedOut
        | FailureKind::Broken => Problem::new(
            ProblemCode::Offline,
            format!("{name} can’t be reached."),
            "Padwatch goes on by itself when the connection is back.",
        ),
    }
}

#[cfg(test)]
#[path = "service_error_tests.rs"]
mod tests;
