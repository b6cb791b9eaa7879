//! Announcements, until they were shown.

use rusqlite::{Transaction, params};

use super::database::Ledger;
use super::error::LedgerError;
use super::suspects::Kind;
use padwatch_domain::announcement::{Announcement, News};

/// How many announcements wait at most, and how long, in ms.
const MOST: i64 = 5_000;
const LONGEST_MS: i64 = 30 * 24 * 3_600_000;

impl Ledger {
    /// What was not shown yet, oldest first, with a number above `after`.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn untold(&self, after: i64) -> Result<Vec<Announcement>, LedgerError> {
        let sql = "SELECT number, at_ms, news FROM announcement \
                   WHERE number > ?1 AND NOT EXISTS (SELECT 1 FROM quarantine \
                       WHERE kind = 'announcement' AND id = CAST(number AS TEXT)) \
                   ORDER BY number LIMIT 200";
        let found = self.collect(sql, [after], |row| {
            let id: i64 = row.get(0).ok()?;
            let text: String = row.get(2).unwrap_or_default();
            let news = serde_json::from_str(&text);
            if news.is_err() {
                self.suspect(Kind::Announcement, id.to_string());
            }
            Some(Announcement {
                id,
                at_ms: row.get(1).ok()?,
                news: news.ok()?,
            })
        })?;
        Ok(found.into_iter().flatten().collect())
    }

    /// Notes that an announcement was shown. Its text goes: it names a person.
    ///
    /// # Errors
    /// When the ledger can't be written.
    pub fn shown(&mut self, number: i64) -> Result<(), LedgerError> {
        let sql = "DELETE FROM announcement WHERE number = ?1";
        self.connection.prepare_cached(sql)?.execute([number])?;
        Ok(())
    }
}

pub(super) fn tell(
    transaction: &Transaction<'_>,
    news: &News,
    now_ms: i64,
) -> Result<(), LedgerError> {
    let sql = "INSERT INTO announcement (at_ms, news) VALUES (?1, ?2)";
    transaction
        .prepare_cached(sql)?
        .execute(params![now_ms, serde_json::to_string(news)?])?;
    // With nothing to show them they would pile up, with names. The rows themselves stay.
    let number = transaction.last_insert_rowid();
    let sql = "DELETE FROM announcement WHERE number <= ?1 OR at_ms < ?2";
    transaction.prepare_cached(sql)?.execute(params![
        number.saturating_sub(MOST),
        now_ms.saturating_sub(LONGEST_MS)
    ])?;
    Ok(())
}
