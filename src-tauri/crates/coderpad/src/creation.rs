use std::time::Duration;

use http::StatusCode;
use serde::Deserialize;
use transport::json::repair;
use transport::{Failure, FailureKind, Reply};

use crate::answer::Envelope;
use crate::{Pad, PadId};

/// A pad that was made.
#[derive(Debug, Clone, PartialEq)]
pub struct CreatedPad {
    /// Its id.
    pub id: PadId,
    /// The pad, as far as the answer could be read. Two documented answers differ: read the pad
    /// again for what matters (contracts/coderpad.md, 2.2).
    pub pad: Option<Pad>,
    /// The server's time at the answer, in ms since the epoch.
    pub server_date_ms: Option<i64>,
}

/// Why there is no [`Made`]. Only [`CreateError::Unclear`] leaves open whether there is a pad.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateError {
    /// The service said no, in its own form: no pad was made.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Nothing left this computer: no pad was made.
    #[error("nothing was sent: {0}")]
    NotSent(FailureKind),
    /// Anything else: a pad may have been made. Look for it before making another one.
    #[error("it is not known whether a pad was made: {0}")]
    Unclear(UnclearOutcome),
}

/// A clear no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The key is unknown, or can't be a key at all (401).
    #[error("CoderPad doesn't accept the API key")]
    WrongKey,
    /// The key's user may not make pads, or not for this owner or team (403).
    #[error("CoderPad doesn't let this account make this pad")]
    NotAllowed,
    /// Something in the request doesn't suit, such as an unknown language (400).
    #[error("CoderPad didn't accept the pad's settings: {message}")]
    BadRequest {
        /// The service's words, at most 200 characters, no control characters. May be empty.
        message: String,
    },
    /// Something that the request names doesn't exist, such as the question (404).
    #[error("CoderPad doesn't know something that the pad should use")]
    NotFound,
    /// The month's pads are used up (429). Waiting seconds doesn't help.
    #[error("the month's pads are used up")]
    OverQuota,
}

/// An outcome that leaves open whether a pad was created.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{cause}")]
pub struct UnclearOutcome {
    /// What came instead of a clear answer.
    pub cause: UnclearCause,
    /// The server's time at the answer, in ms since the epoch, where there was an answer with one.
    pub server_date_ms: Option<i64>,
    /// How long to wait before the next request of any kind, where it was said.
    pub retry_after: Option<Duration>,
}

/// What came instead of a clear answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnclearCause {
    /// No complete answer.
    #[error("no answer ({0})")]
    NoAnswer(FailureKind),
    /// The service has trouble of its own; it may still have finished the work.
    #[error("the service has trouble (HTTP {0})")]
    ServerError(u16),
    /// Too many requests, not in the service's own form. Such a limit may stand behind the service
    /// as well as before it, so it proves nothing about the pad.
    #[error("it asks to wait (HTTP 429)")]
    RateLimited,
    /// A redirect, which is never followed with a creation.
    #[error("it leads elsewhere (HTTP {0})")]
    Redirect(u16),
    /// A body that is not an answer in the service's form: HTML, or JSON that was cut short.
    #[error("an answer that can't be read (HTTP {0})")]
    Unreadable(u16),
    /// Success by its status, an error by its body.
    #[error("an error within a success")]
    ErrorWithinSuccess,
    /// Success without a usable id.
    #[error("a success without an id")]
    NoId,
    /// A refusal that is not documented for a creation.
    #[error("an unknown refusal (HTTP {0})")]
    UnknownRefusal(u16),
}

/// What the outcome of the one request means.
pub(crate) fn read(outcome: Result<Reply, Failure>) -> Result<CreatedPad, CreateError> {
    let reply = match outcome {
        Ok(reply) => reply,
        Err(Failure::NotSent(kind)) => return Err(CreateError::NotSent(kind)),
        Err(Failure::Unclear(kind)) => return Err(unclear(UnclearCause::NoAnswer(kind), None)),
    };
    let envelope = Envelope::read(&reply.body);
    if reply.status.is_success() {
        return made(&reply, envelope.as_ref());
    }
    Err(not_made(&reply, envelope.as_ref()))
}

fn made(reply: &Reply, envelope: Option<&Envelope>) -> Result<CreatedPad, CreateError> {
    let server_date_ms = reply.date_ms();
    let cause = match envelope {
        None => UnclearCause::Unreadable(reply.status.as_u16()),
        Some(envelope) if !envelope.says_ok() && !envelope.says_nothing() => {
            UnclearCause::ErrorWithinSuccess
        }
        Some(_) => match id_in(&reply.body) {
            None => UnclearCause::NoId,
            Some(id) => {
                return Ok(CreatedPad {
                    id,
                    pad: serde_json::from_str(&repair(&reply.body)).ok(),
                    server_date_ms,
                });
            }
        },
    };
    Err(unclear(cause, server_date_ms))
}

