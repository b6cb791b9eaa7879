//! The pause: stored, so that it survives a restart.

use serde::{Deserialize, Serialize};

use crate::listing::PauseFor;

const HOUR_MS: i64 = 60 * 60 * 1000;

/// A pause under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Pause {
    /// Its end, in ms since the epoch; `None`: until resumed.
    pub until_ms: Option<i64>,
}

impl Pause {
    /// A pause that begins now.
    #[must_use]
    pub(crate) fn begin(time: PauseFor, now_ms: i64) -> Self {
        let until_ms = match time {
            PauseFor::Hour => Some(now_ms.saturating_add(HOUR_MS)),
            PauseFor::Until { until_ms } => Some(until_ms),
            PauseFor::UntilResumed => None,
        };
        Self { until_ms }
    }

    /// Whether it is over.
    #[must_use]
    pub(crate) fn is_over(&self, now_ms: i64) -> bool {
        self.until_ms.is_some_and(|until_ms| until_ms <= now_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_ends_after_an_hour_and_until_resumed_never() {
        let hour = Pause::begin(PauseFor::Hour, 1000);
        assert!(!hour.is_over(1000 + HOUR_MS - 1));
        assert!(hour.is_over(1000 + HOUR_MS));
        assert!(!Pause::begin(PauseFor::UntilResumed, 0).is_over(i64::MAX));
    }
}
