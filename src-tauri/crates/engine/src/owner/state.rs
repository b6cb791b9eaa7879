//! What the owner knows, by component. What has to be reset together lives together.

use std::time::Duration;

/// What was announced and shown.
pub(super) struct Outbox {
    /// The number of the last announcement handed out.
    pub(super) last_dispatched: i64,
    pub(super) revision: u64,
    /// When the snapshot was last published.
    pub(super) published: Duration,
}

impl Outbox {
    pub(super) fn new(revision: u64) -> Self {
        Self {
            last_dispatched: 0,
            revision,
            published: Duration::ZERO,
        }
    }
}
