use std::sync::Arc;

use tokio::sync::Mutex;

use crate::{Clock, Rate, TokenBucket};

/// Lets requests go at a [`Rate`], in the order they came. Clones share one bucket.
#[derive(Clone)]
pub struct RateLimiter {
    clock: Arc<dyn Clock>,
    bucket: Arc<Mutex<TokenBucket>>,
}

impl RateLimiter {
    /// Starts with a full bucket.
    #[must_use]
    pub fn new(rate: Rate, clock: Arc<dyn Clock>) -> Self {
        let bucket = TokenBucket::full(rate, clock.elapsed());
        Self {
            clock,
            bucket: Arc::new(Mutex::new(bucket)),
        }
    }

    /// Waits until one more request may leave.
    pub async fn acquire(&self) {
        // Tokio's mutex is fair: the first to ask gets the next token.
        let mut bucket = self.bucket.lock().await;
        loop {
            let now = self.clock.elapsed();
            if bucket.take(now) {
                return;
            }
            let wait = bucket.next(now).saturating_sub(now);
            self.clock.sleep(wait).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::VirtualClock;

    #[tokio::test(start_paused = true)]
    async fn never_more_than_the_burst_at_once_and_the_rate_after_it() {
        let clock = Arc::new(VirtualClock::starting_at(0));
        let limiter = RateLimiter::new(
            Rate {
                per_second: 5.0,
                burst: 10,
            },
            clock.clone(),
        );
        let mut left = Vec::new();
        for _ in 0..60 {
            limiter.acquire().await;
            left.push(clock.elapsed());
        }
        assert_eq!(left.iter().filter(|at| at.is_zero()).count(), 10);
        for window in left.windows(16) {
            let span = *window.last().unwrap() - window[0];
            assert!(
                span >= Duration::from_secs(1),
                "16 requests within {span:?}"
            );
        }
        assert!(
            clock.elapsed() >= Duration::from_secs(10),
            "{:?}",
            clock.elapsed()
        );
        assert!(
            clock.elapsed() < Duration::from_millis(10_100),
            "{:?}",
            clock.elapsed()
        );
    }
}
