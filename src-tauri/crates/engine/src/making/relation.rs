//! What a pad whose link is on a profile has to do with one candidacy of the person.

use coderpad::{Pad, PadId};
use exchange::ApiRoot;
use lever::{Opportunity, StageId};

use super::Services;
use crate::blast_radius::{self, BlastRadius};
use crate::links::{ProfilePad, pads_on_profile};
use crate::marker::Marker;
use crate::trouble::{Trouble, of_coderpad};

/// What a pad has to do with a candidacy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// It carries our marker for this candidacy.
    Ours,
    /// Somebody made it for this candidacy, as far as can be told.
    Foreign,
    /// It can't be read with our key, and this is the person's only candidacy that we know.
    Unreadable,
    /// It can't be read with our key, and the person has several candidacies.
    Unclear,
    /// It is not for this candidacy: it carries our marker for another one, or it was over before
    /// this one came to a watched stage.
    NotItsOwn,
}

/// A pad on the profile, and what it has to do with the candidacy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Related {
    /// The pad.
    pub pad: ProfilePad,
    /// What it has to do with the candidacy.
    pub relation: Relation,
    /// When it was made, in ms since the epoch, if it could be read.
    pub made_ms: Option<i64>,
}

/// What is known before the pads are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'a> {
    /// Pads that are known not to be for this candidacy.
    pub not_its_own: &'a [PadId],
    /// Whether the person has other candidacies that the ledger knows.
    pub has_siblings: bool,
    /// The watched stages.
    pub watched: &'a [StageId],
    /// Which failures to read a pad stand in nobody's way.
    pub tolerates: &'a [BlastRadius],
}

/// Reads each pad on the profile, in its order, but for those in `but`.
///
/// # Errors
/// Why a pad could not be read that may be ours.
pub(super) async fn related(
    services: &Services,
    opportunity: &Opportunity,
    known: Known<'_>,
    but: Option<&PadId>,
) -> Result<Vec<Related>, Trouble> {
    let mut all = Vec::new();
    for pad in pads_to_read(opportunity, &services.coderpad_root, known, but) {
        let (relation, made_ms) = match services.coderpad.pad(&pad.id).await {
            Ok(read) => (
                relation(&read, opportunity, known.watched),
                read.created_at_ms,
            ),
            // Somebody else's pad can't be read with our key; it is one all the same.
            Err(coderpad::Error::Gone | coderpad::Error::NotAllowed { .. })
                if known.has_siblings =>
            {
                (Relation::Unclear, None)
            }
            Err(coderpad::Error::Gone | coderpad::Error::NotAllowed { .. }) => {
                (Relation::Unreadable, None)
            }
            Err(error) if known.tolerates.contains(&blast_radius::of_coderpad(&error)) => {
                (Relation::Unclear, None)
            }
            Err(error) => return Err(of_coderpad(&error)),
        };
        all.push(Related {
            pad,
            relation,
            made_ms,
        });
    }
    Ok(all)
}

pub(super) fn pads_to_read(
    opportunity: &Opportunity,
    root: &ApiRoot,
    known: Known<'_>,
    but: Option<&PadId>,
) -> Vec<ProfilePad> {
    let mut pads = pads_on_profile(&opportunity.links, root);
    pads.retain(|pad| !known.not_its_own.contains(&pad.id) && but != Some(&pad.id));
    pads
}

fn relation(pad: &Pad, opportunity: &Opportunity, watched: &[StageId]) -> Relation {
    let markers = Marker::all_in(pad.notes.as_deref().unwrap_or_default());
    if markers
        .iter()
        .any(|marker| marker.opportunity == opportunity.id)
    {
        return Relation::Ours;
    }
    let was_over = pad
        .ended_at_ms
        .zip(arrival_ms(opportunity, watched))
        .is_some_and(|(ended, arrived)| ended < arrived);
    if markers.is_empty() && !was_over {
        Relation::Foreign
    } else {
        Relation::NotItsOwn
    }
}

/// When the candidacy first came to a watched stage, in ms since the epoch.
fn arrival_ms(opportunity: &Opportunity, watched: &[StageId]) -> Option<i64> {
    opportunity
        .stage_changes
        .iter()
        .filter(|change| watched.contains(&change.to_stage))
        .filter_map(|change| change.updated_at_ms)
        .min()
        .or(opportunity.created_at_ms)
}
