//! Another pad for somebody who had one: the former one is read again first.

use lever::OpportunityId;

use super::{Change, Owner};
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::lifecycle::{Consent, Ending, LedgerPad, Lifecycle};
use padwatch_domain::thing::Thing;
use padwatch_domain::transition;
use padwatch_domain::transition::former::{Former, FormerPad};
use padwatch_domain::transition::scan::Now;
use padwatch_ledger::LedgerError;

impl Owner<'_> {
    /// The pads to read before another is created on the person's word.
    pub(super) fn former_pads(&self, row: &Candidacy) -> Result<Vec<FormerPad>, LedgerError> {
        if !matches!(
            row.life,
            Lifecycle::Eligible {
                consent: Consent::User | Consent::UserOverride
            }
        ) {
            return Ok(Vec::new());
        }
        let mut pads = Vec::new();
        for id in self.cx.store.ledger.deleted_pads(&row.opportunity)? {
            let known = self.cx.store.ledger.known_of(&row.opportunity, &id)?;
            let is_own = self.cx.is_own(&known);
            pads.push(FormerPad { id, is_own });
        }
        Ok(pads)
    }

    pub(super) fn former_read(&mut self, id: &OpportunityId, former: Former) {
        let Some(step) = self.provisioning.under_way.remove(id) else {
            return;
        };
        if let Former::Failed(service_error) = &former {
            self.cx
                .item_failed(Thing::Candidate(id.clone()), service_error);
            return;
        }
        let row = match self.cx.store.ledger.row(id) {
            Ok(row) => row.unwrap_or(step.row),
            Err(error) => return self.cx.ledger_failed(&error),
        };
        let root = self.cx.wiring.coderpad_root.clone();
        let now = Now {
            ms: self.cx.now_ms(),
            elapsed: self.cx.elapsed(),
            root: &root,
        };
        let lives = matches!(former, Former::Lives(_));
        let settled = transition::former::on_checked(row, former, now);
        self.cx.apply_side_effects(&settled);
        self.cx.write(settled.changes);
        if lives {
            self.cx.pad_is_there(id, self.cx.reader());
        }
    }
}

/// The pad that a row had and that is to be followed by another. What is known of it stays.
pub(super) fn replaced(row: &Candidacy) -> Option<&LedgerPad> {
    match &row.life {
        Lifecycle::Deleted { pad } => Some(pad),
        Lifecycle::Finished { pad, ending, .. } if *ending != Ending::Held => Some(pad),
        _ => None,
    }
}

/// A pad that is not to be taken for this candidacy's again.
pub(super) fn set_aside(row: &Candidacy, pad: &LedgerPad) -> [Change; 2] {
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
