//! Which pads are looked for, and when.

use std::collections::HashMap;
use std::time::Duration;

use lever::OpportunityId;
use tokio::sync::watch as latest;

use padwatch_domain::pad_search::PadSearch;
use padwatch_domain::search::Looks;
use padwatch_domain::transition::rebuild::Reading;

/// The reconciler: pads that may or may not exist.
pub(crate) struct Reconciler {
    /// When to look for each uncertain pad.
    pub(super) schedules: HashMap<OpportunityId, Looks<Duration>>,
    pub(super) next_late_look: Duration,
    /// Pads that are still to be found by their markers, and when to look.
    pub(super) pad_search: Option<(PadSearch, Looks<Duration>)>,
    /// How far the search under way is. Dropping it gives the search up.
    pub(super) reading: Option<latest::Receiver<Reading>>,
}

impl Reconciler {
    pub(crate) fn new(pad_search: Option<PadSearch>, now: Duration) -> Self {
        Self {
            schedules: HashMap::new(),
            next_late_look: now,
            pad_search: pad_search.map(|search| (search, Looks::begin(now).at_once(now))),
            reading: None,
        }
    }

    /// The pad may or may not exist: it is looked for from now on.
    pub(crate) fn look_for(&mut self, id: OpportunityId, now: Duration) {
        self.schedules.insert(id, Looks::begin(now));
    }

    /// The person asks to look again.
    pub(crate) fn look_at_once(&mut self, id: &OpportunityId, now: Duration) {
        let schedule = self.schedules.get(id).copied();
        let schedule = schedule.unwrap_or_else(|| Looks::begin(now));
        self.schedules.insert(id.clone(), schedule.at_once(now));
    }

    /// It is decided by other means.
    pub(crate) fn decided(&mut self, id: &OpportunityId) {
        self.schedules.remove(id);
    }

    /// Gives up the search that is under way; it begins again when it may.
    pub(crate) fn give_up_search(&mut self) {
        self.reading = None;
    }

    /// Waits until the search is further, if there is one.
    pub(crate) async fn search_moved(&mut self) {
        let is_on = match &mut self.reading {
            Some(reading) => reading.changed().await.is_ok(),
            None => false,
        };
        if !is_on {
            // It has ended, and says so as every job does.
            std::future::pending::<()>().await;
        }
    }
}
