//! What retention remembers between two errands.

use std::time::Duration;

use lever::OpportunityId;

use super::queue::Removal;
use padwatch_domain::retention::DELETIONS_AFTER_START;

/// Returns true for one whom the last look at everyone showed.
pub(super) type IsListed<'a> = &'a dyn Fn(&OpportunityId) -> bool;

/// Removing what is no longer needed.
pub(crate) struct Retention {
    pub(super) removal: Removal,
    /// When to try again to take removed data out of free space.
    pub(super) next_wipe: Duration,
    pub(super) next_deletions: Duration,
    pub(super) next_removal: Duration,
}

impl Retention {
    pub(crate) fn new(now: Duration) -> Self {
        Self {
            removal: Removal::default(),
            next_wipe: now,
            next_deletions: now + DELETIONS_AFTER_START,
            next_removal: now + DELETIONS_AFTER_START,
        }
    }
}
