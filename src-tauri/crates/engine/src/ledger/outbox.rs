//! What is to be told, until it was.

use rusqlite::{Transaction, params};

use super::{Ledger, LedgerError};
use crate::announcement::{Announcement, News};

impl Ledger {
    /// What was not shown yet, oldest first, with a number above `after`.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn untold(&self, after: i64) -> Result<Vec<Announcement>, LedgerError> {
        let sql = "SELECT number, at_ms, news FROM announcement \
                   WHERE number > ?1 ORDER BY number LIMIT 200";
        let mut query = self.connection.prepare_cached(sql)?;
        let found = query.query_map([after], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, String>(2)?,
            ))
        })?;
        let mut untold = Vec::new();
        for entry in found {
            let (id, at_ms, text) = entry?;
            // News of an older Padwatch that we no longer know has nobody to tell it to.
            if let Ok(news) = serde_json::from_str(&text) {
                untold.push(Announcement { id, at_ms, news });
            }
        }
        Ok(untold)
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
        .execute(params![now_ms, super::writing::json(news)?])?;
    Ok(())
}
