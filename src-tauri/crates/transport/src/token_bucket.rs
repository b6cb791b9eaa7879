use std::time::Duration;

/// How fast requests may leave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Requests a second, sustained.
    pub per_second: f64,
    /// Requests that may leave at once after a quiet time, at most.
    pub burst: u32,
}

/// What is left of a [`Rate`]. Pure: the time is passed in, as [`crate::Clock::elapsed`] gives it.
#[derive(Debug, Clone, Copy)]
pub struct TokenBucket {
    rate: Rate,
    tokens: f64,
    filled_at: Duration,
}

impl TokenBucket {
    /// A full one.
    #[must_use]
    pub fn full(rate: Rate, now: Duration) -> Self {
        Self {
            rate,
            tokens: f64::from(rate.burst),
            filled_at: now,
        }
    }

    /// Takes a token. Returns true if there was one.
    pub fn take(&mut self, now: Duration) -> bool {
        self.tokens = self.tokens_at(now);
        self.filled_at = now;
        let is_there = self.tokens >= 1.0;
        if is_there {
            self.tokens -= 1.0;
        }
        is_there
    }

    /// When there is a token again.
    #[must_use]
    pub fn next(&self, now: Duration) -> Duration {
        let missing = (1.0 - self.tokens_at(now)).max(0.0);
        if missing == 0.0 {
            return now;
        }
        // A millisecond more, so that rounding never makes a second round.
        now + Duration::from_secs_f64(missing / self.rate.per_second) + Duration::from_millis(1)
    }

    fn tokens_at(&self, now: Duration) -> f64 {
        let gained = now.saturating_sub(self.filled_at).as_secs_f64() * self.rate.per_second;
        (self.tokens + gained).min(f64::from(self.rate.burst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate {
        per_second: 2.0,
        burst: 10,
    };

    #[test]
    fn ten_at_once_and_then_two_a_second() {
        let mut bucket = TokenBucket::full(RATE, Duration::ZERO);
        let at_once = std::iter::repeat_with(|| bucket.take(Duration::ZERO));
        assert_eq!(at_once.take_while(|is_there| *is_there).count(), 10);
        let mut now = Duration::ZERO;
        for _ in 0..20 {
            now = bucket.next(now);
            assert!(bucket.take(now), "there should be one at {now:?}");
        }
        assert!(
            (9_990..10_100).contains(&now.as_millis()),
            "twenty took {now:?}"
        );
        assert!(!bucket.take(now));
    }

    #[test]
    fn a_long_quiet_time_saves_no_more_than_the_burst() {
        let mut bucket = TokenBucket::full(RATE, Duration::ZERO);
        let later = Duration::from_secs(3600);
        let at_once = std::iter::repeat_with(|| bucket.take(later));
        assert_eq!(at_once.take_while(|is_there| *is_there).count(), 10);
    }
}
