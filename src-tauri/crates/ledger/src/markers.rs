//! Attempts to create a pad, by their markers.

use lever::OpportunityId;
use rusqlite::{Transaction, params};

use super::database::{Ledger, run};
use super::error::LedgerError;
use padwatch_domain::marker::Marker;

impl Ledger {
    /// Returns true if an unclear attempt for this candidacy was followed by another one before,
    /// on the user's request or Padwatch's own.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn was_repeated(&self, id: &OpportunityId) -> Result<bool, LedgerError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM marker \
                   WHERE opportunity = ?1 AND superseded_ms IS NOT NULL)";
        let mut query = self.connection.prepare_cached(sql)?;
        Ok(query.query_row([id.as_str()], |row| row.get(0))?)
    }

    /// Attempts whose pad is not known and may still turn up, begun since then.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn loose_markers(&self, since_ms: i64) -> Result<Vec<(Marker, i64)>, LedgerError> {
        let sql = "SELECT marker, written_ms FROM marker \
                   WHERE outcome = 'superseded' AND written_ms >= ?1 ORDER BY written_ms";
        let found = self.collect(sql, [since_ms], |row| {
            let text = row.get::<_, String>(0).ok()?;
            Some((Marker::parse(&text)?, row.get::<_, i64>(1).ok()?))
        })?;
        Ok(found.into_iter().flatten().collect())
    }
}

pub(super) fn open(
    transaction: &Transaction<'_>,
    marker: &Marker,
    written_ms: i64,
) -> Result<(), LedgerError> {
    let sql = "INSERT INTO marker (marker, opportunity, written_ms, outcome) \
               VALUES (?1, ?2, ?3, 'open')";
    let opportunity = marker.opportunity.as_str();
    run(
        transaction,
        sql,
        params![marker.to_string(), opportunity, written_ms],
    )
}

pub(super) fn settle(transaction: &Transaction<'_>, marker: &Marker) -> Result<(), LedgerError> {
    let sql = "UPDATE marker SET outcome = 'settled' WHERE marker = ?1";
    run(transaction, sql, [marker.to_string()])
}

pub(super) fn supersede(
    transaction: &Transaction<'_>,
    marker: &Marker,
    now_ms: i64,
) -> Result<(), LedgerError> {
    let sql = "UPDATE marker SET outcome = 'superseded', superseded_ms = ?2 WHERE marker = ?1";
    run(transaction, sql, params![marker.to_string(), now_ms])
}
