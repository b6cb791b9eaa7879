use std::time::Duration;

use transport::{Failure, Why};

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
        /// What has to be ticked when the next key is made.
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
    /// 429: too much was asked in too short a time.
    #[error("Lever asks for fewer requests at a time")]
    Pace {
        /// When Lever says how long to wait. It usually doesn't (contracts/lever.md, 1.6).
        retry_after: Option<Duration>,
    },
    /// 408 and 5xx: Lever has a problem of its own, or is being maintained.
    #[error("Lever doesn't work properly at the moment (status {status})")]
    Down {
        /// The HTTP status.
        status: u16,
    },
    /// No answer came. For a write, look at the [`Failure`]: it may have been done all the same.
    #[error("Lever can't be reached: {0}")]
    Unreachable(Failure),
    /// An answer came that Lever should not give. Never shows any of its text.
    #[error("this answer isn't what Lever should give for the {about}: {oddity}")]
    NotLever {
        /// What was asked for, such as `opportunities`.
        about: &'static str,
        /// What is odd about it.
        oddity: Oddity,
    },
}

/// What is odd about an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Oddity {
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
    /// Whether it will pass by itself, without anybody doing anything.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Pace { .. } | Self::Down { .. } => true,
            Self::Unreachable(failure) => match failure.why() {
                Why::NoRoute | Why::Refused | Why::TimedOut | Why::Broken => true,
                Why::Tls | Why::Proxy | Why::TooLarge | Why::LeadsElsewhere => false,
            },
            // A body that was cut off on the way looks like this.
            Self::NotLever { oddity, .. } => *oddity == Oddity::NotJson,
            Self::WrongKey
            | Self::NotAllowed { .. }
            | Self::Gone { .. }
            | Self::Refused { .. }
            | Self::NeedsPerformAs => false,
        }
    }
}

impl Error {
    /// Returns true if the answer was a no (4xx), whoever gave it: asking for something else may
    /// well work.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        match self {
            Self::WrongKey
            | Self::NotAllowed { .. }
            | Self::Gone { .. }
            | Self::Refused { .. }
            | Self::NeedsPerformAs => true,
            Self::NotLever { oddity, .. } => {
                matches!(oddity, Oddity::UnknownPath | Oddity::WebPage)
            }
            Self::Pace { .. } | Self::Down { .. } | Self::Unreachable(_) => false,
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
    use super::*;

    #[test]
    fn what_passes_by_itself_is_told_from_what_needs_somebody() {
        let odd = |oddity| Error::NotLever {
            about: "stages",
            oddity,
        };
        let gone = Error::Gone {
            what: "opportunity",
        };
        for passing in [
            Error::Pace { retry_after: None },
            Error::Down { status: 503 },
            Error::Unreachable(Failure::NotSent(Why::NoRoute)),
            Error::Unreachable(Failure::Unclear(Why::TimedOut)),
            odd(Oddity::NotJson),
        ] {
            assert!(passing.is_passing(), "{passing}");
        }
        for lasting in [
            Error::WrongKey,
            Error::NeedsPerformAs,
            Error::Unreachable(Failure::NotSent(Why::Tls)),
            odd(Oddity::WebPage),
            gone,
        ] {
            assert!(!lasting.is_passing(), "{lasting}");
        }
    }
}
