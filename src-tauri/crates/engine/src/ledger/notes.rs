//! Notes, from their composing until they are on the candidate.

use lever::OpportunityId;
use rusqlite::{OptionalExtension as _, Transaction, named_params};

use super::{Ledger, LedgerError};
use crate::note::{Note, Stage};

impl Ledger {
    /// The note about one candidacy.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn note(&self, id: &OpportunityId) -> Result<Option<Note>, LedgerError> {
        let sql = "SELECT document FROM note WHERE opportunity = ?1";
        let mut query = self.connection.prepare_cached(sql)?;
        let text: Option<String> = query
            .query_row([id.as_str()], |row| row.get(0))
            .optional()?;
        // One that this Padwatch can't read counts as missing.
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
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
        self.notes(
            "due_ms IS NOT NULL AND due_ms <= ?1 ORDER BY due_ms LIMIT 16",
            [now_ms],
        )
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
        self.notes("state = 'sending' OR due_ms IS NOT NULL", [])
    }

    fn notes(
        &self,
        condition: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<Note>, LedgerError> {
        let sql = format!("SELECT document FROM note WHERE {condition}");
        let mut query = self.connection.prepare_cached(&sql)?;
        let texts = query.query_map(values, |row| row.get::<_, String>(0))?;
        let mut notes = Vec::new();
        for text in texts {
            notes.extend(serde_json::from_str::<Note>(&text?).ok());
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
        ":document": super::writing::json(note)?,
        ":file": file,
        ":due": note.due_ms(),
        ":over": matches!(note.stage, Stage::Added { .. }),
    })?;
    Ok(())
}
