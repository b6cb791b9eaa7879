//! Webhooks in words.

use padwatch_domain::problem::Problem;
use padwatch_engine::snapshot::webhooks::{self as status, Refusal, WebhookTrouble};

use crate::dto::convert::{Convert, convert};
use crate::dto::webhooks::{RefusedRequests, WebhookState};

impl Convert<status::WebhookState> for WebhookState {
    fn convert(from: status::WebhookState) -> Self {
        use status::WebhookState as From;
        match from {
            From::Off => Self::Off,
            From::Waiting => Self::Waiting,
            From::Arriving => Self::Arriving,
            From::Troubled { trouble: what } => Self::Troubled {
                problem: convert(trouble(what)),
            },
        }
    }
}

impl Convert<status::RefusedRequests> for RefusedRequests {
    fn convert(from: status::RefusedRequests) -> Self {
        Self {
            reason: refusal(from.reason).to_owned(),
            count: from.count,
        }
    }
}

/// What is wrong with webhooks.
fn trouble(trouble: WebhookTrouble) -> Problem {
    match trouble {
        WebhookTrouble::CannotListen => Problem::CannotListen,
        WebhookTrouble::TokenChanged => Problem::SigningTokenChanged,
        WebhookTrouble::ClockBehind => Problem::ClockBehind,
        WebhookTrouble::NoToken => Problem::SigningTokenMissing,
        WebhookTrouble::PortChanged { port, before } => port_changed(port, before),
        WebhookTrouble::EventsMissing => Problem::EventsMissing,
    }
}

/// Why a request was refused.
fn refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::MadeRoom => "Too slow while others waited",
        Refusal::TooSlow => "Too slow",
        Refusal::HungUp => "Hung up early",
        Refusal::Malformed => "Not proper HTTP",
        Refusal::HeadTooLong => "Headers too long",
        Refusal::BodyTooLong => "Too large",
        Refusal::NoLength => "Size not stated",
        Refusal::Encoded => "Sent in an unusual encoding",
        Refusal::Expects => "Waits to be asked for its content",
        Refusal::OtherVersion => "Another version of HTTP",
        Refusal::OtherHost => "Sent to another host name",
        Refusal::OtherPath => "Sent to another address",
        Refusal::OtherMethod => "Not a POST request",
        Refusal::NotAnEvent => "Not an event of Lever’s",
        Refusal::Unsigned => "Not signed",
        Refusal::WrongSignature => "Wrong signature",
        Refusal::NoSigningToken => "No signing token to check with",
        Refusal::TooOld => "Too old",
        Refusal::TooNew => "From the future",
        Refusal::NotStored => "Could not be stored",
        Refusal::NotAnswered => "Could not be answered in time",
    }
}

fn port_changed(port: u16, before: u16) -> Problem {
    Problem::PortChanged { port, before }
}

#[cfg(test)]
mod tests {
    use padwatch_domain::problem::ProblemCode;

    use crate::presenter::problem::sentences;

    use super::*;

    #[test]
    fn a_clock_that_is_behind_is_named() {
        let problem = trouble(WebhookTrouble::ClockBehind);
        assert_eq!(problem.code(), ProblemCode::EventsMissing);
    }

    #[test]
    fn a_moved_port_is_named_with_the_one_before() {
        let problem = trouble(WebhookTrouble::PortChanged {
            port: 4001,
            before: 4000,
        });
        let told = sentences(&problem);
        assert!(told.happened.contains("4000"), "{told:?}");
        assert!(told.todo.contains("127.0.0.1:4001"), "{told:?}");
        assert_eq!(problem.code(), ProblemCode::PortChanged);
    }

    #[test]
    fn every_trouble_has_its_code() {
        let code = |what| trouble(what).code();
        assert_eq!(
            code(WebhookTrouble::CannotListen),
            ProblemCode::CannotListen
        );
        assert_eq!(
            code(WebhookTrouble::TokenChanged),
            ProblemCode::SigningTokenWrong
        );
        assert_eq!(
            code(WebhookTrouble::NoToken),
            ProblemCode::SigningTokenMissing
        );
        assert_eq!(
            code(WebhookTrouble::EventsMissing),
            ProblemCode::EventsMissing
        );
    }
}
