//! What is kept besides the candidacies.

use rusqlite::{OptionalExtension as _, Transaction};
use serde::de::DeserializeOwned;

use super::database::{Ledger, run};
use super::error::LedgerError;
use padwatch_domain::change::StateKey;

/// A keepsake on which it depends whether pads are created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored<T> {
    /// There is none.
    Missing,
    /// This is it.
    Read(T),
    /// There is one that this Padwatch can't read.
    Unreadable,
}

impl<T> Stored<T> {
    /// The value; `otherwise` when it can't be read.
    pub fn or_when_unreadable(self, otherwise: T) -> Option<T> {
        match self {
            Self::Missing => None,
            Self::Read(value) => Some(value),
            Self::Unreadable => Some(otherwise),
        }
    }

    /// Returns true if there is one that can't be read.
    pub fn is_unreadable(&self) -> bool {
        matches!(self, Self::Unreadable)
    }
}

impl Ledger {
    /// Reads a keepsake that nothing bad follows from when it is missing. One that this Padwatch
    /// can't read counts as missing.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn load<T: DeserializeOwned>(&self, key: StateKey) -> Result<Option<T>, LedgerError> {
        Ok(match self.stored(key)? {
            Stored::Read(value) => Some(value),
            Stored::Missing | Stored::Unreadable => None,
        })
    }

    /// Reads a keepsake on which it depends whether pads are created: what can't be read must not
    /// look like what is missing.
    pub fn stored<T: DeserializeOwned>(&self, key: StateKey) -> Result<Stored<T>, LedgerError> {
        Ok(match self.stored_text(key)? {
            Stored::Missing => Stored::Missing,
            Stored::Unreadable => Stored::Unreadable,
            Stored::Read(text) => match serde_json::from_str(&text) {
                Ok(value) => Stored::Read(value),
                Err(_) => Stored::Unreadable,
            },
        })
    }

    pub fn stored_text(&self, key: StateKey) -> Result<Stored<String>, LedgerError> {
        let sql = "SELECT value FROM keepsake WHERE name = ?1";
        let mut query = self.connection.prepare_cached(sql)?;
        let text = query.query_row([key.name()], |row| row.get(0));
        match text.optional() {
            Ok(Some(text)) => Ok(Stored::Read(text)),
            Ok(None) => Ok(Stored::Missing),
            Err(error) => match LedgerError::from(error) {
                LedgerError::Unreadable => Ok(Stored::Unreadable),
                other => Err(other),
            },
        }
    }
}

pub(super) fn put(
    transaction: &Transaction<'_>,
    key: StateKey,
    value: &str,
) -> Result<(), LedgerError> {
    let sql = "INSERT INTO keepsake VALUES (?1, ?2) \
               ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    run(transaction, sql, [key.name(), value])
}

pub(super) fn remove(transaction: &Transaction<'_>, key: StateKey) -> Result<(), LedgerError> {
    run(
        transaction,
        "DELETE FROM keepsake WHERE name = ?1",
        [key.name()],
    )
}
