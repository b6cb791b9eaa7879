#[cfg(feature = "client")]
mod clocks;

use std::time::Duration;

use async_trait::async_trait;

#[cfg(feature = "client")]
pub use clocks::{FastClock, SystemClock, VirtualClock};

/// The time, passed in so that tests own it.
#[async_trait]
pub trait Clock: Send + Sync {
    /// Wall-clock time in ms since the epoch. It can jump: a person may set it.
    fn now_ms(&self) -> i64;
    /// Time since some fixed moment; it never jumps, and may stand still while the computer sleeps.
    fn elapsed(&self) -> Duration;
    /// Waits.
    async fn sleep(&self, time: Duration);
}
