//! A wall clock that can be set, while time itself continues as it does.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use transport::Clock;

use super::Services;

/// The sandbox's time with a wall hand that can be set.
pub(crate) struct SetClock {
    time: Arc<dyn Clock>,
    ahead_ms: AtomicI64,
}

impl SetClock {
    pub(crate) fn of(services: &Services) -> Arc<Self> {
        let (time, ahead_ms) = (services.clock.clone(), AtomicI64::new(0));
        Arc::new(Self { time, ahead_ms })
    }

    /// Sets the wall hand forward, or back.
    pub(crate) fn set_by(&self, ms: i64) {
        self.ahead_ms.fetch_add(ms, Ordering::Relaxed);
    }
}

#[async_trait]
impl Clock for SetClock {
    fn now_ms(&self) -> i64 {
        self.time.now_ms() + self.ahead_ms.load(Ordering::Relaxed)
    }

    fn elapsed(&self) -> Duration {
        self.time.elapsed()
    }

    async fn sleep(&self, time: Duration) {
        self.time.sleep(time).await;
    }
}
