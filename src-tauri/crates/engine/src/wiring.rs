//! What the engine is connected to.

use std::path::PathBuf;
use std::sync::Arc;

use exchange::{ApiRoot, Chance, Clock, Pace, Rate, Transport};
use jiff::tz::TimeZone;

use crate::handle::Keys;
use crate::making::Services;
use crate::settings::Settings;
use crate::waypoint::{Unwatched, Waypoints};

/// At most 5 requests a second to Lever, never more than 10 at once: half of what Lever allows
/// one key (contracts/lever.md, 1.6), which the company's other tools may share.
const LEVER_RATE: Rate = Rate {
    per_second: 5.0,
    burst: 10,
};

/// What the engine is connected to.
pub struct Wiring {
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
    /// Chance, for jitter and markers.
    pub chance: Arc<dyn Chance>,
    /// Who wants to know how far a creation is.
    pub waypoints: Arc<dyn Waypoints>,
    /// Where the person is: what is told in the evening depends on it.
    pub zone: TimeZone,
    /// Settings that stand in for those in the ledger, for hosts without a window.
    pub settings: Option<Settings>,
}

impl Wiring {
    /// The wiring with nobody watching the waypoints, the computer's own time zone, and the
    /// ledger's own settings.
    #[must_use]
    pub fn new(
        folder: PathBuf,
        transport: Arc<dyn Transport>,
        roots: (ApiRoot, ApiRoot),
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
    ) -> Self {
        let (lever_root, coderpad_root) = roots;
        let waypoints = Arc::new(Unwatched);
        Self {
            folder,
            transport,
            lever_root,
            coderpad_root,
            clock,
            chance,
            waypoints,
            zone: TimeZone::system(),
            settings: None,
        }
    }

    /// Clients for both services, if both keys are there.
    pub(crate) fn services(&self, keys: Keys, settings: &Settings) -> Option<Services> {
        let (lever_key, coderpad_key) = (keys.lever?, keys.coderpad?);
        Some(Services {
            lever: self.lever(lever_key),
            coderpad: self.coderpad(coderpad_key),
            coderpad_root: self.coderpad_root.clone(),
            acting_user: settings.acting_user.clone(),
            makes_for_others: settings.pads.are_for_others(),
            clock: self.clock.clone(),
            waypoints: self.waypoints.clone(),
        })
    }

    pub(crate) fn lever(&self, key: exchange::SecretString) -> lever::Client {
        let (clock, chance) = (self.clock.clone(), self.chance.clone());
        lever::Client::new(
            self.transport.clone(),
            self.lever_root.clone(),
            key,
            clock.clone(),
            chance,
        )
        .with_pace(Pace::new(LEVER_RATE, clock))
    }

    pub(crate) fn coderpad(&self, key: exchange::SecretString) -> coderpad::Client {
        let (clock, chance) = (self.clock.clone(), self.chance.clone());
        coderpad::Client::new(
            self.transport.clone(),
            self.coderpad_root.clone(),
            key,
            clock,
            chance,
        )
    }
}
