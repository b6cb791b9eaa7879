//! After a ledger was lost: which pads carry our marker, and for whom.

use crate::context::services::Services;
use coderpad::Pad;
use futures_util::StreamExt as _;
use padwatch_domain::marker::Marker;
use padwatch_domain::service_error::{ServiceError, of_coderpad};
use padwatch_domain::transition::rebuild::{Marked, Reading};
use tokio::sync::watch as latest;

/// Reads the whole list, and tells after each page how far it is. `None`: no one listens any
/// more, so it was given up.
///
/// # Errors
/// Why it could not be read to its end.
pub(super) async fn marked_pads(
    services: &Services,
    reading: &latest::Sender<Reading>,
) -> Option<Result<Marked, ServiceError>> {
    tokio::select! {
        marked = read_all(services, reading) => Some(marked),
        () = reading.closed() => None,
    }
}

async fn read_all(
    services: &Services,
    reading: &latest::Sender<Reading>,
) -> Result<Marked, ServiceError> {
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
