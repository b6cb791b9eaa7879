//! Opening with care: check, set aside, copy, migrate.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::beginning::Found;
use super::database::Ledger;
use super::error::LedgerError;
use super::permissions::only_for_us;
use super::place::Places;
use super::schema::{self, Plan};
use super::{aside, beginning};

/// How long to wait for another program's lock. The engine stands still for that long.
const PATIENCE: Duration = Duration::from_millis(500);
/// How many statements stay compiled: more than there are, so that none is compiled twice.
const STATEMENTS: usize = 128;

impl Ledger {
    /// Opens the ledger at `path`: checks it, sets a damaged one aside, copies it before a
    /// migration, and refuses one that a newer Padwatch has written. `now_ms` names the copies.
    ///
    /// # Errors
    /// [`LedgerError`] when there is no ledger to work with.
    pub fn open(path: &Path, now_ms: i64) -> Result<(Self, Found), LedgerError> {
        open(path, now_ms, &schema::plan())
    }

    /// Sets the ledger at `path` aside although it passes SQLite's own checks, and begins a new
    /// one: something in it can't be read.
    ///
    /// # Errors
    /// [`LedgerError`] when it can't be set aside, or no new one made.
    pub fn start_over(path: &Path, now_ms: i64) -> Result<(Self, Found), LedgerError> {
        start_over(path, now_ms, &schema::plan())
    }

    /// A ledger in memory, for tests and trials.
    ///
    /// # Errors
    /// When SQLite can't be used at all.
    pub fn in_memory() -> Result<Self, LedgerError> {
        let mut connection = Connection::open_in_memory()?;
        bring_up_to_date(&mut connection, &schema::plan())?;
        Ok(Self::of(connection, PathBuf::new()))
    }
}

pub(super) fn open(path: &Path, now_ms: i64, plan: &Plan) -> Result<(Ledger, Found), LedgerError> {
    aside::finish_set_aside(path, now_ms)?;
    match try_open(path, now_ms, plan) {
        Err(LedgerError::Damaged) => start_over(path, now_ms, plan),
        opened => opened,
    }
}

/// Sets the ledger aside in any condition, and begins a new one.
pub(super) fn start_over(
    path: &Path,
    now_ms: i64,
    plan: &Plan,
) -> Result<(Ledger, Found), LedgerError> {
    aside::set_aside(path, now_ms)?;
    try_open(path, now_ms, plan)
}

fn try_open(path: &Path, now_ms: i64, plan: &Plan) -> Result<(Ledger, Found), LedgerError> {
    let mut connection = Connection::open(path)?;
    only_for_us(path)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Otherwise SQLite compiles a statement again whenever a value is bound that might change its
    // plan.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // A damaged ledger keeps its journal: closing would apply and delete it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    check(&connection)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version > plan.newest {
        return Err(LedgerError::Newer);
    }
    if version > 0 && version < plan.newest {
        let copy = aside::copy(&connection, path, version, now_ms)?;
        if let Err(error) = bring_up_to_date(&mut connection, plan) {
            // The next try makes another: this one would be the first of many.
            let _ = fs::remove_file(copy);
            return Err(error);
        }
    } else {
        bring_up_to_date(&mut connection, plan)?;
    }
    forget_words_at_once(&connection)?;
    let mut ledger = Ledger::of(connection, path.to_owned());
    let found = beginning::classify(&mut ledger, path, now_ms)?;
    ledger.quarantine_at_start(now_ms)?;
    let beside = ledger.age_file.as_ref().map(|file| file.path().to_owned());
    for file in files(path).chain(beside).filter(|file| file.exists()) {
        only_for_us(&file)?;
    }
    ledger.places = Places::of(files(path));
    Ok((ledger, found))
}

/// The ledger's files, as long as it is open.
fn files(path: &Path) -> impl Iterator<Item = PathBuf> {
    ["", "-wal", "-shm"].into_iter().map(|ending| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    })
}

pub(super) fn bring_up_to_date(
    connection: &mut Connection,
    plan: &Plan,
) -> Result<(), LedgerError> {
    // The answer of a pragma is a row; what matters is that asking doesn't fail.
    for pragma in [
        "journal_mode = WAL",
        "synchronous = FULL",
        "fullfsync = ON",
        "foreign_keys = ON",
        // What is removed is overwritten at once: nothing has to be taken out of free space later.
        "secure_delete = ON",
    ] {
        connection
            .query_row(&format!("PRAGMA {pragma}"), [], |_| Ok(()))
            .or_else(no_row_is_fine)?;
    }
    connection.set_transaction_behavior(rusqlite::TransactionBehavior::Immediate);
    plan.migrations
        .to_latest(connection)
        .map_err(|error| match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => LedgerError::from(err),
            rusqlite_migration::Error::MigrationDefinition(
                rusqlite_migration::MigrationDefinitionError::DatabaseTooFarAhead,
            ) => LedgerError::Newer,
            _ => LedgerError::Damaged,
        })
}

/// The index of words takes those of removed rows out at once, instead of when its parts are
/// merged.
fn forget_words_at_once(connection: &Connection) -> Result<(), LedgerError> {
    let is_there = "SELECT count(*) FROM sqlite_schema WHERE name = 'opportunity_text_config'";
    let count: i64 = connection.query_row(is_there, [], |row| row.get(0))?;
    if count == 0 {
        return Ok(()); // A schema of a test.
    }
    let is_set = "SELECT count(*) FROM opportunity_text_config WHERE k = 'secure-delete' AND v = 1";
    let count: i64 = connection.query_row(is_set, [], |row| row.get(0))?;
    if count == 0 {
        connection.execute_batch(
            "INSERT INTO opportunity_text (opportunity_text, rank) VALUES ('secure-delete', 1)",
        )?;
    }
    Ok(())
}

fn no_row_is_fine(error: rusqlite::Error) -> Result<(), rusqlite::Error> {
    if error == rusqlite::Error::QueryReturnedNoRows {
        Ok(())
    } else {
        Err(error)
    }
}

/// Damage of the file. That one row breaks a rule of its table is about that row alone.
fn check(connection: &Connection) -> Result<(), LedgerError> {
    let mut query = connection.prepare("PRAGMA quick_check(10000)")?;
    let verdicts = query.query_map([], |row| row.get::<_, String>(0))?;
    for verdict in verdicts {
        let verdict = verdict?;
        if verdict != "ok" && !is_about_a_row(&verdict) {
            tracing::error!(verdict, "the ledger is damaged");
            return Err(LedgerError::Damaged);
        }
    }
    Ok(())
}

fn is_about_a_row(verdict: &str) -> bool {
    verdict.starts_with("CHECK constraint failed in ") || verdict.contains(" value in ")
}
