//! From a reply to an answer: the status, the error body, the envelope around the data.

use http::{StatusCode, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;
use serde_json::value::RawValue;
use transport::{Listed, Reply, json as lenient_json};

use super::call::{Call, Subject};
use crate::lenient::or_default;
use crate::{Error, ProtocolViolation};

/// The longest text of Lever's that an error keeps, in characters.
const LONGEST_MESSAGE: usize = 200;
/// The longest symbol of Lever's that an error keeps, in characters.
const LONGEST_CODE: usize = 60;

/// One page of a list.
#[derive(Debug, PartialEq)]
pub(super) struct Page<T> {
    /// The rows, and those that could not be read.
    pub(super) listed: Listed<T>,
    /// The size of the answer, in bytes.
    pub(super) bytes: usize,
    /// The token of the next page; `None` on the last one.
    pub(super) next: Option<String>,
}

#[derive(Deserialize)]
struct One<T> {
    data: T,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", bound = "T: DeserializeOwned")]
struct Many<T> {
    data: Listed<T>,
    #[serde(default)]
    has_next: Value,
    #[serde(default)]
    next: Value,
}

impl<T> Many<T> {
    /// The token of the next page. Only a plain `false` says that there is none although one is
    /// named; and where there must be one, a list without it is not whole.
    fn next(&self) -> Result<Option<String>, ProtocolViolation> {
        let token = match &self.next {
            Value::String(token) if !token.is_empty() => Some(token.clone()),
            Value::Number(token) => Some(token.to_string()),
            _ => None,
        };
        match (&self.has_next, token) {
            (Value::Bool(false), _) => Ok(None),
            (Value::Bool(true), None) => Err(ProtocolViolation::WrongShape),
            (_, token) => Ok(token),
        }
    }
}

#[derive(Deserialize, Default)]
struct Complaint {
    #[serde(default, deserialize_with = "or_default")]
    code: String,
    #[serde(default, deserialize_with = "or_default")]
    message: String,
}

/// The one thing that was asked for: `{"data": {…}}`.
pub(super) fn one<T: DeserializeOwned>(call: &Call, reply: &Reply) -> Result<T, Error> {
    let One { data } = json(call, accepted(call, reply)?)?;
    Ok(data)
}

/// One page of what was asked for: `{"data": [{…}], "hasNext": …, "next": …}`.
pub(super) fn page<T: DeserializeOwned>(call: &Call, reply: &Reply) -> Result<Page<T>, Error> {
    let reply = accepted(call, reply)?;
    let bytes = reply.body.len();
    // Files are a bare list by the documentation, and an envelope in truth (contracts/lever.md, 4.6).
    if reply.body.trim_ascii_start().starts_with(b"[") && call.may_be_bare() {
        return Ok(Page {
            listed: json(call, reply)?,
            bytes,
            next: None,
        });
    }
    let many: Many<T> = json(call, reply)?;
    let next = many.next().map_err(|violation| odd(call, violation))?;
    Ok(Page {
        listed: many.data,
        bytes,
        next,
    })
}

/// Only that it was done: 204 without a body, or any JSON.
pub(super) fn done(call: &Call, reply: &Reply) -> Result<(), Error> {
    let reply = accepted(call, reply)?;
    if reply.body.is_empty() {
        return Ok(());
    }
    json::<Box<RawValue>>(call, reply).map(|_| ())
}

/// The reply itself if Lever did what was asked; otherwise what was wrong.
fn accepted<'a>(call: &Call, reply: &'a Reply) -> Result<&'a Reply, Error> {
    let status = reply.status;
    // Before anything else: these mean the same from Lever as from a proxy.
    if status == StatusCode::TOO_MANY_REQUESTS {
        let retry_after = reply.retry_after();
        return Err(Error::RateLimited { retry_after });
    }
    if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT {
        let status = status.as_u16();
        return Err(Error::Down { status });
    }
    if is_web_page(reply) {
        return Err(odd(call, ProtocolViolation::WebPage));
    }
    if status.is_success() {
        return Ok(reply);
    }
    if !status.is_client_error() {
        return Err(odd(call, ProtocolViolation::Status(status.as_u16())));
    }
    let complaint = serde_json::from_str(&lenient_json::repair(&reply.body)).unwrap_or_default();
    Err(refusal(call, status, &complaint))
}

fn refusal(call: &Call, status: StatusCode, complaint: &Complaint) -> Error {
    match status {
        StatusCode::UNAUTHORIZED => return Error::WrongKey,
        StatusCode::FORBIDDEN => return Error::NotAllowed { what: call.needs },
        StatusCode::NOT_FOUND => return not_found(call, complaint),
        _ => {}
    }
    // An upload that took too long; the status is not documented (contracts/lever.md, 1.5).
    if complaint.code == "RequestTimeout" {
        let status = status.as_u16();
        return Error::Down { status };
    }
    if complaint
        .message
        .to_ascii_lowercase()
        .contains("perform_as")
    {
        return Error::NeedsPerformAs;
    }
    let code = match plain(&complaint.code, LONGEST_CODE) {
        code if code.is_empty() => format!("HTTP {}", status.as_u16()),
        code => code,
    };
    let message = match plain(&complaint.message, LONGEST_MESSAGE) {
        message if message.is_empty() => "no reason given".to_owned(),
        message => message,
    };
    Error::Refused { code, message }
}

/// An unknown path is not a thing that was deleted. A wrong API root must not look as if every
/// candidate had left. Lever answers `<path> does not exist` to the first and
/// `<collection> <id> was not found` to the second (contracts/lever.md, 1.5).
fn not_found(call: &Call, complaint: &Complaint) -> Error {
    let unknown_path =
        complaint.message.starts_with('/') && complaint.message.contains("does not exist");
    match call.subject {
        Subject::Thing(what) if !unknown_path && !complaint.code.is_empty() => Error::Gone { what },
        _ => odd(call, ProtocolViolation::UnknownPath),
    }
}

fn json<T: DeserializeOwned>(call: &Call, reply: &Reply) -> Result<T, Error> {
    serde_json::from_str(&lenient_json::repair(&reply.body)).map_err(|error| {
        // The error's own text may quote a candidate's data: only its category is kept.
        match error.classify() {
            Category::Data => odd(call, ProtocolViolation::WrongShape),
            Category::Io | Category::Syntax | Category::Eof => {
                odd(call, ProtocolViolation::NotJson)
            }
        }
    })
}

fn odd(call: &Call, violation: ProtocolViolation) -> Error {
    Error::NotLever {
        about: call.subject.name(),
        violation,
    }
}

fn is_web_page(reply: &Reply) -> bool {
    let kind = reply.headers.get(header::CONTENT_TYPE);
    let html = kind.is_some_and(|kind| {
        kind.as_bytes()
            .to_ascii_lowercase()
            .starts_with(b"text/html")
    });
    html || reply.body.trim_ascii_start().starts_with(b"<")
}

/// Text of Lever's, fit to be shown in one line.
fn plain(text: &str, longest: usize) -> String {
    let visible = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c });
    let kept: String = visible.filter(|c| !unseen(*c)).take(longest).collect();
    kept.trim().to_owned()
}

/// Control characters, and those that turn the direction of the text around them.
fn unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests;
