//! How soon a part that failed is started again.

use std::time::Duration;

/// After the first failure, and twice as long after each further one.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(5 * 60);
/// A part that ran for so long has recovered.
const RECOVERED_AFTER: Duration = Duration::from_secs(10 * 60);

/// Counts the failures of one part.
#[derive(Debug, Default)]
pub struct Restarts {
    in_a_row: u32,
    /// When it is started again after the last failure, by the monotonic clock.
    again: Option<Duration>,
}

impl Restarts {
    /// Records a failure at `now` (monotonic) and returns the pause before the next start.
    pub fn failed(&mut self, now: Duration) -> Duration {
        let recovered = self
            .again
            .is_some_and(|again| now.saturating_sub(again) >= RECOVERED_AFTER);
        if recovered {
            self.in_a_row = 0;
        }
        let doublings = self.in_a_row.min(16);
        let pause = FIRST_PAUSE
            .saturating_mul(1 << doublings)
            .min(LONGEST_PAUSE);
        self.in_a_row = self.in_a_row.saturating_add(1);
        self.again = Some(now + pause);
        pause
    }

    /// How many failures came without a recovery in between.
    #[must_use]
    pub fn in_a_row(&self) -> u32 {
        self.in_a_row
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_grows_to_five_minutes_and_begins_again_after_a_recovery() {
        let mut restarts = Restarts::default();
        let mut now = Duration::ZERO;
        let mut pauses = Vec::new();
        for _ in 0..12 {
            let pause = restarts.failed(now);
            pauses.push(pause.as_secs());
            now += pause + Duration::from_secs(1);
        }
        assert_eq!(pauses[..4], [1, 2, 4, 8]);
        assert_eq!(pauses[9..], [300, 300, 300]);
        assert_eq!(restarts.in_a_row(), 12);
        assert_eq!(restarts.failed(now + RECOVERED_AFTER), FIRST_PAUSE);
        assert_eq!(restarts.in_a_row(), 1);
    }
}
