//! The pause: stored, so that it survives a restart.

use serde::{Deserialize, Serialize};

/// How long to pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PauseFor {
    /// An hour from now.
    Hour,
    /// Until the given moment: the caller knows when tomorrow begins here.
    Until {
        /// In ms since the epoch.
        until_ms: i64,
    },
    /// Until resumed.
    UntilResumed,
}

const HOUR_MS: i64 = 60 * 60 * 1000;

/// A pause under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pause {
    /// Its beginning, in ms since the epoch.
    begun_ms: i64,
    /// Its end, in ms since the epoch; `None`: until resumed.
    pub until_ms: Option<i64>,
}

impl Pause {
    #[must_use]
    pub fn begin(time: PauseFor, now_ms: i64) -> Self {
        let until_ms = match time {
            PauseFor::Hour => Some(now_ms.saturating_add(HOUR_MS)),
            PauseFor::Until { until_ms } => Some(until_ms),
            PauseFor::UntilResumed => None,
        };
        Self {
            begun_ms: now_ms,
            until_ms,
        }
    }

    /// A pause that only the person ends.
    #[must_use]
    pub fn until_resumed(now_ms: i64) -> Self {
        Self::begin(PauseFor::UntilResumed, now_ms)
    }

    /// After the clock was set back, the pause takes as long as it was meant to from now on. Says
    /// whether that changed anything.
    pub fn begins_now_at_the_latest(&mut self, now_ms: i64) -> bool {
        let back_ms = self.begun_ms.saturating_sub(now_ms);
        if back_ms <= 0 {
            return false;
        }
        self.begun_ms = now_ms;
        self.until_ms = self
            .until_ms
            .map(|until_ms| until_ms.saturating_sub(back_ms));
        true
    }

    /// Returns true if it is over.
    #[must_use]
    pub fn is_over(&self, now_ms: i64) -> bool {
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

    #[test]
    fn a_clock_that_is_set_back_does_not_lengthen_a_pause() {
        let mut pause = Pause::begin(PauseFor::Hour, 10 * HOUR_MS);
        assert!(!pause.begins_now_at_the_latest(10 * HOUR_MS));
        assert!(pause.begins_now_at_the_latest(5 * HOUR_MS));
        assert_eq!(pause.until_ms, Some(6 * HOUR_MS));
        assert!(!pause.begins_now_at_the_latest(5 * HOUR_MS), "once");
    }

    #[test]
    fn an_hour_of_pause_is_an_hour() {
        assert_eq!(HOUR_MS, 3_600_000);
    }
}
