//! Another pad for someone who had one: the former one is read again first.

use super::state::Provisioner;
use crate::context::Context;
use padwatch_domain::change::Change;

use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::lifecycle::{Consent, Ending, LedgerPad, Lifecycle};
use padwatch_domain::transition::former::FormerPad;
use padwatch_ledger::LedgerError;

impl Provisioner {
    /// The pads to read before another is created on the person's word.
    pub(super) fn former_pads(
        &self,
        row: &Candidacy,
        cx: &Context<'_>,
    ) -> Result<Vec<FormerPad>, LedgerError> {
        if !matches!(
            row.life,
            Lifecycle::Eligible {
                consent: Consent::User | Consent::UserOverride
            }
        ) {
            return Ok(Vec::new());
        }
        let mut pads = Vec::new();
        for id in cx.store.ledger.deleted_pads(&row.opportunity)? {
            let known = cx.store.ledger.known_of(&row.opportunity, &id)?;
            let is_own = cx.is_own(&known);
            pads.push(FormerPad { id, is_own });
        }
        Ok(pads)
    }
}

/// The pad that a row had and that is to be followed by another. What is known of it stays.
pub(crate) fn replaced(row: &Candidacy) -> Option<&LedgerPad> {
    match &row.life {
        Lifecycle::Deleted { pad, .. } => Some(pad),
        Lifecycle::Finished { pad, ending, .. } if *ending != Ending::Held => Some(pad),
        _ => None,
    }
}

/// A pad that is not to be taken for this candidacy's again.
pub(crate) fn set_aside(row: &Candidacy, pad: &LedgerPad) -> [Change; 2] {
    [
        Change::DuplicateFound {
            opportunity: row.opportunity.clone(),
            pad: pad.id.clone(),
            link: pad.link.clone(),
            ours: true,
        },
        Change::DuplicateGone(pad.id.clone()),
    ]
}
