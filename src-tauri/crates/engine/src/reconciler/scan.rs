//! Looking for pads by their markers, when the answer to a creation was not clear.
//!
//! CoderPad's list has no search and lags up to a minute (contracts/coderpad.md, 2.1 and 2.10).
//! A look is complete only when every page back to before the intents was read.

use crate::context::services::Services;
use crate::jobs::failpoint::{Failpoint, Side};
use coderpad::{Pad, PadPage};
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use padwatch_domain::list_order::NewestFirst;
use padwatch_domain::marker::Marker;
use padwatch_domain::service_error::of_coderpad;
use padwatch_domain::transition::scan::{ScanResult, collect, horizon_ms};
use std::collections::HashMap;
use transport::Clock;

/// Looks for all the markers in one reading of the list. `since_ms` is when the oldest of them
/// was written, in ms since the epoch by our clock.
pub(super) async fn look(services: &Services, markers: &[Marker], since_ms: i64) -> ScanResult {
    let mut looked = ScanResult {
        found: HashMap::new(),
        incomplete: None,
        unread: 0,
        others_incomplete: None,
        server_ahead_ms: None,
    };
    services.failpoints.pass(Side::Before, Failpoint::Look);
    for (number, pages) in services.lists_of_pads().into_iter().enumerate() {
        let read = read_back(pages, &mut looked, markers, since_ms, &*services.clock).await;
        match read {
            Err(error) if number == 0 => looked.incomplete = Some(of_coderpad(&error)),
            Err(error) => looked.others_incomplete = Some(of_coderpad(&error)),
            Ok(()) => {}
        }
    }
    services.failpoints.pass(Side::After, Failpoint::Look);
    confirm(services, &mut looked).await;
    looked
}

/// Reads one list back past the intents' time.
async fn read_back(
    mut pages: BoxStream<'static, Result<PadPage, coderpad::Error>>,
    looked: &mut ScanResult,
    markers: &[Marker],
    since_ms: i64,
    clock: &dyn Clock,
) -> Result<(), coderpad::Error> {
    let mut order = NewestFirst::default();
    while let Some(page) = pages.next().await {
        let page = page?;
        let now_ms = clock.now_ms();
        let server_ms = page.server_date_ms.unwrap_or(now_ms);
        looked.server_ahead_ms = page
            .server_date_ms
            .map(|server| server.saturating_sub(now_ms))
            .or(looked.server_ahead_ms);
        let horizon_ms = horizon_ms(since_ms, now_ms, server_ms);
        let ends_here = order.reads_past(page.pads.iter().map(|pad| pad.created_at_ms), horizon_ms);
        let is_too_old = |made_ms: i64| made_ms < horizon_ms;
        let unread = page.unread.iter();
        looked.unread += unread
            .filter(|pad| !pad.created_at_ms.is_some_and(is_too_old))
            .count();
        collect(&mut looked.found, page.pads, markers);
        if ends_here {
            break;
        }
    }
    Ok(())
}

/// The list lags: what it shows is read again by id before it counts.
async fn confirm(services: &Services, looked: &mut ScanResult) {
    let mut confirmed: HashMap<Marker, Vec<Pad>> = HashMap::new();
    for (marker, pads) in std::mem::take(&mut looked.found) {
        for pad in pads {
            match services.coderpad.pad(&pad.id).await {
                Ok(read) => confirmed.entry(marker.clone()).or_default().push(read),
                // A pad of another user can't be read by id; everyone's list is all there is.
                Err(coderpad::Error::Gone | coderpad::Error::NotAllowed { .. })
                    if services.makes_for_others =>
                {
                    confirmed.entry(marker.clone()).or_default().push(pad);
                }
                Err(coderpad::Error::Gone) => {}
                Err(error) => looked.incomplete = Some(of_coderpad(&error)),
            }
        }
    }
    looked.found = confirmed;
}
