//! Opening with care: check, set aside, copy, migrate.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use super::{Found, Ledger, LedgerError, schema};

/// How long to wait for somebody else's lock. The engine stands still for that long.
const PATIENCE: Duration = Duration::from_millis(500);

pub(super) fn open(path: &Path, now_ms: i64) -> Result<(Ledger, Found), LedgerError> {
    let was_there = path.exists();
    match try_open(path, now_ms) {
        Ok(ledger) => {
            let found = if was_there {
                Found::Usable
            } else {
                Found::Nothing
            };
            Ok((ledger, found))
        }
        Err(LedgerError::Damaged) => {
            let set_aside = set_aside(path, now_ms)?;
            Ok((try_open(path, now_ms)?, Found::Damaged { set_aside }))
        }
        Err(other) => Err(other),
    }
}

fn try_open(path: &Path, now_ms: i64) -> Result<Ledger, LedgerError> {
    let mut connection = Connection::open(path)?;
    only_for_us(path)?;
    connection.busy_timeout(PATIENCE)?;
    check(&connection)?;
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version > schema::NEWEST {
        return Err(LedgerError::Newer);
    }
    if version > 0 && version < schema::NEWEST {
        copy(&connection, path, version, now_ms)?;
    }
    bring_up_to_date(&mut connection)?;
    Ok(Ledger { connection })
}

pub(super) fn bring_up_to_date(connection: &mut Connection) -> Result<(), LedgerError> {
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
    schema::migrations()
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
    let name = format!("ledger-damaged-{now_ms}.sqlite3");
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
    let target = path.with_file_name(format!("ledger-v{version}-{now_ms}.sqlite3"));
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
