//! Serving many who were chosen together, and taking the rest back.

use super::state::Provisioner;
use crate::context::Context;
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::change::{Change, Trigger};
use padwatch_domain::lifecycle::Consent;
use std::collections::BTreeMap;

use crate::ledger_problem::ledger_problem;
use crate::listing::Chosen;
use crate::mailbox::Answer;
use padwatch_domain::activity::Activity;
use padwatch_domain::lifecycle::{Hold, Lifecycle};
use padwatch_domain::reason::Reason;
use padwatch_domain::section::Section;
use padwatch_ledger::LedgerError;

impl Provisioner {
    pub(crate) fn serve_chosen(
        &mut self,
        section: Section,
        chosen: &Chosen,
        cx: &mut Context<'_>,
    ) -> Answer<u32> {
        let now_ms = cx.now_ms();
        let mut changes = Vec::new();
        let mut serving = BTreeMap::new();
        for id in &chosen.opportunities {
            let row = cx.row(id)?;
            let Lifecycle::Held { hold } = row.life else {
                continue;
            };
            if row.section() != section || matches!(hold, Hold::Until { .. }) {
                continue;
            }
            serving.insert(id.clone(), hold);
            let consent = consent_for(&row);
            let row = row.becoming(Lifecycle::Eligible { consent }, Reason::UserChose, now_ms);
            changes.push(Change::Moved {
                row: Box::new(row),
                what: Activity::Chosen,
                trigger: Trigger::Person,
            });
        }
        cx.commit(&changes)?;
        if self.left_to_serve(cx).unwrap_or_default() == 0 {
            self.serving.clear();
        }
        self.serving.extend(serving);
        Ok(u32::try_from(changes.len()).unwrap_or(u32::MAX))
    }

    /// Whose pad is not begun yet waits again for what they waited for before.
    pub(crate) fn cancel_serving(&mut self, cx: &mut Context<'_>) -> Answer<()> {
        let now_ms = cx.now_ms();
        let mut changes = Vec::new();
        for (id, hold) in &self.serving {
            let row = cx
                .store
                .ledger
                .row(id)
                .map_err(|error| ledger_problem(&error))?;
            // Anyone who was removed meanwhile gets no pad anyway: the others are stopped all the same.
            let Some(row) = row else {
                continue;
            };
            if !row.life.is_user_approved() || self.under_way.contains_key(id) {
                continue;
            }
            let row = row.becoming(Lifecycle::Held { hold: *hold }, Reason::UserStopped, now_ms);
            changes.push(Change::Moved {
                row: Box::new(row),
                what: Activity::Stopped,
                trigger: Trigger::Person,
            });
        }
        // Forgotten only when it is written: otherwise there would be nothing left to stop.
        cx.commit(&changes)?;
        self.serving.clear();
        Ok(())
    }

    pub(crate) fn left_to_serve(&self, cx: &Context<'_>) -> Result<usize, LedgerError> {
        let mut left = 0;
        for id in self.serving.keys() {
            let row = cx.store.ledger.row(id)?;
            left += usize::from(row.is_some_and(|row| {
                matches!(row.life, Lifecycle::Intent { .. }) || row.life.is_user_approved()
            }));
        }
        Ok(left)
    }
}

/// What the person's "make it" means for a row. Anyone who was told that a link is there wants a pad
/// beside it.
pub(crate) fn consent_for(row: &Candidacy) -> Consent {
    match row.life {
        Lifecycle::Held {
            hold: Hold::WhichJob | Hold::WhosePad { .. } | Hold::OldPad,
        } => Consent::UserOverride,
        _ => Consent::User,
    }
}
