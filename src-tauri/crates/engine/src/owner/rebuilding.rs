//! Finding our pads again that the ledger doesn't know.

use std::time::Duration;

use super::{Change, Done, Keepsake, Owner};
use crate::ledger::LedgerError;
use crate::making::look::Now;
use crate::making::rebuild::{self, Marked, PadSearch};
use crate::row::Row;
use crate::trouble::Trouble;

impl Owner<'_> {
    /// The first look at Lever comes first: it says for whom to look.
    pub(super) fn search_if_due(&mut self) {
        let now = self.elapsed();
        if self.next_search().is_none_or(|next| next > now) {
            return;
        }
        let Some(services) = self.services.clone() else {
            return;
        };
        self.is_searching = true;
        self.is_dirty = true;
        self.tasks
            .spawn(async move { Done::Searched(rebuild::marked_pads(&services).await) });
    }

    /// When to search next, unless it must wait for something else.
    pub(super) fn next_search(&self) -> Option<Duration> {
        let is_ready = self.last_checked_ms.is_some() && self.coderpad_gate.lets_reads_through();
        let (_, rhythm) = self.pad_search.filter(|_| is_ready && !self.is_searching)?;
        Some(rhythm.next)
    }

    /// Until the pads of a lost ledger are found, none is made that could be the second: after
    /// damage for nobody, and at a first start for nobody who was there before it.
    pub(super) fn search_holds_back(&self, row: &Row) -> bool {
        match self.pad_search {
            Some((PadSearch::AfterDamage, _)) => true,
            Some((PadSearch::AtFirstStart, _)) => row.life.is_on_own_word(),
            None => false,
        }
    }

    pub(super) fn searched(&mut self, marked: Result<Marked, Trouble>) {
        self.is_searching = false;
        self.is_dirty = true;
        let Some((search, rhythm)) = self.pad_search else {
            return;
        };
        let now = self.elapsed();
        let rhythm = rhythm.after(marked.is_ok(), false, now);
        self.pad_search = Some((search, rhythm));
        match (marked, search) {
            (Ok(marked), _) => {
                if let Err(error) = self.give_back(marked) {
                    return self.ledger_failed(&error);
                }
                if search == PadSearch::AtFirstStart || rhythm.is_enough(now) {
                    self.end_search();
                }
            }
            // A list that this account can't read must not stop a first start.
            (Err(trouble), PadSearch::AtFirstStart) if !trouble.passing => self.end_search(),
            (Err(trouble), _) => self.close_gate(trouble, now),
        }
    }

    fn end_search(&mut self) {
        self.pad_search = None;
        self.write(vec![Change::Dropped(Keepsake::PadSearch)]);
    }

    fn give_back(&mut self, marked: Marked) -> Result<(), LedgerError> {
        let root = self.wiring.coderpad_root.clone();
        let now = Now {
            ms: self.now_ms(),
            elapsed: self.elapsed(),
            root: &root,
        };
        for (id, mut pads) in marked {
            let Some(row) = self.ledger.row(&id)? else {
                // Not there now; should they come back, it needs a word.
                self.write(vec![Change::HadPad(id)]);
                continue;
            };
            self.without_others_pads(&row, &mut pads)?;
            let known = self.ledger.duplicates(&id)?;
            let known: Vec<_> = known.into_iter().map(|duplicate| duplicate.id).collect();
            self.write(rebuild::settle(row, &pads, &known, now));
        }
        Ok(())
    }
}
