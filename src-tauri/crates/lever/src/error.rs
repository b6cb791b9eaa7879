use std::time::Duration;

use transport::Failure;

use crate::Permission;

/// Why Lever did not do what it was asked. Each variant calls for something else.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// 401: Lever doesn't know the key. Sandbox, production and EU keys are not interchangeable
    /// (contracts/lever.md, 1.1).
    #[error("Lever doesn't accept this API key")]
    WrongKey,
    /// 403: the key lacks a permission, or the record is confidential and the key may not see
    /// those. A key can't be changed afterwards: it takes a new one (contracts/lever.md, 1.3).
    #[error("this API key may not do this in Lever: it lacks \"{what}\"")]
    NotAllowed {
        /// What has to be ticked when the next key is created.
        what: Permission,
    },
    /// 404 for a thing with an id: it was deleted, or never was.
    #[error("Lever no longer has this {what}")]
    Gone {
        /// What kind of thing, such as `opportunity`.
        what: &'static str,
    },
    /// Lever understood and says no. Asking the same again won't help.
    #[error("Lever refused: {message} ({code})")]
    Refused {
        /// Lever's symbol for it, such as `BadRequestError`; `HTTP 422` where it gave none.
        code: String,
        /// Lever's own words: at most 200 characters, without control characters.
        message: String,
    },
    /// 400: Lever wants to know in whose name this is done.
    #[error("Lever wants to know which of its users this is done as")]
    NeedsPerformAs,
    /// 429: too many requests in too short a time.
    #[error("Lever asks for fewer requests at a time")]
    RateLimited {
        /// How long to wait. Lever usually doesn't say it (contracts/lever.md, 1.6).
        retry_after: Option<Duration>,
    },
    /// 408 and 5xx: Lever has a problem of its own, or is being maintained.
    #[error("Lever doesn't work properly at the moment (status {status})")]
    Down {
        /// The HTTP status.
        status: u16,
    },
    /// No answer came. A write may have been done all the same: see [`Failure`].
    #[error("Lever can't be reached: {0}")]
    Unreachable(Failure),
    /// An answer came that Lever should not give. Never shows any of its text.
    #[error("this answer isn't what Lever should give for the {about}: {violation}")]
    NotLever {
        /// What was asked for, such as `opportunities`.
        about: &'static str,
        /// What is wrong with it.
        violation: ProtocolViolation,
    },
}

/// How an answer differs from what Lever's API promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProtocolViolation {
    /// A web page: usually a proxy or a sign-in page on the way.
    #[error("a web page instead of data")]
    WebPage,
    /// No JSON, or JSON that was cut off.
    #[error("no readable data")]
    NotJson,
    /// JSON, but without what it must have, such as the id of a row.
    #[error("something is missing in it")]
    WrongShape,
    /// Lever is there, but has nothing under this address: the API root may be wrong.
    #[error("there is nothing under this address")]
    UnknownPath,
    /// A status that makes no sense here.
    #[error("status {0}")]
    Status(u16),
    /// A list whose pages repeat, are empty in the middle, or never end.
    #[error("its pages don't come to an end")]
    EndlessPages,
}

impl Error {
    /// Returns true if it passes without anyone's help.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::RateLimited { .. } | Self::Down { .. } => true,
            Self::Unreachable(failure) => failure.kind().may_pass(),
            // A body that was cut off on the way looks like this.
            Self::NotLever { violation, .. } => *violation == ProtocolViolation::NotJson,
            Self::WrongKey
            | Self::NotAllowed { .. }
            | Self::Gone { .. }
            | Self::Refused { .. }
            | Self::NeedsPerformAs => false,
        }
    }

    /// Returns true if the answer was a no (4xx), from Lever or from something on the way: asking
    /// for something else may well work.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        match self {
            Self::WrongKey
            | Self::NotAllowed { .. }
            | Self::Gone { .. }
            | Self::Refused { .. }
            | Self::NeedsPerformAs => true,
            Self::NotLever { violation, .. } => {
                matches!(
                    violation,
                    ProtocolViolation::UnknownPath | ProtocolViolation::WebPage
                )
            }
            Self::RateLimited { .. } | Self::Down { .. } | Self::Unreachable(_) => false,
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Self::Unreachable(failure)
    }
}

#[cfg(test)]
mod tests {
    use transport::FailureKind;

    use super::*;

    #[test]
    fn passing_errors_are_distinguished_from_lasting_ones() {
        let odd = |violation| Error::NotLever {
            about: "stages",
            violation,
        };
        let gone = Error::Gone {
            what: "opportunity",
        };
        for passing in [
            Error::RateLimited { retry_after: None },
            Error::Down { status: 503 },
            Error::Unreachable(Failure::NotSent(FailureKind::NoRoute)),
            Error::Unreachable(Failure::Unclear(FailureKind::TimedOut)),
            odd(ProtocolViolation::NotJson),
        ] {
            assert!(passing.is_passing(), "{passing}");
        }
        for lasting in [
            Error::WrongKey,
            Error::NeedsPerformAs,
            Error::Unreachable(Failure::NotSent(FailureKind::Tls)),
            odd(ProtocolViolation::WebPage),
            gone,
        ] {
            assert!(!lasting.is_passing(), "{lasting}");
        }
    }
}
