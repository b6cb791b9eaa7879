//! Yielding to another program that creates pads for the same candidates.
//!
//! Nothing in the two APIs lets one of two programs reserve a candidate. But each leaves traces:
//! links that the other finds. One that sees a trace yields to the other for a while, and
//! steps in only for those whom the other has not come to. Pure.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How long a sighting is remembered, in ms.
const REMEMBERED_MS: i64 = 6 * 60 * 60 * 1000;
/// The shortest time that the other is given, and how much longer it can be by chance: two that
/// have both seen the other must not start again together.
const PATIENCE: (Duration, Duration) = (Duration::from_secs(45), Duration::from_secs(45));

/// Another program, as far as its traces tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rival {
    /// Its last trace, in ms since the epoch.
    seen_ms: i64,
    /// How long it is given, in ms.
    patience_ms: i64,
}

impl Rival {
    /// Seen now. `chance` is in `0.0..1.0`.
    pub fn seen(now_ms: i64, chance: f64) -> Self {
        let patience = PATIENCE.0 + PATIENCE.1.mul_f64(chance.clamp(0.0, 1.0));
        Self {
            seen_ms: now_ms,
            patience_ms: i64::try_from(patience.as_millis()).unwrap_or(i64::MAX),
        }
    }

    /// Another trace of the one that is known: its progress.
    pub fn seen_again(self, now_ms: i64) -> Self {
        Self {
            seen_ms: now_ms,
            ..self
        }
    }

    /// Returns true if it was seen recently enough to count.
    pub fn is_there(self, now_ms: i64) -> bool {
        (self.seen_ms..self.seen_ms.saturating_add(REMEMBERED_MS)).contains(&now_ms)
    }

    /// Returns true if a candidate waiting since then is still left to it.
    pub fn should_yield(self, waits_since_ms: i64, now_ms: i64) -> bool {
        // A clock that was set back must not make anyone wait.
        let from_ms = self.seen_ms.max(waits_since_ms.min(now_ms));
        self.is_there(now_ms) && now_ms < from_ms.saturating_add(self.patience_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START_MS: i64 = 1_000_000_000;

    #[test]
    fn a_waiting_candidate_is_left_to_the_rival_only_for_a_while() {
        let rival = Rival::seen(START_MS, 0.0);
        assert!(rival.should_yield(START_MS - 5000, START_MS + 44_999));
        assert!(!rival.should_yield(START_MS - 5000, START_MS + 45_000));
        let later_ms = START_MS + 3_600_000;
        assert!(rival.should_yield(later_ms, later_ms + 44_999));
        assert!(!rival.should_yield(later_ms, later_ms + 45_000));
    }

    #[test]
    fn progress_of_the_other_lengthens_the_wait() {
        let rival = Rival::seen(START_MS, 0.0).seen_again(START_MS + 30_000);
        assert!(rival.should_yield(START_MS, START_MS + 74_999));
    }

    #[test]
    fn two_that_have_seen_each_other_wait_for_different_times() {
        let (one, other) = (Rival::seen(START_MS, 0.1), Rival::seen(START_MS, 0.7));
        let now_ms = START_MS + 60_000;
        assert!(!one.should_yield(START_MS, now_ms));
        assert!(other.should_yield(START_MS, now_ms));
    }

    #[test]
    fn an_old_trace_and_one_from_a_wrong_clock_count_for_nothing() {
        let rival = Rival::seen(START_MS, 1.0);
        assert!(!rival.is_there(START_MS + REMEMBERED_MS));
        assert!(!rival.is_there(START_MS - 3_600_000));
        assert!(!rival.should_yield(START_MS, START_MS - 3_600_000));
    }

    #[test]
    fn a_rival_is_remembered_for_six_hours() {
        assert_eq!(REMEMBERED_MS, 21_600_000);
    }
}
