//! After a ledger was lost: which pads carry our marker, and for whom.

use super::scan::{Now, found, too_many};
use crate::activity::Activity;
use crate::candidacy::Candidacy;
use crate::change::{Change, Trigger};
use crate::lifecycle::{Lifecycle, Linking};
use crate::reason::Reason;
use coderpad::{Pad, PadId};
use lever::OpportunityId;
use std::collections::HashMap;

/// All pads of the key's user that carry a marker, the older first.
pub type Marked = HashMap<OpportunityId, Vec<Pad>>;

/// How far a reading of the list is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reading {
    /// Pads read.
    pub read: u64,
    /// Pads in all, by CoderPad's count; `None`: it doesn't say, or there is another list to come.
    pub of: Option<u64>,
    /// The candidacies for which a pad was seen.
    pub people: usize,
}

/// Gives a row its pad back; further ones are reported. `known` are its duplicates so far.
#[must_use]
pub fn on_found(row: Candidacy, pads: &[Pad], known: &[PadId], now: Now<'_>) -> Vec<Change> {
    if let Some(kept) = row.life.pad() {
        let kept = kept.id.clone();
        let new = pads
            .iter()
            .filter(|pad| pad.id != kept && !known.contains(&pad.id));
        return new
            .flat_map(|extra| too_many(&row, &kept, extra, now))
            .collect();
    }
    let Some((first, others)) = pads.split_first().filter(|_| waits(&row.life)) else {
        return Vec::new();
    };
    let others = others
        .iter()
        .flat_map(|extra| too_many(&row, &first.id, extra, now));
    let others: Vec<Change> = others.collect();
    let mut pad = found(first, Vec::new(), now);
    pad.since_ms = first.created_at_ms.unwrap_or(now.ms);
    let linking = Linking {
        next_ms: now.ms,
        ..Linking::default()
    };
    let row = row.becoming(
        Lifecycle::Created { pad, linking },
        Reason::FoundByMarker,
        now.ms,
    );
    let mut changes = vec![Change::Moved {
        row: Box::new(row),
        what: Activity::PadFoundAgain,
        trigger: Trigger::Start,
    }];
    changes.extend(others);
    changes
}

/// Returns true if the candidate has no pad yet and none is being created, as far as we know.
fn waits(life: &Lifecycle) -> bool {
    matches!(
        life,
        Lifecycle::Held { .. } | Lifecycle::Eligible { .. } | Lifecycle::Refused { .. }
    )
}
