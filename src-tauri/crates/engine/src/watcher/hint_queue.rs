//! The hints of webhooks that are still to be looked up.

use std::time::Duration;

use transport::{Rate, TokenBucket};

/// Hints may cause two requests a second, ten after a quiet time: less than half of what is ours
/// (see [`crate::config`]), so that a flood of events leaves room for the work.
const LOOK_UPS: Rate = Rate {
    per_second: 2.0,
    burst: 10,
};
/// Look-ups under way at once.
const AT_ONCE: usize = 10;

/// How far looking up is.
pub(crate) struct HintQueue {
    /// How many look-ups hints may still cause.
    pub(crate) allowance: TokenBucket,
    /// False if the ledger certainly holds no hint.
    pub(crate) may_have_hints: bool,
    /// When a hint that could not be looked up may be tried again.
    pub(crate) wait_until: Option<Duration>,
}

impl HintQueue {
    pub(crate) fn new(now: Duration) -> Self {
        Self {
            allowance: TokenBucket::full(LOOK_UPS, now),
            may_have_hints: true,
            wait_until: None,
        }
    }

    /// Returns true if one more look-up may start, if there is a hint.
    pub(super) fn may_look_up(&self, in_flight: usize) -> bool {
        self.may_have_hints && in_flight < AT_ONCE
    }
}
