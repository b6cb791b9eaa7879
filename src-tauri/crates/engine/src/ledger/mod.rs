//! The ledger: our SQLite database, the only truth about what we did.
//!
//! An intent must be on the disk before its request leaves, so every commit is synced
//! (`synchronous=FULL`, and `fullfsync` where macOS needs it). Changes come as a slice of
//! [`Change`]s and are one transaction: all of them, or none.

mod care;
mod change;
mod deliveries;
mod error;
mod interviews;
mod keepsakes;
mod listing;
mod notes;
mod outbox;
mod persons;
mod rows;
mod schema;
mod sightings;
mod writing;

#[cfg(test)]
mod tests;

use std::path::Path;

use rusqlite::Connection;

pub use change::{Change, Keepsake, Trigger};
pub use deliveries::{HintPile, ToldOf};
pub use error::LedgerError;
pub use rows::Due;

/// The open ledger. There is one writer: whoever owns this value.
#[derive(Debug)]
pub struct Ledger {
    connection: Connection,
}

/// What was found when the ledger was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A ledger that can be used.
    Usable,
    /// None: this is the first start in this folder.
    Nothing,
    /// A damaged one, which was set aside under this name.
    Damaged {
        /// The file's new name.
        set_aside: String,
    },
}

impl Ledger {
    /// Opens the ledger at `path`: checks it, sets a damaged one aside, copies it before a
    /// migration, and refuses one that a newer Padwatch has written. `now_ms` names the copies.
    ///
    /// # Errors
    /// [`LedgerError`] when there is no ledger to work with.
    pub fn open(path: &Path, now_ms: i64) -> Result<(Self, Found), LedgerError> {
        care::open(path, now_ms, &schema::plan())
    }

    /// Sets the ledger at `path` aside although it passes SQLite's own checks, and begins a new
    /// one: something in it can't be read.
    ///
    /// # Errors
    /// [`LedgerError`] when it can't be set aside, or no new one made.
    pub fn begin_anew(path: &Path, now_ms: i64) -> Result<(Self, Found), LedgerError> {
        care::begin_anew(path, now_ms, &schema::plan())
    }

    /// A ledger in memory, for tests and trials.
    ///
    /// # Errors
    /// When SQLite can't be used at all.
    pub fn in_memory() -> Result<Self, LedgerError> {
        let mut connection = Connection::open_in_memory()?;
        care::bring_up_to_date(&mut connection, &schema::plan())?;
        Ok(Self { connection })
    }
}
