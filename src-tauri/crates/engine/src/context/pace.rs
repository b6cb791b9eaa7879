//! How often everyone in Lever is looked at.

use std::time::Duration;

use super::Context;

/// The settings can't ask for more than this.
const SHORTEST_INTERVAL: u32 = 10;
/// While events arrive, Lever is asked so often: a tag that is added in Lever sends no event, and
/// is to be found within a minute.
const WITH_EVENTS: Duration = Duration::from_secs(50);

impl Context<'_> {
    /// How often everyone is looked at.
    pub(crate) fn asks_every(&self) -> Duration {
        if self.events_arrive {
            return self.usual_interval().max(WITH_EVENTS);
        }
        self.usual_interval()
    }

    pub(crate) fn usual_interval(&self) -> Duration {
        let seconds = self
            .policy
            .settings
            .watch
            .every_seconds
            .max(SHORTEST_INTERVAL);
        Duration::from_secs(u64::from(seconds))
    }

    /// The time to the next look when no events help.
    pub(crate) fn interval(&self) -> Duration {
        self.with_jitter(self.usual_interval())
    }

    /// A tenth either way, so that many computers don't ask in step.
    pub(crate) fn with_jitter(&self, interval: Duration) -> Duration {
        interval.mul_f64(0.9 + self.wiring.rng.fraction() / 5.0)
    }
}
