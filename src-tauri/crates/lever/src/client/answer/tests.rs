use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use serde::de::IgnoredAny;
use transport::ApiRoot;

use super::*;
use crate::client::account::stages;
use crate::client::call::OPPORTUNITY;
use crate::{Permission, Stage};

const JSON: &str = "application/json; charset=utf-8";

fn reply(status: u16, kind: &'static str, body: &str) -> Reply {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    Reply {
        status: StatusCode::from_u16(status).unwrap(),
        headers,
        body: Bytes::copy_from_slice(body.as_bytes()),
    }
}

fn complaint(code: &str, message: &str) -> String {
    serde_json::json!({ "code": code, "message": message }).to_string()
}

fn root() -> ApiRoot {
    ApiRoot::parse("https://api.lever.co/v1").unwrap()
}

fn add_links() -> Call {
    let url = root().at(&["opportunities", "o-1", "addLinks"]);
    Call::read(url, Permission::AddOpportunityLinks, OPPORTUNITY)
}

/// What adding a link says to this answer.
fn error(status: u16, kind: &'static str, body: &str) -> Error {
    one::<IgnoredAny>(&add_links(), &reply(status, kind, body)).unwrap_err()
}

/// What listing the stages says to this answer.
fn list_error(status: u16, kind: &'static str, body: &str) -> Error {
    page::<Stage>(&stages(&root()), &reply(status, kind, body)).unwrap_err()
}

fn refused(code: &str, message: &str) -> Error {
    Error::Refused {
        code: code.into(),
        message: message.into(),
    }
}

fn not_lever(violation: ProtocolViolation) -> Error {
    Error::NotLever {
        about: "opportunity",
        violation,
    }
}

/// Status, code and message of an answer, and what it is taken for.
type Documented = (u16, &'static str, &'static str, Error);

fn refusals() -> [Documented; 8] {
    let gone = Error::Gone {
        what: "opportunity",
    };
    let not_allowed = Error::NotAllowed {
        what: Permission::AddOpportunityLinks,
    };
    let expand = "posting is not expandable";
    let stale = "Invalid offset token";
    let perform_as = "Missing required parameter: perform_as";
    let no_key = "The request requires authentication.";
    [
        (401, "UnauthorizedError", no_key, Error::WrongKey),
        (403, "Forbidden", "no matching signing key", not_allowed),
        (
            404,
            "ResourceNotFound",
            "opportunities o-1 was not found",
            gone,
        ),
        (
            404,
            "ResourceNotFound",
            "/v1/nothing does not exist",
            not_lever(ProtocolViolation::UnknownPath),
        ),
        (
            400,
            "BadRequestError",
            expand,
            refused("BadRequestError", expand),
        ),
        (
            400,
            "BadRequestError",
            stale,
            refused("BadRequestError", stale),
        ),
        (400, "BadRequestError", perform_as, Error::NeedsPerformAs),
        (422, "Unprocessable", "no", refused("Unprocessable", "no")),
    ]
}

fn troubles() -> [Documented; 6] {
    [
        (
            400,
            "RequestTimeout",
            "too slow",
            Error::Down { status: 400 },
        ),
        (
            429,
            "TooManyRequests",
            "slow down",
            Error::RateLimited { retry_after: None },
        ),
        (
            408,
            "RequestTimeout",
            "too slow",
            Error::Down { status: 408 },
        ),
        (
            500,
            "InternalServerError",
            "oops",
            Error::Down { status: 500 },
        ),
        (
            503,
            "ServiceUnavailable",
            "maintenance",
            Error::Down { status: 503 },
        ),
        (302, "", "", not_lever(ProtocolViolation::Status(302))),
    ]
}

#[test]
fn every_documented_error_has_its_own_variant() {
    for (status, code, message, expected) in refusals().into_iter().chain(troubles()) {
        let found = error(status, JSON, &complaint(code, message));
        assert_eq!(found, expected, "{status} {message}");
    }
}

#[test]
fn the_wait_that_lever_asks_for_is_kept() {
    let mut busy = reply(429, JSON, "{}");
    busy.headers
        .insert(header::RETRY_AFTER, HeaderValue::from_static("7"));
    let retry_after = Some(Duration::from_secs(7));
    let found = done(&add_links(), &busy).unwrap_err();
    assert_eq!(found, Error::RateLimited { retry_after });
}

