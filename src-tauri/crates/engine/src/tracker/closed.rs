//! Pads that are over or were deleted, and live again.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use coderpad::PadId;
use lever::OpportunityId;

use padwatch_domain::tracking::ClosedPad;
use padwatch_domain::tracking::closed::{self};

/// What is remembered of closed pads from one thought to the next.
#[derive(Debug, Default)]
pub(crate) struct Closed {
    /// Those of which something says that they live, or that another key may see.
    hurried: HashSet<OpportunityId>,
    /// When each was read last.
    tried: HashMap<OpportunityId, Duration>,
    /// When Lever was asked last for each one's interview.
    planned: HashMap<OpportunityId, Duration>,
    /// Whether all deleted ones are to be read: another key may see them.
    recheck: bool,
}

impl Closed {
    /// The keys changed: what one of them called deleted, the other may see.
    pub(super) fn recheck(&mut self) {
        self.recheck = true;
        self.tried.clear();
    }

    /// Something says that they live.
    pub(super) fn hurry(&mut self, ids: Vec<OpportunityId>) {
        self.hurried.extend(ids);
    }

    /// The next one to read, if any is due.
    pub(crate) fn due(
        &mut self,
        pads: &[ClosedPad],
        now_ms: i64,
        now: Duration,
    ) -> Option<(OpportunityId, PadId)> {
        if std::mem::take(&mut self.recheck) {
            let deleted = pads.iter().filter(|pad| pad.is_deleted);
            self.hurried
                .extend(deleted.map(|pad| pad.opportunity.clone()));
        }
        let (id, pad) = closed::due(pads, &self.hurried, &self.tried, now_ms, now)?;
        self.hurried.remove(&id);
        self.tried.insert(id.clone(), now);
        Some((id, pad))
    }

    /// The next one whose interview Lever is to be asked for, if any: of a pad that is over it
    /// decides whether there was an interview in it.
    pub(super) fn plan_due(
        &mut self,
        pads: &[ClosedPad],
        now_ms: i64,
        now: Duration,
    ) -> Option<OpportunityId> {
        let id = closed::plan_due(pads, &self.planned, now_ms, now)?;
        self.planned.insert(id.clone(), now);
        Some(id)
    }

    /// Forgets those that are closed no longer.
    pub(crate) fn keep(&mut self, pads: &[ClosedPad]) {
        let there: HashSet<&OpportunityId> = pads.iter().map(|pad| &pad.opportunity).collect();
        self.hurried.retain(|id| there.contains(id));
        self.tried.retain(|id, _| there.contains(id));
        self.planned.retain(|id, _| there.contains(id));
    }
}
