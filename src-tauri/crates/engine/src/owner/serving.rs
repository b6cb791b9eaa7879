//! Serving many who were chosen together: how far it is, and taking the rest back.

use std::collections::BTreeMap;

use lever::OpportunityId;

use super::requests::consent_for;
use super::{Change, Owner, Trigger};
use crate::ledger_problem::in_words;
use crate::listing::Chosen;
use crate::mailbox::Answer;
use crate::snapshot::{LongWork, Progress};
use padwatch_domain::lifecycle::{Hold, Lifecycle};
use padwatch_domain::section::Section;
use padwatch_ledger::LedgerError;

/// Those who were chosen together, with what each waited for before. Not kept over a restart: who
/// was chosen is served all the same, one by one.
pub(super) type Serving = BTreeMap<OpportunityId, Hold>;

/// Fewer than this are done before anybody has read how far it is.
const WORTH_TELLING: usize = 3;

impl Owner<'_> {
    pub(crate) fn serve_chosen(&mut self, section: Section, chosen: &Chosen) -> Answer<u32> {
        let now_ms = self.cx.now_ms();
        let mut changes = Vec::new();
        let mut serving = Serving::new();
        for id in &chosen.opportunities {
            let row = self.cx.row(id)?;
            let Lifecycle::Held { hold } = row.life else {
                continue;
            };
            if row.section() != section || matches!(hold, Hold::Until { .. }) {
                continue;
            }
            serving.insert(id.clone(), hold);
            let consent = consent_for(&row);
            let row = row.becoming(Lifecycle::Eligible { consent }, "You chose it.", now_ms);
            changes.push(Change::Moved {
                row: Box::new(row),
                what: "Chosen",
                trigger: Trigger::Person,
            });
        }
        self.cx.commit(&changes)?;
        if self.left_to_serve().unwrap_or_default() == 0 {
            self.provisioning.serving.clear();
        }
        self.provisioning.serving.extend(serving);
        Ok(u32::try_from(changes.len()).unwrap_or(u32::MAX))
    }

    /// Whose pad is not begun yet waits again for what they waited for before.
    pub(crate) fn cancel_serving(&mut self) -> Answer<()> {
        let now_ms = self.cx.now_ms();
        let mut changes = Vec::new();
        for (id, hold) in &self.provisioning.serving {
            let row = self
                .cx
                .store
                .ledger
                .row(id)
                .map_err(|error| in_words(&error))?;
            // Whoever was removed meanwhile gets no pad anyway: the others are stopped all the same.
            let Some(row) = row else {
                continue;
            };
            if !row.life.is_user_approved() || self.provisioning.under_way.contains_key(id) {
                continue;
            }
            let row = row.becoming(Lifecycle::Held { hold: *hold }, "You stopped it.", now_ms);
            changes.push(Change::Moved {
                row: Box::new(row),
                what: "Stopped before its pad was made",
                trigger: Trigger::Person,
            });
        }
        // Forgotten only when it is written: otherwise there would be nothing left to stop.
        self.cx.commit(&changes)?;
        self.provisioning.serving.clear();
        Ok(())
    }

    /// The work that takes longer than a moment, if there is any.
    pub(super) fn progress(&self) -> Result<Option<Progress>, LedgerError> {
        if let Some(progress) = self
            .reconciling
            .search_progress(self.watching.has_looked(), &self.cx)
        {
            return Ok(Some(progress));
        }
        let of = self.provisioning.serving.len();
        let left = self.left_to_serve()?;
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Ok((of >= WORTH_TELLING && left > 0).then(|| Progress {
            what: LongWork::CreatingPads,
            done: number(of - left),
            of: Some(number(of)),
            people: None,
            can_cancel: true,
        }))
    }

    fn left_to_serve(&self) -> Result<usize, LedgerError> {
        let mut left = 0;
        for id in self.provisioning.serving.keys() {
            let row = self.cx.store.ledger.row(id)?;
            left += usize::from(row.is_some_and(|row| {
                matches!(row.life, Lifecycle::Intent { .. }) || row.life.is_user_approved()
            }));
        }
        Ok(left)
    }
}
