use async_trait::async_trait;

use crate::{Reply, Request};

/// Sends one request, once. Implementations never retry and never follow a redirect.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Sends the request and reads the whole reply.
    ///
    /// # Errors
    /// [`Failure::NotSent`] only when it is certain that the service received nothing.
    async fn send(&self, request: Request) -> Result<Reply, Failure>;
}

/// Why no reply came. The difference between the two decides whether a pad may exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Nothing left this computer: the service can't have acted.
    #[error("nothing was sent ({0})")]
    NotSent(FailureKind),
    /// Something may have been sent and acted upon.
    #[error("no clear answer ({0})")]
    Unclear(FailureKind),
}

/// What went wrong with the connection, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FailureKind {
    /// The name could not be resolved, or there is no route: usually no network at all.
    #[error("the address can't be found")]
    NoRoute,
    /// The computer was reached, but refuses the connection.
    #[error("the connection was refused")]
    Refused,
    /// The certificate isn't trusted, or TLS failed otherwise.
    #[error("the secure connection failed")]
    Tls,
    /// The proxy didn't let the connection through.
    #[error("the proxy refused")]
    Proxy,
    /// No answer in time.
    #[error("it took too long")]
    TimedOut,
    /// The connection ended before the answer was complete.
    #[error("the connection broke")]
    Broken,
    /// The answer is larger than any answer should be.
    #[error("the answer is too large")]
    TooLarge,
    /// A redirect to another origin (the key doesn't go there), or one too many.
    #[error("it leads elsewhere")]
    CrossOriginRedirect,
}

impl Failure {
    /// What went wrong, before or after something was sent.
    #[must_use]
    pub fn kind(self) -> FailureKind {
        match self {
            Self::NotSent(kind) | Self::Unclear(kind) => kind,
        }
    }
}

impl FailureKind {
    /// Returns true if the same request may succeed a little later, without anyone's help.
    #[must_use]
    pub fn may_pass(self) -> bool {
        match self {
            Self::NoRoute | Self::Refused | Self::TimedOut | Self::Broken => true,
            Self::Tls | Self::Proxy | Self::TooLarge | Self::CrossOriginRedirect => false,
        }
    }
}