#[test]
fn a_web_page_is_not_lever_unless_it_says_that_lever_is_down() {
    let html = "<!doctype html><title>Ada signed in</title>";
    for status in [200, 301, 400, 401, 403, 404] {
        let expected = not_lever(ProtocolViolation::WebPage);
        assert_eq!(
            error(status, "text/html; charset=utf-8", html),
            expected,
            "{status}"
        );
        assert_eq!(error(status, "text/plain", html), expected, "{status}");
    }
    assert_eq!(error(503, "text/html", html), Error::Down { status: 503 });
    assert_eq!(error(502, "text/html", html), Error::Down { status: 502 });
}

#[test]
fn a_list_is_never_gone_and_a_bare_404_says_nothing_of_a_candidate() {
    let body = complaint("ResourceNotFound", "stages was not found");
    let unknown = Error::NotLever {
        about: "stages",
        violation: ProtocolViolation::UnknownPath,
    };
    assert_eq!(list_error(404, JSON, &body), unknown);
    assert_eq!(
        error(404, JSON, ""),
        not_lever(ProtocolViolation::UnknownPath)
    );
    assert_eq!(
        error(404, "text/plain", "nope"),
        not_lever(ProtocolViolation::UnknownPath)
    );
}

#[test]
fn wrong_shape_and_cut_off_answers_are_distinguished() {
    for (body, violation) in [
        ("", ProtocolViolation::NotJson),
        ("ok", ProtocolViolation::NotJson),
        (r#"{"data":[{"id":"#, ProtocolViolation::NotJson),
        ("[]", ProtocolViolation::WrongShape),
        ("{}", ProtocolViolation::WrongShape),
        (r#"{"data":{}}"#, ProtocolViolation::WrongShape),
        (r#"{"data":null}"#, ProtocolViolation::WrongShape),
        (r#"{"data":"a"}"#, ProtocolViolation::WrongShape),
        (
            r#"{"data":[],"hasNext":true}"#,
            ProtocolViolation::WrongShape,
        ),
        (
            r#"{"data":[],"hasNext":true,"next":""}"#,
            ProtocolViolation::WrongShape,
        ),
    ] {
        let about = "stages";
        assert_eq!(
            list_error(200, JSON, body),
            Error::NotLever { about, violation },
            "{body}"
        );
    }
}

#[test]
fn no_error_shows_what_a_candidate_is_called() {
    let body = r#"{"data":{"id":["Ada Example"],"text":"Ada Example"}}"#;
    let found = list_error(200, JSON, body);
    assert!(!format!("{found} {found:?}").contains("Ada"), "{found:?}");
}

#[test]
fn text_of_levers_is_cut_and_cannot_break_a_line_or_turn_it_around() {
    let message = format!("bad\r\n\u{1b}[31m \u{202e}txt{}", "x".repeat(500));
    let Error::Refused { code, message } = error(400, JSON, &complaint("", &message)) else {
        panic!("not refused");
    };
    assert_eq!(code, "HTTP 400");
    assert_eq!(message.chars().count(), LONGEST_MESSAGE);
    assert!(message.starts_with("bad  [31m txtxxx"), "{message}");

    let silent = error(400, JSON, r#"{"code":7,"message":null}"#);
    assert_eq!(silent, refused("HTTP 400", "no reason given"));
}

#[test]
fn the_last_page_has_no_token_whatever_else_it_says() {
    let call = stages(&root());
    let read = |body: &str| page::<Stage>(&call, &reply(200, JSON, body)).unwrap();
    let rows = r#""data":[{"id":"lead-new","text":"New lead","other":1}]"#;
    let last = read(&format!(r#"{{{rows},"hasNext":false}}"#));
    assert_eq!(last.listed.rows[0].id.as_str(), "lead-new");
    assert_eq!(last.next, None);
    assert_eq!(read(&format!("{{{rows}}}")).next, None, "webhooks come so");
    assert_eq!(
        read(&format!(r#"{{{rows},"hasNext":false,"next":"a"}}"#)).next,
        None
    );
    let more = read(&format!(r#"{{{rows},"hasNext":true,"next":"a"}}"#));
    assert_eq!(more.next.as_deref(), Some("a"));
}

#[test]
fn done_takes_no_body_or_json_but_no_web_page() {
    assert_eq!(done(&add_links(), &reply(204, JSON, "")), Ok(()));
    assert_eq!(
        done(&add_links(), &reply(200, JSON, r#"{"data":{"id":"f"}}"#)),
        Ok(())
    );
    let page = done(&add_links(), &reply(200, "text/html", "<p>"));
    assert_eq!(page, Err(not_lever(ProtocolViolation::WebPage)));
    let text = done(&add_links(), &reply(200, "text/plain", "fine"));
    assert_eq!(text, Err(not_lever(ProtocolViolation::NotJson)));
}
