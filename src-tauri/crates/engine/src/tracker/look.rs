//! Looking at CoderPad: the list as far back as needed, and each end confirmed by id.

use std::collections::{HashMap, HashSet};

use coderpad::{Error, Pad, PadId, PadSort, PadState};
use futures_util::StreamExt as _;
use lever::OpportunityId;

use crate::context::done::PollResult;
use crate::context::services::Services;
use padwatch_domain::blast_radius::{self, BlastRadius};
use padwatch_domain::list_order::NewestFirst;
use padwatch_domain::service_error::of_coderpad;
use padwatch_domain::tracking::ending::{self};
use padwatch_domain::tracking::reading::Reading;
use padwatch_domain::tracking::{ClosedPad, OpenPad, Progress};

/// The most pages that one look reads: 1,000 pads. Anyone who is behind them is read by id in time.
const MOST_PAGES: usize = 20;

/// What a look is about.
#[derive(Debug)]
pub(crate) struct Question {
    /// The pads that are followed.
    pub(crate) open: Vec<OpenPad>,
    /// Those that are over or were deleted, and may show as if they lived.
    pub(crate) closed: Vec<ClosedPad>,
    /// Those that must not be read by their ids now.
    pub(crate) not_now: HashSet<PadId>,
    /// How far back to read, in ms since the epoch by the server's clock.
    pub(crate) horizon_ms: i64,
}

/// Reads the list, and each pad in it whose end it shows.
pub(crate) async fn look(services: &Services, question: &Question) -> PollResult {
    let mut looked = PollResult::default();
    let ended = read_list(services, question, &mut looked).await;
    let once = services.clone().trying_once();
    for (pad, id) in ended {
        if question.not_now.contains(&pad) {
            looked.again.push(id);
            continue;
        }
        match read(&once, &pad, Events::Needed, |_| {}).await {
            Ok(reading) => looked.readings.push((id, pad, reading)),
            Err(error) => {
                looked.again.push(id.clone());
                let service_error = of_coderpad(&error);
                let is_over = service_error.radius == BlastRadius::Service;
                looked.failed.push((id, pad, service_error));
                if is_over {
                    break;
                }
            }
        }
    }
    // A pad that could not be read is in `again`; the list was read all the same.
    if looked.service_error.is_some() {
        looked.looked_ms = None;
    }
    looked
}

/// Reads the list. Answers the pads that it says are over.
async fn read_list(
    services: &Services,
    question: &Question,
    looked: &mut PollResult,
) -> HashMap<PadId, OpportunityId> {
    let ours: HashMap<&PadId, &OpportunityId> = question
        .open
        .iter()
        .map(|pad| (&pad.pad, &pad.opportunity))
        .collect();
    let mut ended = HashMap::new();
    let mut order = NewestFirst::default();
    let mut pages = services
        .coderpad
        .pads(PadSort::UpdatedNewest)
        .take(MOST_PAGES);
    while let Some(page) = pages.next().await {
        let page = match page {
            Ok(page) => page,
            Err(error) => {
                looked.service_error = Some(of_coderpad(&error));
                break;
            }
        };
        let server_ms = page
            .server_date_ms
            .unwrap_or_else(|| services.clock.now_ms());
        looked.looked_ms = looked.looked_ms.or(Some(server_ms));
        let ends_here = order.reads_past(
            page.pads.iter().map(|pad| pad.updated_at_ms),
            question.horizon_ms,
        );
        // What the list doesn't show readably, a read by id may.
        let unread = page.unread.iter().filter_map(|pad| pad.id.as_ref());
        let unread = unread.filter_map(|pad| ours.get(pad));
        looked.again.extend(unread.map(|id| (*id).clone()));
        for pad in page.pads {
            let seems_alive = |closed: &&ClosedPad| {
                closed.pad == pad.id && (closed.is_deleted || !pad.is_finished())
            };
            if let Some(closed) = question.closed.iter().find(seems_alive) {
                looked.alive.push(closed.opportunity.clone());
            }
            let Some(id) = ours.get(&pad.id) else {
                continue;
            };
            if pad.is_finished() {
                ended.insert(pad.id, (*id).clone());
            } else {
                let reading = open_reading(&pad);
                looked.readings.push(((*id).clone(), pad.id, reading));
            }
        }
        if ends_here {
            break;
        }
    }
    ended
}

/// Whether a pad's end can be told without its events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Events {
    /// They must be read.
    Needed,
    /// They failed often enough: the pad itself says enough.
    IfReadable,
}

/// Reads one pad by its id, which is never late, and its events if it is over. `see` is shown the
/// pad.
///
/// # Errors
/// What CoderPad says, other than that it has no such pad.
pub(crate) async fn read(
    services: &Services,
    id: &PadId,
    wanted: Events,
    see: impl FnOnce(&Pad),
) -> Result<Reading, Error> {
    let pad = match services.coderpad.pad(id).await {
        Ok(pad) => pad,
        // What belongs to someone else is 404 or 403 (contracts/coderpad.md, emulator).
        Err(Error::Gone) => return Ok(Reading::Missing),
        Err(Error::NotAllowed { .. }) => return Ok(Reading::Hidden),
        Err(error) => return Err(error),
    };
    see(&pad);
    if !pad.is_finished() {
        return Ok(open_reading(&pad));
    }
    let events = match services.coderpad.events(id).await {
        Ok(events) => events.events,
        Err(Error::Gone | Error::NotAllowed { .. } | Error::Refused { .. }) => Vec::new(),
        Err(error) if may_do_without(&error, wanted) => Vec::new(),
        Err(error) => return Err(error),
    };
    let root = &services.coderpad_root;
    Ok(Reading::Ended(ending::read(&pad, &events, root)))
}

fn may_do_without(error: &Error, wanted: Events) -> bool {
    wanted == Events::IfReadable && blast_radius::of_coderpad(error) != BlastRadius::Service
}

fn open_reading(pad: &Pad) -> Reading {
    // A state that isn't known is no end; people in the pad show that it is under way.
    let is_under_way = match pad.state {
        PadState::Started => true,
        PadState::Pending | PadState::Ended => false,
        PadState::Other(_) => !pad.participants.is_empty(),
    };
    let progress = if is_under_way {
        Progress::UnderWay
    } else {
        Progress::Pending
    };
    Reading::Open {
        progress,
        active_ms: pad.updated_at_ms,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_unknown_state_is_under_way_when_somebody_is_there_and_never_an_end() {
        let progress = |value| match open_reading(&serde_json::from_value(value).unwrap()) {
            Reading::Open { progress, .. } => progress,
            other => panic!("{other:?}"),
        };
        let empty = json!({"id": "A", "state": "hovering"});
        assert_eq!(progress(empty), Progress::Pending);
        let people = json!({"id": "A", "state": "hovering", "participants": ["Ada"]});
        assert_eq!(progress(people), Progress::UnderWay);
        let started = json!({"id": "A", "state": "started"});
        assert_eq!(progress(started), Progress::UnderWay);
    }
}
