use std::time::Duration;

use transport::{Failure, FailureKind};

/// Why something could not be read or changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The key is unknown, or can't be a key at all (401).
    #[error("CoderPad doesn't accept the API key")]
    WrongKey,
    /// The key's user may not do this (403).
    #[error("CoderPad doesn't let this account see or change {what}")]
    NotAllowed {
        /// What was asked for, such as `the pads of the organization`.
        what: &'static str,
    },
    /// There is no such thing, or not for this key's user (404).
    #[error("CoderPad no longer has it, or it belongs to somebody else")]
    Gone,
    /// The service understood and said no.
    #[error("CoderPad said no: {message}")]
    Refused {
        /// The service's words, at most 200 characters, no control characters. May be empty.
        message: String,
    },
    /// A change that the month's allowance doesn't cover (429 in the service's own words).
    #[error("the month's pads are used up")]
    OverQuota,
    /// Too many requests.
    #[error("CoderPad asks to wait")]
    RateLimited {
        /// How long to wait, where it was said.
        retry_after: Option<Duration>,
    },
    /// The service has trouble of its own (5xx, 408).
    #[error("CoderPad is not working at the moment (HTTP {status})")]
    Down {
        /// The HTTP status.
        status: u16,
    },
    /// No answer.
    #[error("CoderPad can't be reached: {0}")]
    Unreachable(Failure),
    /// Something else answers, or the answer isn't what CoderPad answers: a proxy's or hotel's
    /// page, a list that leads to another host or round in a circle, an answer cut short.
    #[error("what came back is not from CoderPad as we know it: {seen}")]
    NotCoderpad {
        /// The HTTP status, where there was one.
        status: Option<u16>,
        /// What was seen, in a few words. Never a word of the body.
        seen: &'static str,
    },
}

impl Error {
    /// Returns true if the same request may succeed later without anyone's help.
    ///
    /// [`Error::NotCoderpad`] counts as passing: its usual cause is a network that puts its own
    /// page in between.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::RateLimited { .. }
            | Self::Down { .. }
            | Self::Unreachable(_)
            | Self::NotCoderpad { .. } => true,
            Self::WrongKey
            | Self::NotAllowed { .. }
            | Self::Gone
            | Self::Refused { .. }
            | Self::OverQuota => false,
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        if failure.kind() == FailureKind::CrossOriginRedirect {
            return Self::NotCoderpad {
                status: None,
                seen: "it leads to another address",
            };
        }
        Self::Unreachable(failure)
    }
}
