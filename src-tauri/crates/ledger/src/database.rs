//! The open database, and what all reading and writing of it shares.

use std::path::PathBuf;

use rusqlite::{Connection, Row as SqlRow, Transaction};

use super::age::{Age, AgeFile};
use super::error::LedgerError;
use super::pending::Pending;
use super::place::{Placement, Places};
use super::suspects::{Kind, Suspects};

/// The open ledger. There is one writer: the owner of this value.
#[derive(Debug)]
pub struct Ledger {
    pub(super) connection: Connection,
    /// Where its file is; empty in memory.
    pub(super) path: PathBuf,
    /// Where its files were when they were opened.
    pub(super) places: Places,
    pub(super) age: Age,
    pub(super) age_file: Option<AgeFile>,
    /// Whether the file beside it knows its age.
    pub(super) is_sealed: bool,
    pub(super) pending: Pending,
    /// Rows that can't be read and are not quarantined yet.
    pub(super) suspects: Suspects,
}

impl Ledger {
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

    pub(super) fn of(connection: Connection, path: PathBuf) -> Self {
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

    pub(super) fn suspect(&self, kind: Kind, id: impl Into<String>) {
        self.suspects.add(kind, id.into());
    }

    /// All rows of a query, as far as each can be read.
    pub(super) fn collect<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl Fn(&SqlRow<'_>) -> T,
    ) -> Result<Vec<T>, LedgerError> {
        let mut query = self.connection.prepare_cached(sql)?;
        let mut rows = query.query(values)?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(read(row));
        }
        Ok(all)
    }
}

pub(super) fn run(
    transaction: &Transaction<'_>,
    sql: &str,
    values: impl rusqlite::Params,
) -> Result<(), LedgerError> {
    transaction.prepare_cached(sql)?.execute(values)?;
    Ok(())
}
