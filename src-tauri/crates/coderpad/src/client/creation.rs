//! `POST /api/pads`, and what its answer means.

use http::{Method, StatusCode};
use serde::Deserialize;
use transport::json::repair;
use transport::{ApiRoot, Failure, Idempotency, Reply, Request};

use super::Client;
use super::answer::Envelope;
use super::changes::cut_title;
use super::request::Form;
use crate::{CreateError, CreatedPad, NewPad, PadId, Refusal, UnclearCause, UnclearOutcome};

impl Client {
    /// Creates a pad: one request, never sent again by any layer below.
    ///
    /// # Errors
    /// [`CreateError`]: only its `Unclear` leaves open whether there is a pad.
    pub async fn create_pad(&self, new: &NewPad) -> Result<CreatedPad, CreateError> {
        let Some(request) = self.authorized(create_pad(self.root(), new)) else {
            return Err(Refusal::WrongKey.into());
        };
        read(self.caller.call(request).await)
    }
}

/// Form-encoded: the one form that the official page documents
/// (contracts/coderpad.md, 2.2). No second one may be sent.
fn create_pad(root: &ApiRoot, new: &NewPad) -> Request {
    let mut form = Form::default();
    form.text("title", &cut_title(&new.title));
    form.text("language", new.language.as_deref().unwrap_or_default());
    form.text("notes", &new.notes);
    form.maybe("question_id", new.question);
    form.maybe("contents", new.contents.as_deref());
    form.maybe("private", new.private);
    form.maybe("execution_enabled", new.execution_enabled);
    form.text("user_email", new.owner_email.as_deref().unwrap_or_default());
    form.maybe("team_id", new.team.as_ref());
    form.into_request(
        Method::POST,
        root.at(&["api", "pads"]),
        Idempotency::NotIdempotent,
    )
}

/// What the outcome of the one request means.
fn read(outcome: Result<Reply, Failure>) -> Result<CreatedPad, CreateError> {
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
/// way, before or after the pad was created.
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
    use std::time::Duration;

    use transport::FailureKind;

    use super::*;
    use crate::client::request::tests::{form, pairs, root};
    use crate::scripted::{Answer, client, reply, reply_with};
    use crate::{QuestionId, TeamId};

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

    #[tokio::test(start_paused = true)]
    async fn a_creation_leaves_once_with_the_key_whatever_comes_back() {
        let elsewhere = reply_with(307, "", "location", "/api/pads");
        for answer in [
            reply(200, r#"{"status":"OK","id":"K7QWM3ZD"}"#),
            reply(503, "<html>"),
            reply(429, "<html>"),
            reply(429, r#"{"status":"ERROR","message":"Over quota"}"#),
            Err(Failure::NotSent(FailureKind::Refused)),
            Err(Failure::Unclear(FailureKind::TimedOut)),
            elsewhere,
        ] {
            let (client, script) = client([answer]);
            let _ = client.create_pad(&NewPad::default()).await;
            let asked = script.asked();
            assert_eq!(asked.len(), 1);
            assert_eq!(asked[0].idempotency, Idempotency::NotIdempotent);
            assert_eq!(asked[0].headers["authorization"], "Token token=\"K\"");
            assert!(asked[0].headers["authorization"].is_sensitive());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_redirected_creation_is_in_doubt() {
        let moved = reply_with(302, "", "location", "https://evil.test/");
        let (client, script) = client([moved]);
        let outcome = client.create_pad(&NewPad::default()).await.unwrap_err();
        let cause = UnclearCause::NoAnswer(FailureKind::CrossOriginRedirect);
        let unclear = UnclearOutcome {
            cause,
            server_date_ms: None,
            retry_after: None,
        };
        assert_eq!(outcome, CreateError::Unclear(unclear));
        assert_eq!(script.asked().len(), 1);
    }

    #[test]
    fn a_creation_is_a_flat_form_that_nobody_may_send_again() {
        let new = NewPad {
            title: "Ada & Bob / 50% + ünï".into(),
            language: Some("python".into()),
            notes: "line 1\nline 2".into(),
            question: Some(QuestionId(12)),
            contents: None,
            private: Some(false),
            execution_enabled: Some(true),
            owner_email: Some("rec+x@example.test".into()),
            team: Some(TeamId("t-1".into())),
        };
        let request = create_pad(&root(), &new);
        assert_eq!(request.idempotency, Idempotency::NotIdempotent);
        assert_eq!(request.method, Method::POST);
        assert_eq!(request.url.as_str(), "https://app.coderpad.io/api/pads");
        let expected = pairs(&[
            ("title", "Ada & Bob / 50% + ünï"),
            ("language", "python"),
            ("notes", "line 1\nline 2"),
            ("question_id", "12"),
            ("private", "false"),
            ("execution_enabled", "true"),
            ("user_email", "rec+x@example.test"),
            ("team_id", "t-1"),
        ]);
        assert_eq!(form(&request), expected);
    }

    #[test]
    fn what_is_not_given_is_left_to_the_account() {
        assert_eq!(form(&create_pad(&root(), &NewPad::default())), pairs(&[]));
    }

    #[test]
    fn a_long_title_is_cut_between_characters() {
        let title = "ü".repeat(300);
        let new = NewPad {
            title,
            ..NewPad::default()
        };
        let sent = form(&create_pad(&root(), &new));
        assert_eq!(sent[0].1, "ü".repeat(255));
    }
}
