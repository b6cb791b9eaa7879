//! What goes to the engine and comes back from it.

use lever::OpportunityId;
use tokio::sync::oneshot;
use transport::{ExposeSecret, SecretString};

use padwatch_domain::problem::Problem;

/// The answer to a request.
pub type Answer<T> = Result<T, Problem>;
pub(crate) type Reply<T> = oneshot::Sender<Answer<T>>;

/// Answers a request. The receiver of the answer may have been dropped.
pub(crate) fn answer<T>(reply: Reply<T>, answer: Answer<T>) {
    let _ = reply.send(answer);
}

/// The keys of both services. They live in the keyring; the engine only uses them.
#[derive(Clone, Default)]
pub struct Keys {
    /// Lever's API key.
    pub lever: Option<SecretString>,
    /// CoderPad's API key.
    pub coderpad: Option<SecretString>,
}

impl Keys {
    /// Returns true if these are the same keys.
    pub(crate) fn are(&self, others: &Self) -> bool {
        let same = |one: &Option<SecretString>, other: &Option<SecretString>| {
            let (one, other) = (one.as_ref(), other.as_ref());
            one.map(ExposeSecret::expose_secret) == other.map(ExposeSecret::expose_secret)
        };
        same(&self.lever, &others.lever) && same(&self.coderpad, &others.coderpad)
    }
}

/// Something that says "look at this opportunity now".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The opportunity; `None`: look at everyone.
    pub opportunity: Option<OpportunityId>,
    /// What set it off.
    pub from: HintSource,
}

/// Where a hint comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HintSource {
    /// "Check now".
    Person,
    /// The computer woke up, or the network came back.
    Wake,
}
