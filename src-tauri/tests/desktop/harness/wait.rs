//! Waiting for a condition. Nothing in these tests waits for time to pass.

use std::fmt::Debug;
use std::time::Duration;

use tokio::time::{Instant, interval};

/// Longer than anything takes on a slow computer; only a test that fails waits for so long.
pub(crate) const DEADLINE: Duration = Duration::from_secs(40);
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Looks until there is something to see.
pub(crate) async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let started = Instant::now();
    let mut looks = interval(LOOK_EVERY);
    loop {
        looks.tick().await;
        if let Some(seen) = look().await {
            return seen;
        }
        assert!(started.elapsed() < DEADLINE, "waited in vain: {what}");
    }
}

/// Looks until a value is as it should be.
pub(crate) async fn until_equal<T: PartialEq + Debug>(
    what: &str,
    expected: T,
    mut look: impl AsyncFnMut() -> T,
) {
    let mut last = None;
    let started = Instant::now();
    let mut looks = interval(LOOK_EVERY);
    while last.as_ref() != Some(&expected) {
        looks.tick().await;
        assert!(
            started.elapsed() < DEADLINE,
            "{what}: expected {expected:?}, saw {last:?}"
        );
        last = Some(look().await);
    }
}
