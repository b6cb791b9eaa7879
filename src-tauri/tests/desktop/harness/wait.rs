//! Waiting for a condition. Nothing in these tests waits for time to pass.

use std::fmt::Debug;
use std::time::Duration;

use tokio::time::{Instant, interval};

/// Longer than anything takes on a slow computer; only a test that fails waits for so long.
pub(crate) const DEADLINE: Duration = Duration::from_secs(40);
pub(crate) const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Looks until there is something to see.
pub(crate) async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    until_ok(what, async || look().await.ok_or("nothing")).await
}

/// Looks until there is something to see, for longer or shorter than usual.
pub(crate) async fn until_within<T>(
    patience: Duration,
    what: &str,
    mut look: impl AsyncFnMut() -> Option<T>,
) -> T {
    until_ok_within(patience, what, async || look().await.ok_or("nothing")).await
}

/// Looks until it is as it should be. What was seen instead is told if it never is.
pub(crate) async fn until_ok<T, E: Debug>(
    what: &str,
    look: impl AsyncFnMut() -> Result<T, E>,
) -> T {
    until_ok_within(DEADLINE, what, look).await
}

async fn until_ok_within<T, E: Debug>(
    patience: Duration,
    what: &str,
    mut look: impl AsyncFnMut() -> Result<T, E>,
) -> T {
    let started = Instant::now();
    let mut looks = interval(LOOK_EVERY);
    loop {
        looks.tick().await;
        match look().await {
            Ok(seen) => return seen,
            Err(instead) => {
                assert!(
                    started.elapsed() < patience,
                    "timed out waiting for {what}; saw {instead:?}"
                );
            }
        }
    }
}

/// Looks until a value is as it should be.
pub(crate) async fn until_equal<T: PartialEq + Debug>(
    what: &str,
    expected: T,
    mut look: impl AsyncFnMut() -> T,
) {
    until_ok(what, async || match look().await {
        seen if seen == expected => Ok(()),
        other => Err(other),
    })
    .await;
}
