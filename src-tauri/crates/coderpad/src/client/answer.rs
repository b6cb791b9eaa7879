//! What the reply to a read or a change means. For a creation see `creation`: there the question
//! is another one.

use http::StatusCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use transport::json::repair;
use transport::{Failure, Reply};

use crate::Error;

/// The longest text of the service that is shown, in characters.
const LONGEST_TEXT: usize = 200;

/// What stands around every answer: `{"status":"OK", …}` or `{"status":"ERROR","message":"…"}`
/// (contracts/coderpad.md, 1).
#[derive(Debug, Deserialize)]
pub(super) struct Envelope {
    #[serde(default)]
    status: Value,
    #[serde(default)]
    message: Value,
}

impl Envelope {
    /// Reads the envelope of a body; `None` when the body is no JSON object. The body decides, not
    /// its media type: only the service writes this.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        // Serde would also take a JSON list for a structure.
        let body = repair(body);
        let is_object = body.trim_start().starts_with('{');
        let envelope = is_object.then(|| serde_json::from_str(&body).ok());
        envelope.flatten()
    }

    /// Returns true if the service says that it did what was asked.
    pub(super) fn says_ok(&self) -> bool {
        self.says("OK")
    }

    /// Returns true if the service itself says no.
    pub(super) fn says_error(&self) -> bool {
        self.says("ERROR")
    }

    /// Returns true if there are words with it: the service's own refusals always have some.
    pub(super) fn has_words(&self) -> bool {
        self.message.is_string()
    }

    /// Returns true if it has no status.
    pub(super) fn says_nothing(&self) -> bool {
        self.status.is_null()
    }

    /// The service's words, fit to be shown.
    pub(super) fn message(&self) -> String {
        fit_to_show(self.message.as_str().unwrap_or_default())
    }

    /// Clients have seen both cases of letters (contracts/coderpad.md, 1).
    fn says(&self, word: &str) -> bool {
        self.status
            .as_str()
            .is_some_and(|status| status.eq_ignore_ascii_case(word))
    }
}

/// The outcome of a read, decoded. `what` names the thing for [`Error::NotAllowed`].
pub(super) fn read<T: DeserializeOwned>(
    what: &'static str,
    outcome: Result<Reply, Failure>,
) -> Result<T, Error> {
    let reply = outcome?;
    if !reply.status.is_success() {
        return Err(refusal(what, &reply));
    }
    // An answer that says nothing is taken for what it holds: not every endpoint is documented to
    // have a status, and decoding asks for what must be there.
    match Envelope::read(&reply.body) {
        None => Err(not_coderpad(&reply, "an answer that is not JSON")),
        Some(envelope) if envelope.says_ok() || envelope.says_nothing() => {
            serde_json::from_str(&repair(&reply.body))
                .map_err(|_| not_coderpad(&reply, "an answer of another shape"))
        }
        Some(envelope) => Err(Error::Refused {
            message: envelope.message(),
        }),
    }
}

/// The outcome of a change. The answer is `{"status":"OK"}` and nothing else
/// (contracts/coderpad.md, 2.4).
pub(super) fn changed(what: &'static str, outcome: Result<Reply, Failure>) -> Result<(), Error> {
    let reply = outcome?;
    let envelope = Envelope::read(&reply.body);
    let own_no = envelope.as_ref().filter(|envelope| envelope.says_error());
    if reply.status == StatusCode::TOO_MANY_REQUESTS && own_no.is_some() {
        return Err(Error::OverQuota);
    }
    if !reply.status.is_success() {
        return Err(refusal(what, &reply));
    }
    if let Some(no) = own_no {
        return Err(Error::Refused {
            message: no.message(),
        });
    }
    match envelope {
        Some(envelope) if envelope.says_ok() => Ok(()),
        _ => Err(not_coderpad(&reply, "an answer without OK")),
    }
}

fn refusal(what: &'static str, reply: &Reply) -> Error {
    let status = reply.status;
    if status == StatusCode::TOO_MANY_REQUESTS {
        return Error::RateLimited {
            retry_after: reply.retry_after(),
        };
    }
    if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT {
        return Error::Down {
            status: status.as_u16(),
        };
    }
    if !status.is_client_error() {
        return not_coderpad(reply, "it leads to another address");
    }
    // Proxies and Cloudflare answer 401, 403 and 404 as well. Only the service's own "no" may be
    // taken for a wrong key or a pad that is gone.
    let Some(envelope) = Envelope::read(&reply.body).filter(Envelope::says_error) else {
        return not_coderpad(reply, "a refusal that is not in CoderPad's form");
    };
    match status {
        StatusCode::UNAUTHORIZED => Error::WrongKey,
        StatusCode::FORBIDDEN => Error::NotAllowed { what },
        StatusCode::NOT_FOUND => Error::Gone,
        _ => Error::Refused {
            message: envelope.message(),
        },
    }
}

fn not_coderpad(reply: &Reply, seen: &'static str) -> Error {
    Error::NotCoderpad {
        status: Some(reply.status.as_u16()),
        seen,
    }
}

/// Removes what could disturb the place where a text of the service is shown, and cuts it.
fn fit_to_show(text: &str) -> String {
    let plain = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !is_invisible(*c));
    let mut shown: String = plain.take(LONGEST_TEXT).collect();
    shown.truncate(shown.trim_end().len());
    shown
}

/// Marks that turn the direction of writing or take no room: they can make a text lie.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_text_is_one_short_line_without_tricks() {
        assert_eq!(fit_to_show("Over\nquota\t\u{1b}[31m!"), "Over quota [31m!");
        assert_eq!(fit_to_show("a\u{202e}b\u{200b}c\0"), "abc");
        assert_eq!(fit_to_show(&"ä".repeat(500)).chars().count(), 200);
        assert_eq!(fit_to_show("  \n"), "");
    }
}
