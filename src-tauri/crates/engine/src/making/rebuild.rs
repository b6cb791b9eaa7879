//! After a ledger was lost: which pads carry our marker, and for whom.

use std::collections::HashMap;

use coderpad::{Pad, PadId};
use futures_util::StreamExt as _;
use lever::OpportunityId;
use tokio::sync::watch as latest;

use super::Services;
use super::look::{Now, found, too_many};
use padwatch_domain::candidacy::Row;
use padwatch_domain::change::{Change, Trigger};
use padwatch_domain::lifecycle::{Life, Linking};
use padwatch_domain::marker::Marker;
use padwatch_domain::trouble::{Trouble, of_coderpad};

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

/// Reads the whole list, and tells after each page how far it is. `None`: nobody listens any
/// more, so it was given up.
///
/// # Errors
/// Why it could not be read to its end.
pub async fn marked_pads(
    services: &Services,
    reading: &latest::Sender<Reading>,
) -> Option<Result<Marked, Trouble>> {
    tokio::select! {
        marked = read_all(services, reading) => Some(marked),
        () = reading.closed() => None,
    }
}

async fn read_all(
    services: &Services,
    reading: &latest::Sender<Reading>,
) -> Result<Marked, Trouble> {
    let mut marked = Marked::new();
    let mut lists = services.lists_of_pads().into_iter();
    while let Some(mut pages) = lists.next() {
        let before = reading.borrow().read;
        while let Some(page) = pages.next().await {
            let page = page.map_err(|error| of_coderpad(&error))?;
            let total = page.total.filter(|_| lists.len() == 0);
            let more = u64::try_from(page.pads.len()).unwrap_or_default();
            note_marked(&mut marked, page.pads);
            reading.send_modify(|reading| {
                reading.read += more;
                // Pads that were made meanwhile are more than were counted.
                reading.of = total.map(|total| (before + total).max(reading.read));
                reading.people = marked.len();
            });
        }
    }
    for same in marked.values_mut() {
        same.sort_by_key(|pad| pad.created_at_ms);
    }
    Ok(marked)
}

fn note_marked(marked: &mut Marked, pads: Vec<Pad>) {
    for pad in pads {
        for marker in Marker::all_in(pad.notes.as_deref().unwrap_or_default()) {
            let same = marked.entry(marker.opportunity).or_default();
            if same.iter().all(|known| known.id != pad.id) {
                same.push(pad.clone());
            }
        }
    }
}

/// Gives a row its pad back; further ones are reported. `known` are its duplicates so far.
#[must_use]
pub fn settle(row: Row, pads: &[Pad], known: &[PadId], now: Now<'_>) -> Vec<Change> {
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
        Life::Created { pad, linking },
        "Found again by Padwatch’s marker in the pad’s notes.",
        now.ms,
    );
    let mut changes = vec![Change::Moved {
        row: Box::new(row),
        what: "Pad found again",
        trigger: Trigger::Start,
    }];
    changes.extend(others);
    changes
}

/// Whether it is somebody who has no pad yet and for whom none is on its way, as far as we know.
fn waits(life: &Life) -> bool {
    matches!(
        life,
        Life::Held { .. } | Life::Eligible { .. } | Life::Refused { .. }
    )
}
