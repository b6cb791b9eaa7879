//! Opening with care: check, set aside, copy, migrate.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::schema::Plan;
use super::{Found, Ledger, LedgerError};

/// How long to wait for somebody else's lock. The engine stands still for that long.
const PATIENCE: Duration = Duration::from_millis(500);
/// How many statements stay compiled: more than there are, so that none is compiled twice.
const STATEMENTS: usize = 128;
/// How the name of a damaged ledger begins that was set aside, and that of a copy.
const DAMAGED: &str = "ledger-damaged-";
const COPY: &str = "ledger-v";

pub(super) fn open(path: &Path, now_ms: i64, plan: &Plan) -> Result<(Ledger, Found), LedgerError> {
    let was_there = path.exists();
    match try_open(path, now_ms, plan) {
        Ok(ledger) if was_there => Ok((ledger, Found::Usable)),
        Ok(ledger) => Ok((ledger, Found::Nothing)),
        Err(LedgerError::Damaged) => begin_anew(path, now_ms, plan),
        Err(other) => Err(other),
    }
}

/// Sets the ledger aside, whatever it looks like, and begins a new one.
pub(super) fn begin_anew(
    path: &Path,
    now_ms: i64,
    plan: &Plan,
) -> Result<(Ledger, Found), LedgerError> {
    let set_aside = set_aside(path, now_ms)?;
    let ledger = try_open(path, now_ms, plan)?;
    Ok((ledger, Found::Damaged { set_aside }))
}

fn try_open(path: &Path, now_ms: i64, plan: &Plan) -> Result<Ledger, LedgerError> {
    let mut connection = Connection::open(path)?;
    only_for_us(path)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Else SQLite compiles a statement anew whenever a value is bound that might change its plan.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    check(&connection)?;
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version > plan.newest {
        return Err(LedgerError::Newer);
    }
    if version > 0 && version < plan.newest {
        copy(&connection, path, version, now_ms)?;
    }
    bring_up_to_date(&mut connection, plan)?;
    Ok(Ledger { connection })
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

fn no_row_is_fine(error: rusqlite::Error) -> Result<(), rusqlite::Error> {
    if error == rusqlite::Error::QueryReturnedNoRows {
        Ok(())
    } else {
        Err(error)
    }
}

fn check(connection: &Connection) -> Result<(), LedgerError> {
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" {
        Ok(())
    } else {
        Err(LedgerError::Damaged)
    }
}

/// Moves a damaged ledger out of the way, journal files included: they belong to it.
fn set_aside(path: &Path, now_ms: i64) -> Result<String, LedgerError> {
    let name = format!("{DAMAGED}{now_ms}.sqlite3");
    let target = path.with_file_name(&name);
    fs::rename(path, &target).map_err(|_| LedgerError::ReadOnly)?;
    for suffix in ["-wal", "-shm"] {
        match fs::rename(beside(path, suffix), beside(&target, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(LedgerError::ReadOnly);
            }
            _ => {}
        }
    }
    Ok(name)
}

/// Deletes the copies and the damaged ledgers that were set aside: they name people too.
pub(super) fn remove_set_aside(path: &Path) -> io::Result<()> {
    let Some(folder) = path.parent() else {
        return Ok(());
    };
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_ours = name.starts_with(DAMAGED) || name.starts_with(COPY);
        if is_ours && name.contains(".sqlite3") {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// A whole copy before a migration, so that the older Padwatch can go on with it.
fn copy(
    connection: &Connection,
    path: &Path,
    version: i64,
    now_ms: i64,
) -> Result<(), LedgerError> {
    let target = path.with_file_name(format!("{COPY}{version}-{now_ms}.sqlite3"));
    connection.execute("VACUUM INTO ?1", [target.to_string_lossy()])?;
    only_for_us(&target)
}

#[cfg(unix)]
fn only_for_us(path: &Path) -> Result<(), LedgerError> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).map_err(LedgerError::NoCopy)
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "on Unix it can fail")]
fn only_for_us(_path: &Path) -> Result<(), LedgerError> {
    Ok(()) // The profile folder lies in the user's own data folder, which others can't read.
}
