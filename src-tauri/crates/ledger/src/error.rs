//! Why the ledger can't be used.

use std::io::ErrorKind;

use rusqlite::ErrorCode;

/// Why the ledger can't be used.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// It was written by a newer Padwatch, whose meaning we don't know.
    #[error("the ledger was written by a newer Padwatch")]
    Newer,
    /// It is damaged: set it aside and start afresh.
    #[error("the ledger is damaged")]
    Damaged,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The file or folder can't be written.
    #[error("the ledger can't be written")]
    ReadOnly,
    /// Another program holds it.
    #[error("another program holds the ledger")]
    Busy,
    /// A change contradicts what is there, such as one pad for two candidacies. Writing it again
    /// helps no one.
    #[error("the change contradicts the ledger")]
    Conflict,
    /// One value in it can't be read. The rest can.
    #[error("a value in the ledger can't be read")]
    Unreadable,
    /// Anything else that SQLite says.
    #[error("the ledger can't be used: {0}")]
    Other(rusqlite::Error),
    /// A copy before a migration could not be made.
    #[error("the ledger can't be copied before it is brought up to date: {0}")]
    NoCopy(std::io::Error),
}

impl LedgerError {
    /// What an error about a file beside the ledger means.
    pub(super) fn of_file(error: &std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::ReadOnly,
        }
    }
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged,
            // SQLite is content with it, and we can't read it: that is about one value.
            None if matches!(
                error,
                rusqlite::Error::InvalidColumnType(..)
                    | rusqlite::Error::FromSqlConversionFailure(..)
                    | rusqlite::Error::IntegralValueOutOfRange(..)
                    | rusqlite::Error::Utf8Error(..)
            ) =>
            {
                Self::Unreadable
            }
            Some(ErrorCode::ConstraintViolation) => Self::Conflict,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::ReadOnly
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Other(error),
        }
    }
}

impl From<serde_json::Error> for LedgerError {
    fn from(error: serde_json::Error) -> Self {
        Self::Other(rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
    }
}
