use std::time::Duration;

use exchange::{Failure, Reply, Why};
use http::StatusCode;
use serde::Deserialize;

use crate::answer::Envelope;
use crate::{Pad, PadId};

/// A pad that was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
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
    NotSent(Why),
    /// Too many requests. Such limits stand before the service's own code, so no pad was made
    /// (contracts/coderpad.md, 1). Wait before the next request of any kind.
    #[error("CoderPad asks to wait")]
    Pace {
        /// How long to wait, where it was said.
        retry_after: Option<Duration>,
    },
    /// Anything else: a pad may have been made. Look for it before making another one.
    #[error("it is not known whether a pad was made: {0}")]
    Unclear(Doubt),
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

/// An outcome that leaves open whether a pad was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{seen}")]
pub struct Doubt {
    /// What came instead of a clear answer.
    pub seen: Seen,
    /// The server's time at the answer, in ms since the epoch, where there was an answer with one.
    pub server_date_ms: Option<i64>,
}

/// What was seen instead of a clear answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Seen {
    /// No complete answer.
    #[error("no answer ({0})")]
    NoAnswer(Why),
    /// The service has trouble of its own; it may still have finished the work.
    #[error("the service has trouble (HTTP {0})")]
    Trouble(u16),
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
pub(crate) fn read(outcome: Result<Reply, Failure>) -> Result<Made, CreateError> {
    let reply = match outcome {
        Ok(reply) => reply,
        Err(Failure::NotSent(why)) => return Err(CreateError::NotSent(why)),
        Err(Failure::Unclear(why)) => return Err(unclear(Seen::NoAnswer(why), None)),
    };
    let envelope = Envelope::read(&reply.body);
    if reply.status.is_success() {
        return made(&reply, envelope.as_ref());
    }
    Err(not_made(&reply, envelope.as_ref()))
}

fn made(reply: &Reply, envelope: Option<&Envelope>) -> Result<Made, CreateError> {
    let server_date_ms = reply.date_ms();
    let seen = match envelope {
        None => Seen::Unreadable(reply.status.as_u16()),
        Some(envelope) if !envelope.says_ok() && !envelope.says_nothing() => {
            Seen::ErrorWithinSuccess
        }
        Some(_) => match id_in(&reply.body) {
            None => Seen::NoId,
            Some(id) => {
                return Ok(Made {
                    id,
                    pad: serde_json::from_slice(&reply.body).ok(),
                    server_date_ms,
                });
            }
        },
    };
    Err(unclear(seen, server_date_ms))
}

/// The id alone, so that an odd field beside it can't hide it.
fn id_in(body: &[u8]) -> Option<PadId> {
    #[derive(Deserialize)]
    struct OnlyId {
        id: PadId,
    }
    serde_json::from_slice::<OnlyId>(body)
        .ok()
        .map(|only| only.id)
}

/// Only the service's own form makes a refusal clear: a page of HTML may come from anywhere on the
/// way, before or after the pad was made.
fn not_made(reply: &Reply, envelope: Option<&Envelope>) -> CreateError {
    let code = reply.status.as_u16();
    let own_word = envelope.filter(|envelope| envelope.says_error());
    let seen = match (reply.status, own_word) {
        (StatusCode::TOO_MANY_REQUESTS, Some(_)) => return Refusal::OverQuota.into(),
        (StatusCode::TOO_MANY_REQUESTS, None) => {
            return CreateError::Pace {
                retry_after: reply.retry_after(),
            };
        }
        (StatusCode::UNAUTHORIZED, Some(_)) => return Refusal::WrongKey.into(),
        (StatusCode::FORBIDDEN, Some(_)) => return Refusal::NotAllowed.into(),
        (StatusCode::NOT_FOUND, Some(_)) => return Refusal::NotFound.into(),
        (StatusCode::BAD_REQUEST, Some(envelope)) => {
            return Refusal::BadRequest {
                message: envelope.message(),
            }
            .into();
        }
        (status, _) if status.is_server_error() => Seen::Trouble(code),
        (status, _) if status.is_redirection() => Seen::Redirect(code),
        (_, Some(_)) => Seen::UnknownRefusal(code),
        (_, None) => Seen::Unreadable(code),
    };
    unclear(seen, reply.date_ms())
}

fn unclear(seen: Seen, server_date_ms: Option<i64>) -> CreateError {
    CreateError::Unclear(Doubt {
        seen,
        server_date_ms,
    })
}
