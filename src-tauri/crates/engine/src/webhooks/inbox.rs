//! The receiver's way to the ledger: through its owner.

use padwatch_receiver::{Delivery, Inbox, InboxUnavailable, Taken};

use super::Request;
use crate::handle::{self, Handle};

/// Hands events to the owner, and waits until they are on the disk.
pub(super) struct ToOwner(pub(super) Handle);

impl Inbox for ToOwner {
    fn accept(&self, delivery: Delivery) -> Result<Taken, InboxUnavailable> {
        let taken = self
            .0
            .ask_blocking(|reply| handle::Request::Webhooks(Request::Take(delivery, reply)));
        taken.map_err(|problem| {
            tracing::warn!(code = ?problem.code, "an event could not be stored");
            InboxUnavailable
        })
    }
}