/// The id alone, so that an odd field beside it can't hide it.
fn id_in(body: &[u8]) -> Option<PadId> {
    #[derive(Deserialize)]
    struct OnlyId {
        id: PadId,
    }
    serde_json::from_str::<OnlyId>(&repair(body))
        .ok()
        .map(|only| only.id)
}

/// Only the service's own form makes a refusal clear: anything else may come from anywhere on the
/// way, before or after the pad was made.
fn not_made(reply: &Reply, envelope: Option<&Envelope>) -> CreateError {
    let code = reply.status.as_u16();
    let own_word = envelope.filter(|envelope| envelope.says_error() && envelope.has_words());
    let cause = match (reply.status, own_word) {
        (StatusCode::TOO_MANY_REQUESTS, Some(_)) => return Refusal::OverQuota.into(),
        (StatusCode::TOO_MANY_REQUESTS, None) => UnclearCause::RateLimited,
        (StatusCode::UNAUTHORIZED, Some(_)) => return Refusal::WrongKey.into(),
        (StatusCode::FORBIDDEN, Some(_)) => return Refusal::NotAllowed.into(),
        (StatusCode::NOT_FOUND, Some(_)) => return Refusal::NotFound.into(),
        (StatusCode::BAD_REQUEST, Some(envelope)) => {
            return Refusal::BadRequest {
                message: envelope.message(),
            }
            .into();
        }
        (status, _) if status.is_server_error() => UnclearCause::ServerError(code),
        (status, _) if status.is_redirection() => UnclearCause::Redirect(code),
        (_, Some(_)) => UnclearCause::UnknownRefusal(code),
        (_, None) => UnclearCause::Unreadable(code),
    };
    CreateError::Unclear(UnclearOutcome {
        cause,
        server_date_ms: reply.date_ms(),
        retry_after: reply.retry_after(),
    })
}

