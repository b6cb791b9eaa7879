use lever::OpportunityId;
use lever::webhook::EventKind;

/// A verified event: look at this opportunity now. Nothing in it but the token and the time is
/// covered by the signature (contracts/lever.md, 5.3), so it is a hint and no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The event's token, by which a replay is known. It is signed; the event's `id` is not.
    pub token: String,
    /// The opportunity to read again.
    pub opportunity: OpportunityId,
    /// What is said to have happened.
    pub kind: EventKind,
    /// When, in ms since the epoch, by Lever's clock.
    pub triggered_at_ms: i64,
}

/// What became of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// The token was new: it and the hint are stored.
    New,
    /// The token was stored before: nothing was done.
    Seen,
}

/// Nothing was stored. Lever will try again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the event could not be stored")]
pub struct InboxUnavailable;

/// Where verified events go.
pub trait Inbox: Send + Sync + 'static {
    /// Stores token and hint in one transaction, and wakes what looks at hints. When this
    /// returns, the event must survive the death of the process: it is acknowledged next, and
    /// Lever won't send it again. Called on a thread of the receiver's own, one call at a time; it
    /// may block for the time of one write.
    ///
    /// # Errors
    /// [`InboxUnavailable`] when nothing was stored.
    fn accept(&self, delivery: Delivery) -> Result<Taken, InboxUnavailable>;
}
