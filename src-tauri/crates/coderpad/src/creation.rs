//! What creating a pad takes, and what can come of it.

use std::time::Duration;

use transport::FailureKind;

use crate::{Pad, PadId, QuestionId, TeamId};

/// A pad to create. What is `None` or empty is left to the account's own defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewPad {
    /// Cut to 255 characters when it is sent: the service refuses a longer one
    /// (contracts/coderpad.md, 2.2). The candidate may see it.
    pub title: String,
    /// The language, such as `python`. An unknown one is refused by the service.
    pub language: Option<String>,
    /// Notes in markdown that the candidate doesn't see.
    pub notes: String,
    /// The question whose language and contents the pad takes.
    pub question: Option<QuestionId>,
    /// The starting code. The service refuses it together with a question.
    pub contents: Option<String>,
    /// True if the candidate waits to be let in.
    pub private: Option<bool>,
    /// True if code can be run.
    pub execution_enabled: Option<bool>,
    /// The person who will own the pad. Organization owners only.
    pub owner_email: Option<String>,
    /// The team that the pad will belong to. Organization owners only.
    pub team: Option<TeamId>,
}

/// A pad that was created.
#[derive(Debug, Clone, PartialEq)]
pub struct CreatedPad {
    /// What to read it again by.
    pub id: PadId,
    /// The pad, as far as the answer could be read. Two documented answers differ: read the pad
    /// again for what matters (contracts/coderpad.md, 2.2).
    pub pad: Option<Pad>,
    /// The server's time at the answer, in ms since the epoch.
    pub server_date_ms: Option<i64>,
}

/// Why there is no [`CreatedPad`]. Only [`CreateError::Unclear`] leaves open whether there is a pad.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateError {
    /// The service said no, in its own form: no pad was created.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Nothing left this computer: no pad was created.
    #[error("nothing was sent: {0}")]
    NotSent(FailureKind),
    /// Anything else: a pad may have been created. Look for it before creating another one.
    #[error("it is not known whether a pad was made: {0}")]
    Unclear(UnclearOutcome),
}

/// A clear no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The key is unknown, or can't be a key at all (401).
    #[error("CoderPad doesn't accept the API key")]
    WrongKey,
    /// The key's user may not create pads, or not for this owner or team (403).
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
