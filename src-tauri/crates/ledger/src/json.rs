//! Values as the text in which they are stored.

use crate::LedgerError;

pub(super) fn json(value: &impl serde::Serialize) -> Result<String, LedgerError> {
    serde_json::to_string(value).map_err(|error| {
        LedgerError::Other(rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
    })
}
