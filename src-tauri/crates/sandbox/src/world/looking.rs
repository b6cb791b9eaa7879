//! What tests want to know about a world.

use std::collections::BTreeMap;

use serde::Serialize;

use super::World;
use crate::coderpad::pads::{Pad, State};
use crate::ids::OpportunityId;

/// A pad as a test sees it, deleted ones included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PadSeen {
    /// Its id.
    pub id: String,
    /// Its link.
    pub url: String,
    /// What it is called.
    pub title: String,
    /// What the candidate doesn't see.
    pub notes: String,
    /// Whose it is.
    pub owner: String,
    /// `pending`, `started` or `ended`.
    pub state: &'static str,
    /// ms since the epoch.
    pub created_at: i64,
    /// ms since the epoch.
    pub ended_at: Option<i64>,
    /// ms since the epoch.
    pub deleted_at: Option<i64>,
}

impl World {
    /// All pads that were ever made through the API or by a test, oldest first. Those that
    /// [`crate::CoderPadSwitches`] lets appear by themselves are left out.
    #[must_use]
    pub fn pads(&self) -> Vec<PadSeen> {
        let mut pads: Vec<&Pad> = self
            .coderpad
            .pads
            .values()
            .filter(|pad| !pad.by_others)
            .collect();
        pads.sort_by_key(|pad| (pad.created_at, pad.number));
        pads.into_iter().map(|pad| self.seen(pad)).collect()
    }

    /// The pads whose notes hold the marker, oldest first.
    #[must_use]
    pub fn pads_for_marker(&self, marker: &str) -> Vec<PadSeen> {
        self.pads()
            .into_iter()
            .filter(|pad| pad.notes.contains(marker))
            .collect()
    }

    /// The pads whose notes name the candidacy's id, as its profile address does, oldest first.
    #[must_use]
    pub fn pads_naming(&self, id: &OpportunityId) -> Vec<PadSeen> {
        self.pads_for_marker(id.as_str())
    }

    /// The links on a candidacy's profile.
    #[must_use]
    pub fn links_of(&self, id: &OpportunityId) -> Vec<String> {
        let opportunity = self.lever.opportunities.get(id);
        let contact = opportunity.and_then(|found| self.lever.contacts.get(&found.contact));
        contact
            .map(|contact| contact.links.clone())
            .unwrap_or_default()
    }

    /// The texts of the notes on a candidacy, oldest first.
    #[must_use]
    pub fn notes_of(&self, id: &OpportunityId) -> Vec<String> {
        let notes = self
            .lever
            .opportunities
            .get(id)
            .into_iter()
            .flat_map(|found| &found.notes);
        notes.map(|note| note.value.clone()).collect()
    }

    /// How many pads name each candidacy, for all that are named by any.
    #[must_use]
    pub fn pads_by_opportunity(&self) -> BTreeMap<OpportunityId, usize> {
        let pads = self.pads();
        let count = |id: &OpportunityId| {
            pads.iter()
                .filter(|pad| pad.notes.contains(id.as_str()))
                .count()
        };
        let counts = self
            .lever
            .opportunities
            .keys()
            .map(|id| (id.clone(), count(id)));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    fn seen(&self, pad: &Pad) -> PadSeen {
        PadSeen {
            id: pad.id.to_string(),
            url: format!("{}/{}", self.coderpad.site, pad.id),
            title: pad.values.title.clone(),
            notes: pad.values.notes.clone().unwrap_or_default(),
            owner: pad.owner.clone(),
            state: match pad.values.state {
                State::Pending => "pending",
                State::Started => "started",
                State::Ended => "ended",
            },
            created_at: pad.created_at,
            ended_at: pad.values.times.ended_at,
            deleted_at: pad.deleted_at,
        }
    }
}
