use std::time::{Duration, UNIX_EPOCH};

use async_trait::async_trait;
use tokio::time::Instant;

use super::Clock;

/// The computer's own time.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock {
    started: Instant,
}

/// Time that runs faster than the computer's, so that two minutes of waiting can be tried in
/// seconds by a real program against real servers.
#[derive(Debug, Clone, Copy)]
pub struct FastClock {
    started: Instant,
    started_ms: i64,
    rate: u32,
}

/// Tokio's time from a given wall-clock start: under a paused runtime, waiting is free.
#[derive(Debug, Clone, Copy)]
pub struct VirtualClock {
    started: Instant,
    started_ms: i64,
}

impl SystemClock {
    /// A clock whose [`Clock::elapsed`] counts from now.
    #[must_use]
    pub fn new() -> Self {
        Self {
            started: Instant::now(),
        }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl FastClock {
    /// A clock that starts at the computer's time and runs `rate` times as fast.
    #[must_use]
    pub fn new(rate: u32) -> Self {
        Self {
            started: Instant::now(),
            started_ms: system_ms(),
            rate: rate.max(1),
        }
    }

    /// A clock that has run since `since_ms`, the computer's time in ms since the epoch: two
    /// programs with the same start have the same time.
    #[must_use]
    pub fn running_since(since_ms: i64, rate: u32) -> Self {
        let clock = Self::new(rate);
        let passed = clock.started_ms.saturating_sub(since_ms).max(0);
        let started_ms = since_ms.saturating_add(passed.saturating_mul(i64::from(clock.rate)));
        Self {
            started_ms,
            ..clock
        }
    }
}

impl VirtualClock {
    /// A clock that shows `started_ms` now.
    #[must_use]
    pub fn starting_at(started_ms: i64) -> Self {
        Self {
            started: Instant::now(),
            started_ms,
        }
    }
}

#[async_trait]
impl Clock for SystemClock {
    fn now_ms(&self) -> i64 {
        system_ms()
    }

    fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    async fn sleep(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

#[async_trait]
impl Clock for FastClock {
    fn now_ms(&self) -> i64 {
        self.started_ms.saturating_add(whole_ms(self.elapsed()))
    }

    fn elapsed(&self) -> Duration {
        self.started.elapsed().saturating_mul(self.rate)
    }

    async fn sleep(&self, time: Duration) {
        tokio::time::sleep(time / self.rate).await;
    }
}

#[async_trait]
impl Clock for VirtualClock {
    fn now_ms(&self) -> i64 {
        self.started_ms.saturating_add(whole_ms(self.elapsed()))
    }

    fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    async fn sleep(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

fn whole_ms(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

#[expect(clippy::disallowed_methods, reason = "all other code asks this clock")]
fn system_ms() -> i64 {
    std::time::SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, whole_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn waiting_on_a_virtual_clock_moves_both_of_its_hands() {
        let clock = VirtualClock::starting_at(1_000);
        clock.sleep(Duration::from_secs(120)).await;
        assert_eq!(clock.now_ms(), 121_000);
        assert_eq!(clock.elapsed(), Duration::from_secs(120));
    }

    #[tokio::test]
    async fn two_fast_clocks_that_run_since_the_same_moment_agree() {
        let since = SystemClock::new().now_ms() - 10_000;
        let one = FastClock::running_since(since, 60);
        let passed = one.now_ms() - since;
        assert!(passed >= 600_000, "{passed}");
        let other = FastClock::running_since(since, 60);
        let apart = other.now_ms() - one.now_ms();
        // Each rounds its start to a ms, which counts sixtyfold.
        assert!(apart.abs() <= 120, "{apart} ms apart");
    }

    #[tokio::test(start_paused = true)]
    async fn a_fast_clock_counts_more_time_than_it_takes() {
        let clock = FastClock::new(100);
        let before = Instant::now();
        clock.sleep(Duration::from_secs(120)).await;
        assert_eq!(before.elapsed(), Duration::from_millis(1200));
        assert!(clock.elapsed() >= Duration::from_secs(120));
    }
}
