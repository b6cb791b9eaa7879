//! Rows that can't be read: a state of a newer Padwatch, or a value that something else has
//! spoiled. Each is named, served no more, and left as it is; everything else continues.

use rusqlite::{Transaction, params};

use super::database::Ledger;
use super::error::LedgerError;
use super::row::{self, COLUMNS};
use super::suspects::Kind;
use padwatch_domain::announcement::News;
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::lifecycle::Lifecycle;

impl Ledger {
    /// Quarantines what was found while reading since the last time. Returns true if there is
    /// something new.
    ///
    /// # Errors
    /// When the ledger can't be written; then it is found again.
    pub fn quarantine_found(&mut self, now_ms: i64) -> Result<bool, LedgerError> {
        let found = self.suspects.take();
        if found.is_empty() {
            return Ok(false);
        }
        let transaction = self.connection.transaction()?;
        let mut is_new = false;
        for (kind, id) in found {
            is_new |= isolate(&transaction, kind, &id, now_ms)?;
        }
        transaction.commit()?;
        Ok(is_new)
    }

    /// How many rows are quarantined.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn quarantined(&self) -> Result<u32, LedgerError> {
        let sql = "SELECT count(*) FROM quarantine";
        let mut query = self.connection.prepare_cached(sql)?;
        let count: i64 = query.query_row([], |row| row.get(0))?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// At a start: what can be read again continues, and what is open and can't be read is found
    /// before anything is done for it.
    pub(super) fn quarantine_at_start(&mut self, now_ms: i64) -> Result<(), LedgerError> {
        self.release_readable()?;
        let open = self.rows(
            "section IN ('needsYou', 'toSend', 'waiting', 'upcoming')",
            [],
        )?;
        tracing::debug!(open = open.len(), "open candidacies were read");
        self.quarantine_found(now_ms)?;
        Ok(())
    }

    /// A newer Padwatch may read what an older one could not.
    fn release_readable(&mut self) -> Result<(), LedgerError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM opportunity
             WHERE id IN (SELECT id FROM quarantine WHERE kind = 'candidacy')"
        );
        let readable = self.collect(&sql, [], row::read)?;
        let readable: Vec<Candidacy> = readable
            .into_iter()
            .flatten()
            .filter(|row| row.life != Lifecycle::Unreadable)
            .collect();
        let transaction = self.connection.transaction()?;
        for readable in &readable {
            row::put(&transaction, readable)?;
        }
        // Of the others it shows again when they are read.
        transaction.execute("DELETE FROM quarantine WHERE kind <> 'candidacy'", [])?;
        Ok(transaction.commit()?)
    }
}

/// Takes a row out of all work, and announces once that it can't be read.
fn isolate(
    transaction: &Transaction<'_>,
    kind: Kind,
    id: &str,
    now_ms: i64,
) -> Result<bool, LedgerError> {
    if kind == Kind::Candidacy && is_readable(transaction, id)? {
        return Ok(false);
    }
    let sql = "INSERT OR IGNORE INTO quarantine VALUES (?1, ?2, ?3)";
    let new = transaction.execute(sql, params![kind.name(), id, now_ms])?;
    if new == 0 {
        return Ok(false);
    }
    tracing::error!(
        kind = kind.name(),
        id,
        "a row can't be read and is quarantined"
    );
    match kind {
        Kind::Candidacy => {
            let sql = "UPDATE opportunity SET quarantined_ms = ?2 WHERE id = ?1";
            transaction.execute(sql, params![id, now_ms])?;
            tell(transaction, id, now_ms)?;
        }
        Kind::Note => {
            let sql = "UPDATE note SET due_ms = NULL WHERE opportunity = ?1";
            transaction.execute(sql, [id])?;
        }
        Kind::Interview | Kind::Duplicate | Kind::Announcement | Kind::Hint => {}
    }
    Ok(true)
}

/// Returns true if a candidacy was written again since it was found to be unreadable.
fn is_readable(transaction: &Transaction<'_>, id: &str) -> Result<bool, LedgerError> {
    let row = candidacy(transaction, id)?;
    Ok(row.is_some_and(|row| row.life != Lifecycle::Unreadable))
}

fn candidacy(transaction: &Transaction<'_>, id: &str) -> Result<Option<Candidacy>, LedgerError> {
    let sql = format!("SELECT {COLUMNS} FROM opportunity WHERE id = ?1");
    let mut query = transaction.prepare_cached(&sql)?;
    let mut found = query.query([id])?;
    Ok(found.next()?.and_then(row::read))
}

fn tell(transaction: &Transaction<'_>, id: &str, now_ms: i64) -> Result<(), LedgerError> {
    let Some(row) = candidacy(transaction, id)? else {
        return Ok(());
    };
    let news = News::Asks {
        who: row.who(),
        question: row.reason,
    };
    super::outbox::tell(transaction, &news, now_ms)
}
