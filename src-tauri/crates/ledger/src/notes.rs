//! Notes, from their composing until they are on the candidate.

use lever::OpportunityId;
use rusqlite::{OptionalExtension as _, Transaction, named_params};

use super::database::{Ledger, run};
use super::error::LedgerError;
use super::suspects::Kind;
use padwatch_domain::change::Change;
use padwatch_domain::note::{Note, Stage};

impl Ledger {
    /// The note about one candidacy, as it will be once everything is written that waits.
    ///
    /// # Errors
    /// When the ledger can't be read; [`LedgerError::Unreadable`] when this note can't: it may have
    /// been sent.
    pub fn note(&self, id: &OpportunityId) -> Result<Option<Note>, LedgerError> {
        let waiting = self.pending.newest(|change| match change {
            Change::Noted(note, _) if note.opportunity == *id => Some(Some(note.as_ref())),
            Change::NoteGone(gone) if gone == id => Some(None),
            _ => None,
        });
        if let Some(note) = waiting {
            return Ok(note.cloned());
        }
        let mut found = self.notes("opportunity = ?1", [id.as_str()])?;
        found.pop().map_or(Ok(None), |note| match note {
            Ok(note) => Ok(Some(note)),
            Err(_) => Err(LedgerError::Unreadable),
        })
    }

    /// The text of the file that goes with a note.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn note_file(&self, id: &OpportunityId) -> Result<Option<String>, LedgerError> {
        let sql = "SELECT file FROM note WHERE opportunity = ?1";
        let mut query = self.connection.prepare_cached(sql)?;
        let file = query
            .query_row([id.as_str()], |row| row.get(0))
            .optional()?;
        Ok(file.flatten())
    }

    /// The notes for which there is something to do by now, the longest due first.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn due_notes(&self, now_ms: i64) -> Result<Vec<Note>, LedgerError> {
        let due = "due_ms IS NOT NULL AND due_ms <= ?1 ORDER BY due_ms LIMIT 16";
        Ok(self.notes(due, [now_ms])?.into_iter().flatten().collect())
    }

    /// When the next note comes due, in ms since the epoch.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn next_note_ms(&self) -> Result<Option<i64>, LedgerError> {
        let sql = "SELECT min(due_ms) FROM note WHERE due_ms IS NOT NULL";
        let mut query = self.connection.prepare_cached(sql)?;
        Ok(query.query_row([], |row| row.get(0))?)
    }

    /// The notes that were being sent, or looked for, when the program ended.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn unsettled_notes(&self) -> Result<Vec<Note>, LedgerError> {
        let unsettled = "state = 'sending' OR due_ms IS NOT NULL";
        Ok(self.notes(unsettled, [])?.into_iter().flatten().collect())
    }

    /// The notes that fit; of one that can't be read, whose it is.
    fn notes(
        &self,
        condition: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<Result<Note, String>>, LedgerError> {
        let sql = format!("SELECT opportunity, document FROM note WHERE {condition}");
        let notes = self.collect(&sql, values, |row| {
            let opportunity: String = row.get(0).unwrap_or_default();
            let text: String = row.get(1).unwrap_or_default();
            serde_json::from_str::<Note>(&text).map_err(|_| opportunity)
        })?;
        for opportunity in notes.iter().filter_map(|note| note.as_ref().err()) {
            self.suspect(Kind::Note, opportunity);
        }
        Ok(notes)
    }
}

/// Writes a note. `file` replaces its file; without one the old file stays, until the note is on
/// the candidate.
pub(super) fn put(
    transaction: &Transaction<'_>,
    note: &Note,
    file: Option<&str>,
) -> Result<(), LedgerError> {
    let sql = "INSERT INTO note SELECT :id, :state, :document, :file, :due
        WHERE EXISTS (SELECT 1 FROM opportunity WHERE id = :id)
        ON CONFLICT (opportunity) DO UPDATE SET state = excluded.state,
            document = excluded.document, due_ms = excluded.due_ms,
            file = CASE WHEN :over THEN NULL ELSE coalesce(excluded.file, note.file) END";
    transaction.prepare_cached(sql)?.execute(named_params! {
        ":id": note.opportunity.as_str(),
        ":state": note.stage.name(),
        ":document": serde_json::to_string(note)?,
        ":file": file,
        ":due": note.due_ms(),
        ":over": matches!(note.stage, Stage::Added { .. }),
    })?;
    Ok(())
}

pub(super) fn remove(transaction: &Transaction<'_>, id: &OpportunityId) -> Result<(), LedgerError> {
    let sql = "DELETE FROM note WHERE opportunity = ?1";
    run(transaction, sql, [id.as_str()])
}
