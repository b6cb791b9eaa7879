//! Writing: a slice of changes is one transaction.

use rusqlite::Transaction;

use super::age::must_not_be_forgotten;
use super::database::Ledger;
use super::error::LedgerError;
use super::{
    deliveries, duplicates, history, interviews, markers, notes, outbox, persons, postings, row,
    sightings, state,
};
use padwatch_domain::change::{Change, StateKey};
use padwatch_domain::lifecycle::Lifecycle;

impl Ledger {
    /// Writes all changes or none, durably, after everything that waits.
    ///
    /// # Errors
    /// When the ledger can't be written; then these changes are not made.
    pub fn commit(&mut self, changes: &[Change], now_ms: i64) -> Result<(), LedgerError> {
        self.flush()?;
        self.write_all(changes, now_ms)
    }

    /// Writes what must not get lost: what can't be written now waits, and is written by
    /// [`Ledger::flush`].
    ///
    /// # Errors
    /// Why it has to wait.
    pub fn write(&mut self, changes: Vec<Change>, now_ms: i64) -> Result<(), LedgerError> {
        self.pending.queue.push_back((changes, now_ms));
        self.flush()
    }

    /// Writes what waits, in its order. What contradicts the ledger is left out.
    ///
    /// # Errors
    /// Why the rest has to wait longer.
    pub fn flush(&mut self) -> Result<(), LedgerError> {
        while let Some((changes, at_ms)) = self.pending.queue.pop_front() {
            match self.write_all(&changes, at_ms) {
                Ok(()) => {}
                Err(LedgerError::Conflict) => self.pending.left_out.extend(changes),
                Err(error) => {
                    self.pending.queue.push_front((changes, at_ms));
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    /// The changes that were left out since this was asked last.
    pub fn take_left_out(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.pending.left_out)
    }

    /// Returns true if something waits to be written.
    #[must_use]
    pub fn has_pending(&self) -> bool {
        !self.pending.queue.is_empty()
    }

    /// Writes all changes or none, durably. What must not be forgotten makes the ledger older.
    pub(super) fn write_all(&mut self, changes: &[Change], now_ms: i64) -> Result<(), LedgerError> {
        if changes.is_empty() {
            return Ok(());
        }
        let brings_age = |change: &Change| matches!(change, Change::Kept(StateKey::Age, _));
        let grows = changes.iter().any(must_not_be_forgotten) && !changes.iter().any(brings_age);
        let older = grows.then(|| self.age.next());
        let transaction = self.connection.transaction()?;
        for change in changes {
            write(&transaction, change, now_ms)?;
        }
        if let Some(age) = &older {
            state::put(&transaction, StateKey::Age, &serde_json::to_string(age)?)?;
        }
        transaction.commit()?;
        if let Some(age) = older {
            self.age = age;
            self.is_sealed = false;
            if let Err(error) = self.seal() {
                // It is tried again, and nothing is created until it succeeds.
                tracing::error!(%error, "the ledger's age can't be written");
            }
        }
        Ok(())
    }
}

pub(super) fn write(to: &Transaction<'_>, change: &Change, now_ms: i64) -> Result<(), LedgerError> {
    match change {
        // What can't be read stays as it is.
        Change::Moved { row, .. } | Change::Touched(row) if row.life == Lifecycle::Unreadable => {
            Ok(())
        }
        Change::Moved { row, what, trigger } => {
            row::put(to, row)?;
            history::add(to, &row.opportunity, (what, &row.reason), *trigger, now_ms)
        }
        Change::Touched(row) => row::put(to, row),
        Change::Happened {
            opportunity,
            what,
            why,
            trigger,
        } => history::add(to, opportunity, (what, why), *trigger, now_ms),
        Change::Announced(news) => outbox::tell(to, news, now_ms),
        Change::MarkerOpened { marker, written_ms } => markers::open(to, marker, *written_ms),
        Change::MarkerSettled(marker) => markers::settle(to, marker),
        Change::MarkerSuperseded(marker) => markers::supersede(to, marker, now_ms),
        Change::DuplicateFound {
            opportunity,
            pad,
            link,
            ours,
        } => duplicates::put(to, opportunity, (pad, link, *ours), now_ms),
        Change::DuplicateGone(pad) => duplicates::gone(to, pad, now_ms),
        Change::Posting(id, title) => postings::entitle(to, id.as_str(), title),
        Change::LookedUp(number) => deliveries::looked_up(to, *number),
        Change::AllLookedUp(newest) => deliveries::all_looked_up(to, *newest),
        Change::Followed {
            opportunity,
            pad,
            known,
        } => interviews::put(to, opportunity, pad, known),
        Change::Noted(note, file) => notes::put(to, note, file.as_deref()),
        Change::NoteGone(id) => notes::remove(to, id),
        Change::Sighted(id, sighting) => sightings::put(to, id, sighting),
        Change::HadPad(id) => persons::had_pad(to, id, now_ms),
        Change::PersonRemoved(id) => persons::remove(to, id, now_ms),
        Change::PersonsSeen(ids) => persons::seen(to, ids, now_ms),
        Change::Kept(key, value) => state::put(to, *key, value),
        Change::Dropped(key) => state::remove(to, *key),
    }
}
