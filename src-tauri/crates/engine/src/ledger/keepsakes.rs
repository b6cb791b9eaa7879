//! What is kept besides the candidacies.

use rusqlite::OptionalExtension as _;
use serde::de::DeserializeOwned;

use super::{Keepsake, Ledger, LedgerError};

impl Ledger {
    /// Reads a keepsake. One that this Padwatch can't read counts as missing.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn kept<T: DeserializeOwned>(&self, keepsake: Keepsake) -> Result<Option<T>, LedgerError> {
        let sql = "SELECT value FROM keepsake WHERE name = ?1";
        let mut query = self.connection.prepare_cached(sql)?;
        let text: Option<String> = query
            .query_row([keepsake.name()], |row| row.get(0))
            .optional()?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }
}