fn unclear(cause: UnclearCause, server_date_ms: Option<i64>) -> CreateError {
    CreateError::Unclear(UnclearOutcome {
        cause,
        server_date_ms,
        retry_after: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted::{Answer, reply, reply_with};

    const HTML: &str = "<html><body>secret of a proxy</body></html>";
    const NO: &str = r#"{"status":"ERROR","message":"Bad\nRequest"}"#;

    fn cause(answer: Answer) -> UnclearCause {
        match read(answer) {
            Err(CreateError::Unclear(unclear)) => unclear.cause,
            other => panic!("not in doubt: {other:?}"),
        }
    }

    #[test]
    fn a_known_answer_gives_the_id_and_the_servers_time() {
        let body = r#"{"status":"OK","id":"K7QWM3ZD","title":"t","state":"pending"}"#;
        let made = read(reply(200, body)).unwrap();
        assert_eq!(made.id.as_str(), "K7QWM3ZD");
        assert_eq!(made.pad.unwrap().title.as_deref(), Some("t"));
        assert_eq!(made.server_date_ms, Some(2000));
    }

    #[test]
    fn an_id_counts_even_where_the_rest_is_odd() {
        for body in [
            r#"{"status":"ok","id":"K7QWM3ZD"}"#,
            r#"{"id":"K7QWM3ZD"}"#,
            r#"{"status":"OK","id":"K7QWM3ZD","title":7}"#,
        ] {
            assert_eq!(read(reply(200, body)).unwrap().id.as_str(), "K7QWM3ZD");
            assert_eq!(read(reply(201, body)).unwrap().id.as_str(), "K7QWM3ZD");
        }
    }

    #[test]
    fn the_services_own_no_is_clear() {
        let bad = Refusal::BadRequest {
            message: "Bad Request".into(),
        };
        for (status, refusal) in [
            (400, bad),
            (401, Refusal::WrongKey),
            (403, Refusal::NotAllowed),
            (404, Refusal::NotFound),
            (429, Refusal::OverQuota),
        ] {
            let outcome = read(reply(status, NO));
            assert_eq!(outcome, Err(CreateError::Refused(refusal)), "{status}");
        }
        let lower_case = r#"{"status":"error","message":"Over quota"}"#;
        assert_eq!(read(reply(429, lower_case)), Err(Refusal::OverQuota.into()));
    }

    #[test]
    fn a_429_in_any_form_but_the_services_own_leaves_it_open() {
        for body in [
            HTML,
            "",
            "{}",
            "[]",
            r#"{"error":"slow down"}"#,
            r#"{"status":429,"message":"slow down"}"#,
            r#"{"status":"ERROR"}"#,
            r#"{"status":"ERROR","message":"Over quo"#,
        ] {
            assert_eq!(cause(reply(429, body)), UnclearCause::RateLimited, "{body}");
        }
    }

    #[test]
    fn an_unclear_answer_says_how_long_the_service_wants_us_to_wait() {
        for status in [429, 503] {
            let outcome = read(reply_with(status, HTML, "retry-after", "30"));
            let Err(CreateError::Unclear(unclear)) = outcome else {
                panic!("not in doubt: {outcome:?}");
            };
            assert_eq!(unclear.retry_after, Some(Duration::from_secs(30)));
        }
    }

    #[test]
    fn what_never_left_made_no_pad() {
        let outcome = read(Err(Failure::NotSent(FailureKind::NoRoute)));
        assert_eq!(outcome, Err(CreateError::NotSent(FailureKind::NoRoute)));
    }

    #[test]
    fn everything_else_is_in_doubt_and_says_what_was_seen() {
        let failed = |kind| Err(Failure::Unclear(kind));
        for (answer, what) in [
            (
                failed(FailureKind::TimedOut),
                UnclearCause::NoAnswer(FailureKind::TimedOut),
            ),
            (
                failed(FailureKind::Broken),
                UnclearCause::NoAnswer(FailureKind::Broken),
            ),
            (
                failed(FailureKind::TooLarge),
                UnclearCause::NoAnswer(FailureKind::TooLarge),
            ),
            (reply(500, NO), UnclearCause::ServerError(500)),
            (reply(502, HTML), UnclearCause::ServerError(502)),
            (reply(503, HTML), UnclearCause::ServerError(503)),
            (reply(301, ""), UnclearCause::Redirect(301)),
            (reply(400, HTML), UnclearCause::Unreadable(400)),
            (reply(401, HTML), UnclearCause::Unreadable(401)),
            (reply(403, HTML), UnclearCause::Unreadable(403)),
            (reply(404, HTML), UnclearCause::Unreadable(404)),
            (
                reply(403, r#"{"title":"Access denied"}"#),
                UnclearCause::Unreadable(403),
            ),
            (reply(408, HTML), UnclearCause::Unreadable(408)),
            (reply(422, NO), UnclearCause::UnknownRefusal(422)),
            (reply(200, HTML), UnclearCause::Unreadable(200)),
            (reply(200, ""), UnclearCause::Unreadable(200)),
            (reply(200, "[]"), UnclearCause::Unreadable(200)),
            (
                reply(200, r#"{"status":"OK","id":"K7Q"#),
                UnclearCause::Unreadable(200),
            ),
            (
                reply(200, r#"{"status":"OK","id":"K7QWM3ZD""#),
                UnclearCause::Unreadable(200),
            ),
            (reply(200, r#"{"status":"OK"}"#), UnclearCause::NoId),
            (
                reply(200, r#"{"status":"OK","id":null}"#),
                UnclearCause::NoId,
            ),
            (
                reply(200, r#"{"status":"OK","id":"a/b"}"#),
                UnclearCause::NoId,
            ),
            (reply(200, NO), UnclearCause::ErrorWithinSuccess),
            (
                reply(200, r#"{"status":"ERROR","id":"K7QWM3ZD"}"#),
                UnclearCause::ErrorWithinSuccess,
            ),
        ] {
            assert_eq!(cause(answer), what);
            let words = what.to_string();
            assert!(!words.is_empty() && words.len() < 60, "{words}");
        }
    }

    #[test]
    fn a_doubt_carries_the_servers_time_where_there_was_an_answer() {
        for (answer, date) in [
            (reply(503, HTML), Some(2000)),
            (reply(200, HTML), Some(2000)),
            (Err(Failure::Unclear(FailureKind::TimedOut)), None),
        ] {
            let Err(CreateError::Unclear(unclear)) = read(answer) else {
                panic!("not in doubt");
            };
            assert_eq!(unclear.server_date_ms, date);
        }
    }

    #[test]
    fn no_word_of_a_strange_page_is_shown() {
        for status in [200, 400, 401, 403, 404, 429, 500, 503] {
            let error = read(reply(status, HTML)).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("secret"), "{status}");
        }
    }
}
