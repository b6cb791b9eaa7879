//! After a ledger was lost: which pads carry our marker, and for whom.

use std::collections::HashMap;

use coderpad::{Pad, PadSort};
use futures_util::StreamExt as _;
use lever::OpportunityId;

use super::Services;
use super::look::{Now, too_many};
use crate::ledger::{Change, Trigger};
use crate::life::{Hold, LedgerPad, Life, Linking, Origin};
use crate::marker::Marker;
use crate::row::Row;
use crate::trouble::{Trouble, of_coderpad};

/// All pads of the key's user that carry a marker, the older first.
pub type Marked = HashMap<OpportunityId, Vec<Pad>>;

/// Reads the whole list.
///
/// # Errors
/// Why it could not be read to its end.
pub async fn marked_pads(services: &Services) -> Result<Marked, Trouble> {
    let mut marked = Marked::new();
    let mut pages = services.coderpad.pads(PadSort::CreatedNewest);
    while let Some(page) = pages.next().await {
        for pad in page.map_err(|error| of_coderpad(&error))?.pads {
            for marker in Marker::all_in(pad.notes.as_deref().unwrap_or_default()) {
                let same = marked.entry(marker.opportunity).or_default();
                if same.iter().all(|known| known.id != pad.id) {
                    same.push(pad.clone());
                }
            }
        }
    }
    for same in marked.values_mut() {
        same.sort_by_key(|pad| pad.created_at_ms);
    }
    Ok(marked)
}

/// Gives a row its pad back.
#[must_use]
pub fn settle(row: Row, pads: &[Pad], now: Now<'_>) -> Vec<Change> {
    let waits = matches!(
        row.life,
        Life::Held {
            hold: Hold::Rebuilt | Hold::AlreadyThere
        }
    );
    let Some((first, others)) = pads.split_first().filter(|_| waits) else {
        return Vec::new();
    };
    let mut changes: Vec<Change> = others
        .iter()
        .flat_map(|extra| too_many(&row, &first.id, extra, now))
        .collect();
    let pad = LedgerPad {
        id: first.id.clone(),
        link: first.link(now.root),
        origin: Origin::Found,
        since_ms: first.created_at_ms.unwrap_or(now.ms),
    };
    let linking = Linking {
        next_ms: now.ms,
        ..Linking::default()
    };
    let row = row.becoming(
        Life::Created { pad, linking },
        "Found again by Padwatch’s marker in the pad’s notes.",
        now.ms,
    );
    changes.insert(
        0,
        Change::Moved {
            row: Box::new(row),
            what: "Pad found again",
            trigger: Trigger::Start,
        },
    );
    changes
}
