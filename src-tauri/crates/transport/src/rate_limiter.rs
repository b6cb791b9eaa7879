use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;

use crate::Clock;

/// How fast requests may leave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Requests a second, sustained.
    pub per_second: f64,
    /// Requests that may leave at once after a quiet time, at most.
    pub burst: u32,
}

/// A token bucket that lets requests go in the order they came.
#[derive(Clone)]
pub struct RateLimiter {
    clock: Arc<dyn Clock>,
    rate: Rate,
    bucket: Arc<Mutex<Bucket>>,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    tokens: f64,
    filled_at: Duration,
}

impl RateLimiter {
    /// Starts with a full bucket.
    #[must_use]
    pub fn new(rate: Rate, clock: Arc<dyn Clock>) -> Self {
        let bucket = Bucket {
            tokens: f64::from(rate.burst),
            filled_at: clock.elapsed(),
        };
        Self {
            clock,
            rate,
            bucket: Arc::new(Mutex::new(bucket)),
        }
    }

    /// Waits until one more request may leave.
    pub async fn acquire(&self) {
        // Tokio's mutex is fair: the first to ask gets the next token.
        let mut bucket = self.bucket.lock().await;
        loop {
            let (next, wait) = take(*bucket, self.rate, self.clock.elapsed());
            *bucket = next;
            match wait {
                None => return,
                Some(wait) => self.clock.sleep(wait).await,
            }
        }
    }
}

/// Takes a token if there is one; otherwise says how long until there is.
fn take(bucket: Bucket, rate: Rate, now: Duration) -> (Bucket, Option<Duration>) {
    let gained = now.saturating_sub(bucket.filled_at).as_secs_f64() * rate.per_second;
    let tokens = (bucket.tokens + gained).min(f64::from(rate.burst));
    if tokens >= 1.0 {
        return (
            Bucket {
                tokens: tokens - 1.0,
                filled_at: now,
            },
            None,
        );
    }
    // A millisecond more than needed, so that rounding never makes a second round.
    let wait = Duration::from_secs_f64((1.0 - tokens) / rate.per_second) + Duration::from_millis(1);
    (
        Bucket {
            tokens,
            filled_at: now,
        },
        Some(wait),
    )
}

#[cfg(test)]
mod tests {
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
