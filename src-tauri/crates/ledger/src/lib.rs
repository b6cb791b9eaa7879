//! The ledger: our SQLite database, the only truth about what we did.
//!
//! An intent must be on the disk before its request leaves, so every commit is synced
//! (`synchronous=FULL`, and `fullfsync` where macOS needs it). Changes come as a slice of
//! [`Change`](padwatch_domain::change::Change)s and are one transaction: all of them, or none. What can't be written waits in a
//! queue that nothing passes. One row that can't be read is quarantined; it doesn't condemn the
//! others.

mod age;
mod aside;
mod beginning;
mod care;
mod deliveries;
mod error;
mod interviews;
mod json;
mod listing;
mod notes;
mod outbox;
mod pending;
mod persons;
mod place;
mod quarantine;
mod rows;
mod schema;
mod sightings;
mod state;
mod writing;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use rusqlite::Connection;

pub use deliveries::{Event, HintBacklog, StoredHint};
pub use error::LedgerError;
pub use place::{Placement, Places};
pub use rows::Due;
pub use state::Stored;

use age::{Age, AgeFile};
use pending::Pending;
use quarantine::Suspects;

/// The open ledger. There is one writer: the owner of this value.
#[derive(Debug)]
pub struct Ledger {
    connection: Connection,
    /// Where its file is; empty in memory.
    path: PathBuf,
    /// Where its files were when they were opened.
    places: Places,
    age: Age,
    age_file: Option<AgeFile>,
    /// Whether the file beside it knows its age.
    is_sealed: bool,
    pending: Pending,
    /// Rows that can't be read and are not quarantined yet.
    suspects: Suspects,
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
    /// One that went back in time: older than what was done last in this folder.
    Older,
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
    pub fn start_over(path: &Path, now_ms: i64) -> Result<(Self, Found), LedgerError> {
        care::start_over(path, now_ms, &schema::plan())
    }

    /// A ledger in memory, for tests and trials.
    ///
    /// # Errors
    /// When SQLite can't be used at all.
    pub fn in_memory() -> Result<Self, LedgerError> {
        let mut connection = Connection::open_in_memory()?;
        care::bring_up_to_date(&mut connection, &schema::plan())?;
        Ok(Self::of(connection, PathBuf::new()))
    }

    /// Makes sure that the file beside the ledger knows how old it is. Nothing that can't be taken
    /// back may be asked of a service before that.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn seal(&mut self) -> Result<(), LedgerError> {
        if self.is_sealed {
            return Ok(());
        }
        if let Some(file) = &self.age_file {
            file.write(&self.age)?;
        }
        self.is_sealed = true;
        Ok(())
    }

    /// Where the files are now that were opened.
    pub fn placement(&self) -> Placement {
        match self.places.now() {
            // A journal alone is gone: what it held is written into the ledger by closing it.
            Placement::Missing if self.path.exists() => Placement::Replaced,
            placement => placement,
        }
    }

    fn of(connection: Connection, path: PathBuf) -> Self {
        Self {
            connection,
            path,
            places: Places::default(),
            age: Age::default(),
            age_file: None,
            is_sealed: true,
            pending: Pending::default(),
            suspects: Suspects::default(),
        }
    }
}
