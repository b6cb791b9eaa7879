//! How many look-ups hints may cause: a token bucket, pure.

use std::time::Duration;

use transport::Rate;

/// Hints may cause two requests a second, ten after a quiet time: less than half of what is ours
/// (see [`crate::wiring`]), so that a flood of events leaves room for the work.
const LOOK_UPS: Rate = Rate {
    per_second: 2.0,
    burst: 10,
};

/// What is left of the allowance.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Allowance {
    tokens: f64,
    filled_at: Duration,
}

impl Allowance {
    /// A full one.
    pub(crate) fn full(now: Duration) -> Self {
        Self {
            tokens: f64::from(LOOK_UPS.burst),
            filled_at: now,
        }
    }

    /// Takes one, if there is one.
    pub(crate) fn take(&mut self, now: Duration) -> bool {
        self.tokens = self.tokens_at(now);
        self.filled_at = now;
        let is_there = self.tokens >= 1.0;
        if is_there {
            self.tokens -= 1.0;
        }
        is_there
    }

    /// When there is one again.
    pub(crate) fn next(&self, now: Duration) -> Duration {
        let missing = (1.0 - self.tokens_at(now)).max(0.0);
        if missing == 0.0 {
            return now;
        }
        // A millisecond more, so that rounding never makes a second round.
        now + Duration::from_secs_f64(missing / LOOK_UPS.per_second) + Duration::from_millis(1)
    }

    fn tokens_at(&self, now: Duration) -> f64 {
        let gained = now.saturating_sub(self.filled_at).as_secs_f64() * LOOK_UPS.per_second;
        (self.tokens + gained).min(f64::from(LOOK_UPS.burst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_at_once_and_then_two_a_second() {
        let mut allowance = Allowance::full(Duration::ZERO);
        let at_once = std::iter::repeat_with(|| allowance.take(Duration::ZERO));
        assert_eq!(at_once.take_while(|is_there| *is_there).count(), 10);
        let mut now = Duration::ZERO;
        for _ in 0..20 {
            now = allowance.next(now);
            assert!(allowance.take(now), "there should be one at {now:?}");
        }
        assert!(
            (9_990..10_100).contains(&now.as_millis()),
            "twenty took {now:?}"
        );
        assert!(!allowance.take(now));
    }

    #[test]
    fn a_long_quiet_time_saves_no_more_than_the_burst() {
        let mut allowance = Allowance::full(Duration::ZERO);
        let later = Duration::from_secs(3600);
        let at_once = std::iter::repeat_with(|| allowance.take(later));
        assert_eq!(at_once.take_while(|is_there| *is_there).count(), 10);
    }
}
