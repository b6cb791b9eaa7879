//! Putting the finished view together. Pure.

use coderpad::{Events, Pad};
use transport::ApiRoot;

use super::{Extras, FinishedView, PadLinks, people, presence};
use crate::candidacy::Candidacy;
use crate::lifecycle::{Ending, LedgerPad};
use crate::links::{own_link, own_playback};
use crate::note::NoteStatus;

/// What the ledger knows of a finished interview.
#[derive(Debug, Clone)]
pub struct Source {
    pub row: Candidacy,
    pub pad: LedgerPad,
    pub ended_ms: i64,
    pub ending: Ending,
    pub note: Option<NoteStatus>,
}

/// The view of an interview, from the ledger and from what CoderPad tells.
#[must_use]
pub fn of(source: Source, pad: &Pad, events: &Events, root: &ApiRoot) -> FinishedView {
    let presence = presence::read(&events.events, source.ended_ms);
    FinishedView {
        name: source.row.seen.name,
        posting: source.row.seen.posting_title,
        profile_url: source.row.seen.profile_url,
        pad: PadLinks {
            playback: pad
                .playback_link(root)
                .unwrap_or_else(|| own_playback(&source.pad, root)),
            link: own_link(&source.pad, root),
            id: source.pad.id,
        },
        ending: source.ending,
        ended_ms: source.ended_ms,
        began_ms: presence.map(|presence| presence.began_ms),
        lasted_ms: presence.map(|presence| presence.lasted_ms),
        people: people::took_part(pad, &events.events),
        runs: people::runs(&events.events),
        complete: events.complete,
        offers: Extras::of(pad).offers(),
        drawing: pad.addresses.drawing.is_some(),
        note: source.note,
    }
}
