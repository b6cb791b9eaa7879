/// Why no reply came. The difference between the two decides whether a pad may exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Nothing left this computer: the service can't have acted.
    #[error("nothing was sent ({0})")]
    NotSent(Why),
    /// Something may have been sent and acted upon.
    #[error("no clear answer ({0})")]
    Unclear(Why),
}

/// What went wrong with the connection, as far as it can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// The name could not be resolved, or there is no route: usually no network at all.
    #[error("the address can't be found")]
    NoRoute,
    /// Somebody is there and refuses the connection.
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
    /// The service sends us to another place, which we don't follow with a key in hand.
    #[error("it leads elsewhere")]
    LeadsElsewhere,
}

impl Failure {
    /// What went wrong, whichever side of sending it was.
    #[must_use]
    pub fn why(self) -> Why {
        match self {
            Self::NotSent(why) | Self::Unclear(why) => why,
        }
    }
}
