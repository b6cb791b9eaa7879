//! Whose data is stored, and removing it.

use lever::OpportunityId;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::aside;
use super::database::Ledger;
use super::error::LedgerError;
use super::state::Stored;
use padwatch_domain::change::StateKey;

/// What is owed after a removal whose data was overwritten: the journal, and the copies.
const OVERWRITTEN: &str = "\"overwritten\"";

impl Ledger {
    /// Candidacies of which it was last known before `before_ms`, in ms since the epoch, that the
    /// person is still there under their name; the longest ago first.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn persons_to_check(
        &self,
        before_ms: i64,
        most: u32,
    ) -> Result<Vec<OpportunityId>, LedgerError> {
        self.ids(
            "coalesce(person_ms, queued_ms) < ?1 ORDER BY coalesce(person_ms, queued_ms) LIMIT ?2",
            params![before_ms, most],
        )
    }

    /// Candidacies that are over, or were set aside, and in which nothing happened since then, in
    /// ms since the epoch.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn long_over(&self, before_ms: i64, most: u32) -> Result<Vec<OpportunityId>, LedgerError> {
        self.ids(
            "since_ms < ?1 AND coalesce(left_ms, since_ms) < ?1
               AND (left_ms IS NOT NULL OR state IN ('finished', 'deleted', 'skipped'))
               AND state NOT IN ('intent', 'uncertain')
             ORDER BY since_ms LIMIT ?2",
            params![before_ms, most],
        )
    }

    /// Returns true if this candidacy is known to have had a pad, although nothing else is known of
    /// it: it had to be removed, or was in a ledger that is lost.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn was_removed(&self, id: &OpportunityId) -> Result<bool, LedgerError> {
        let sql = "SELECT 1 FROM removed WHERE opportunity = ?1";
        let mut query = self.connection.prepare_cached(sql)?;
        let found: Option<i64> = query
            .query_row([id.as_str()], |row| row.get(0))
            .optional()?;
        Ok(found.is_some())
    }

    /// Returns true if removed data may still stand somewhere.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn owes_wipe(&self) -> Result<bool, LedgerError> {
        Ok(self.stored_text(StateKey::WipeOwed)? != Stored::Missing)
    }

    /// Empties the journal of what was removed, and deletes the copies and set-aside ledgers, which
    /// name the same people. What an earlier version removed, and what goes with everything else,
    /// may still stand in free space: that takes long with a large ledger.
    ///
    /// # Errors
    /// When the ledger can't be written or a file not deleted; then it is still owed.
    pub fn wipe(&mut self) -> Result<(), LedgerError> {
        let is_overwritten = matches!(
            self.stored_text(StateKey::WipeOwed)?,
            Stored::Read(how) if how == OVERWRITTEN
        );
        if !is_overwritten {
            // The index keeps the words of removed rows until its parts are merged.
            self.connection.execute_batch(
                "INSERT INTO opportunity_text (opportunity_text) VALUES ('optimize'); VACUUM;",
            )?;
        }
        self.connection
            .execute_batch("PRAGMA wal_checkpoint(TRUNCATE);")?;
        if !self.path.as_os_str().is_empty() {
            aside::remove_all(&self.path).map_err(|error| LedgerError::of_file(&error))?;
        }
        let sql = "DELETE FROM keepsake WHERE name = ?1";
        self.connection.execute(sql, [StateKey::WipeOwed.name()])?;
        Ok(())
    }

    /// Deletes copies and set-aside ledgers from before `before_ms`, in ms since the epoch.
    ///
    /// # Errors
    /// When one can't be deleted.
    pub fn remove_old_copies(&self, before_ms: i64) -> Result<(), LedgerError> {
        if self.path.as_os_str().is_empty() {
            return Ok(());
        }
        aside::remove_older(&self.path, before_ms).map_err(|error| LedgerError::of_file(&error))
    }

    fn ids(
        &self,
        condition: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<OpportunityId>, LedgerError> {
        let sql = format!("SELECT id FROM opportunity WHERE {condition}");
        let ids = self.collect(&sql, values, |row| row.get::<_, String>(0).ok())?;
        Ok(ids.into_iter().flatten().map(OpportunityId::new).collect())
    }
}

/// Removes everything about one candidacy. If it had a pad, or may have one, its id stays alone,
/// so that no second pad is made should it come again.
pub(super) fn remove(
    transaction: &Transaction<'_>,
    id: &OpportunityId,
    now_ms: i64,
) -> Result<(), LedgerError> {
    let keep = "INSERT OR IGNORE INTO removed SELECT id, ?2 FROM opportunity WHERE id = ?1
        AND (pad_id IS NOT NULL OR state IN ('intent', 'uncertain')
            OR EXISTS (SELECT 1 FROM quarantine WHERE kind = 'candidacy' AND quarantine.id = ?1))";
    transaction.execute(keep, params![id.as_str(), now_ms])?;
    transaction.execute(
        "INSERT OR IGNORE INTO keepsake VALUES (?1, ?2)",
        [StateKey::WipeOwed.name(), OVERWRITTEN],
    )?;
    for sql in [
        "DELETE FROM announcement
         WHERE iif(json_valid(news), json_extract(news, '$.who.opportunity') = ?1, 1)",
        "DELETE FROM quarantine WHERE id = ?1",
        // What hangs on it goes with it.
        "DELETE FROM opportunity WHERE id = ?1",
    ] {
        transaction.execute(sql, [id.as_str()])?;
    }
    Ok(())
}

/// Remembers only the id of a candidate who has a pad, so that no second one is created without
/// asking if they return.
pub(super) fn had_pad(
    transaction: &Transaction<'_>,
    id: &OpportunityId,
    now_ms: i64,
) -> Result<(), LedgerError> {
    let sql = "INSERT OR IGNORE INTO removed VALUES (?1, ?2)";
    let mut insert = transaction.prepare_cached(sql)?;
    insert.execute(params![id.as_str(), now_ms])?;
    Ok(())
}

pub(super) fn seen(
    transaction: &Transaction<'_>,
    ids: &[OpportunityId],
    now_ms: i64,
) -> Result<(), LedgerError> {
    let sql = "UPDATE opportunity SET person_ms = ?2 WHERE id = ?1";
    let mut update = transaction.prepare_cached(sql)?;
    for id in ids {
        update.execute(params![id.as_str(), now_ms])?;
    }
    Ok(())
}
