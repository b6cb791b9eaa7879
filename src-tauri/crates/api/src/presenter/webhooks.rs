//! Webhooks in words.

use padwatch_domain::problem::Problem;
use padwatch_engine::snapshot::webhooks::{self as status, Refusal, WebhookTrouble};

use crate::catalogue::words;
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
            reason: refusal(from.reason),
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

/// Why a request was rejected.
fn refusal(refusal: Refusal) -> String {
    let words = words();
    match refusal {
        Refusal::MadeRoom => words.rejected_made_room(),
        Refusal::TooSlow => words.rejected_too_slow(),
        Refusal::HungUp => words.rejected_hung_up(),
        Refusal::Malformed => words.rejected_malformed(),
        Refusal::HeadTooLong => words.rejected_head_too_long(),
        Refusal::BodyTooLong => words.rejected_body_too_long(),
        Refusal::NoLength => words.rejected_no_length(),
        Refusal::Encoded => words.rejected_encoded(),
        Refusal::Expects => words.rejected_expects(),
        Refusal::OtherVersion => words.rejected_other_version(),
        Refusal::OtherHost => words.rejected_other_host(),
        Refusal::OtherPath => words.rejected_other_path(),
        Refusal::OtherMethod => words.rejected_other_method(),
        Refusal::NotAnEvent => words.rejected_not_an_event(),
        Refusal::Unsigned => words.rejected_unsigned(),
        Refusal::WrongSignature => words.rejected_wrong_signature(),
        Refusal::NoSigningToken => words.rejected_no_signing_token(),
        Refusal::TooOld => words.rejected_too_old(),
        Refusal::TooNew => words.rejected_too_new(),
        Refusal::NotStored => words.rejected_not_stored(),
        Refusal::NotAnswered => words.rejected_not_answered(),
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
