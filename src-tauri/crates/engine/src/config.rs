//! What the engine is connected to.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::tz::TimeZone;
use tokio::runtime;
use transport::{ApiRoot, Clock, Rate, RateLimiter, Rng, Transport};

use crate::jobs::failpoint::{Failpoints, NoFailpoints};
use padwatch_domain::note::words::{NoteWords, Unworded};
use padwatch_domain::settings::Settings;

/// What the engine is connected to.
pub struct EngineConfig {
    /// The profile folder; made if need be.
    pub folder: PathBuf,
    /// How requests leave.
    pub transport: Arc<dyn Transport>,
    /// Lever's API.
    pub lever_root: ApiRoot,
    /// CoderPad's.
    pub coderpad_root: ApiRoot,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness, for jitter and markers.
    pub rng: Arc<dyn Rng>,
    /// Who wants to know how far a creation is.
    pub failpoints: Arc<dyn Failpoints>,
    /// Where the person is now, who travels: what is told in the evening depends on it.
    pub zone: Box<dyn Fn() -> TimeZone + Send + Sync>,
    /// Where requests run. The engine's own thread writes to the disk, which can take long: a
    /// request that ran there would be late with its answer, or miss it. `None`: on that thread all
    /// the same, as a test with virtual time needs it.
    pub requests: Option<runtime::Handle>,
    /// The words of notes.
    pub note_words: Arc<dyn NoteWords>,
    /// Settings that stand in for those in the ledger, for hosts without a window.
    pub settings: Option<Settings>,
    /// One allowance for each service, whatever keys and however many clients ask.
    pub(crate) lever_limiter: RateLimiter,
    pub(crate) coderpad_limiter: RateLimiter,
}

impl EngineConfig {
    /// The wiring with no one watching the failpoints, the computer's own time zone, the ledger's
    /// own settings, and no words for notes.
    #[must_use]
    pub fn new(
        folder: PathBuf,
        transport: Arc<dyn Transport>,
        roots: (ApiRoot, ApiRoot),
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
    ) -> Self {
        let (lever_root, coderpad_root) = roots;
        let failpoints = Arc::new(NoFailpoints);
        let lever_limiter = RateLimiter::new(lever::DEFAULT_RATE, clock.clone());
        let coderpad_limiter = RateLimiter::new(coderpad::DEFAULT_RATE, clock.clone());
        Self {
            folder,
            transport,
            lever_root,
            coderpad_root,
            clock,
            rng,
            failpoints,
            zone: Box::new(TimeZone::system),
            requests: None,
            note_words: Arc::new(Unworded),
            settings: None,
            lever_limiter,
            coderpad_limiter,
        }
    }

    /// For services of our own on this computer, which need no sparing: nothing waits for its turn.
    #[must_use]
    pub fn unlimited(mut self) -> Self {
        let all = Rate {
            per_second: 1e6,
            burst: u32::MAX,
        };
        self.lever_limiter = RateLimiter::new(all, self.clock.clone());
        self.coderpad_limiter = RateLimiter::new(all, self.clock.clone());
        self
    }

    /// Returns true if these are the roots in use, Lever's and CoderPad's.
    pub(crate) fn is_at(&self, lever: &ApiRoot, coderpad: &ApiRoot) -> bool {
        self.lever_root == *lever && self.coderpad_root == *coderpad
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::time::Duration;

    use async_trait::async_trait;
    use transport::{Failure, FailureKind, Reply, Request, SeededRng, VirtualClock};

    use super::*;

    struct Nowhere;

    #[async_trait]
    impl Transport for Nowhere {
        async fn send(&self, _: Request) -> Result<Reply, Failure> {
            Err(Failure::NotSent(FailureKind::Tls))
        }
    }

    /// Services that no request reaches.
    pub(crate) fn unreachable(clock: Arc<dyn Clock>) -> EngineConfig {
        let root = ApiRoot::parse("http://127.0.0.1:1").unwrap();
        EngineConfig::new(
            PathBuf::new(),
            Arc::new(Nowhere),
            (root.clone(), root),
            clock,
            Arc::new(SeededRng::new(1)),
        )
    }

    #[tokio::test(start_paused = true)]
    async fn all_clients_of_a_service_share_one_rate_limit() {
        let clock = Arc::new(VirtualClock::starting_at(0));
        let wiring = unreachable(clock.clone());
        let key = |number: usize| format!("key-{number}").into();
        for number in 0..30 {
            let _ = wiring.lever(key(number)).stages().await;
        }
        assert!(
            clock.elapsed() >= Duration::from_secs(4),
            "{:?}",
            clock.elapsed()
        );
        let before = clock.elapsed();
        for number in 0..30 {
            let _ = wiring.coderpad(key(number)).quota().await;
        }
        let took = clock.elapsed().saturating_sub(before);
        assert!(took >= Duration::from_secs(4), "{took:?}");
    }
}
