//! Using a pad link that is on the profile, at the user's request.

use super::Transition;
use crate::activity::Activity;
use crate::announcement::News;
use crate::candidacy::Candidacy;
use crate::change::{Change, Trigger};
use crate::lifecycle::{Hold, LedgerPad, Lifecycle, Origin};
use crate::links::ProfilePad;
use crate::reason::Reason;
use coderpad::PadId;
use lever::OpportunityId;

/// Which link is meant.
#[derive(Debug, Clone)]
pub struct Question {
    pub opportunity: OpportunityId,
    /// The pads that the ledger knows not to be for this candidacy, or no longer.
    pub not_its_own: Vec<PadId>,
    pub watched: Vec<lever::StageId>,
}

/// The row with the pad that the person chose.
#[must_use]
pub fn on_chosen(row: Candidacy, pad: ProfilePad, now_ms: i64) -> Transition {
    if !matches!(
        row.life,
        Lifecycle::Held {
            hold: Hold::WhichJob | Hold::WhosePad { .. }
        }
    ) {
        return Transition::default();
    }
    let told = Change::Announced(News::PadReady {
        who: row.who(),
        pad: pad.id.clone(),
        link: pad.link.clone(),
        adopted: true,
    });
    let pad = LedgerPad {
        playback: None,
        id: pad.id,
        link: pad.link,
        origin: Origin::Adopted,
        since_ms: now_ms,
        beside: Vec::new(),
    };
    let row = row.becoming(Lifecycle::Linked { pad }, Reason::UserChoseLink, now_ms);
    Transition::changes(vec![
        Change::Moved {
            row: Box::new(row),
            what: Activity::LinkChosen,
            trigger: Trigger::Person,
        },
        told,
    ])
}
