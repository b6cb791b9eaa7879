//! How candidates were last seen.

use lever::OpportunityId;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::database::{Ledger, run};
use super::error::LedgerError;
use padwatch_domain::sighting::Sighting;

impl Ledger {
    /// How a candidate was last seen. One that this Padwatch can't read counts as none.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn sighting(&self, id: &OpportunityId) -> Result<Option<Sighting>, LedgerError> {
        let sql = "SELECT document FROM sighting WHERE opportunity = ?1";
        let mut query = self.connection.prepare_cached(sql)?;
        let text: Option<String> = query
            .query_row([id.as_str()], |row| row.get(0))
            .optional()?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }
}

/// Writes it, if the candidacy is known.
pub(super) fn put(
    transaction: &Transaction<'_>,
    id: &OpportunityId,
    sighting: &Sighting,
) -> Result<(), LedgerError> {
    let sql = "INSERT INTO sighting SELECT id, ?2 FROM opportunity WHERE id = ?1 \
               ON CONFLICT (opportunity) DO UPDATE SET document = excluded.document";
    run(
        transaction,
        sql,
        params![id.as_str(), serde_json::to_string(sighting)?],
    )
}
