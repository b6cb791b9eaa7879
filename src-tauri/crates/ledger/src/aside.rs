//! Files beside the ledger that hold people's data too: damaged ledgers that were set aside, and
//! copies from before a migration. They are made whole or not at all, and all of them go again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::error::LedgerError;

/// How the name of a damaged ledger begins that was set aside, and that of a copy.
const DAMAGED: &str = "ledger-damaged-";
const COPY: &str = "ledger-v";
const ENDING: &str = ".sqlite3";
/// A copy under way, by one name: what a failure leaves is replaced by the next try.
const PART: &str = "ledger-v.sqlite3.part";
/// Journals belong to their database and move with it.
const JOURNALS: [&str; 3] = ["-wal", "-shm", "-journal"];
/// What stays free besides a copy, in bytes: the migration itself needs room.
const MARGIN: u64 = 16 * 1024 * 1024;

/// Moves a damaged ledger out of the way, journal files included, and returns its new name.
pub(super) fn set_aside(path: &Path, now_ms: i64) -> Result<String, LedgerError> {
    let name = free_name(path, now_ms);
    let target = path.with_file_name(&name);
    match fs::rename(path, &target) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(LedgerError::of_file(&error));
        }
        _ => {}
    }
    move_journals(path, &target)?;
    Ok(name)
}

/// Journals without their ledger: a setting aside that was interrupted, or a ledger that was
/// removed. SQLite would delete them, or apply them to another file.
pub(super) fn finish_set_aside(path: &Path, now_ms: i64) -> Result<(), LedgerError> {
    let is_empty = fs::metadata(path).map_or(true, |file| file.len() == 0);
    let has_journal = fs::metadata(with_ending(path, "-wal")).is_ok_and(|file| file.len() > 0);
    if !is_empty || !has_journal {
        return Ok(());
    }
    let name = newest_damaged(path)
        .filter(|name| !with_ending(&path.with_file_name(name), "-wal").exists())
        .unwrap_or_else(|| free_name(path, now_ms));
    move_journals(path, &path.with_file_name(name))
}

/// The newest damaged ledger that was set aside, by name.
pub(super) fn newest_damaged(path: &Path) -> Option<String> {
    let names = entries(path).into_iter().flatten();
    let damaged = names.filter_map(|name| {
        let stamp = stamp(&name).filter(|_| name.starts_with(DAMAGED))?;
        let end = name.find(ENDING)? + ENDING.len();
        Some((stamp, name.get(..end)?.to_owned()))
    });
    damaged.max().map(|(_, name)| name)
}

/// Makes a whole copy before a migration, so that the older Padwatch can continue with it. An
/// earlier copy of the same version goes.
pub(super) fn copy(
    connection: &Connection,
    path: &Path,
    version: i64,
    now_ms: i64,
) -> Result<PathBuf, LedgerError> {
    let part = path.with_file_name(PART);
    remove_part(&part)?;
    make_sure_of_room(connection, path)?;
    let target = path.with_file_name(format!("{COPY}{version}-{now_ms}{ENDING}"));
    let copied = connection
        .execute("VACUUM INTO ?1", [part.to_string_lossy()])
        .map_err(LedgerError::from)
        .and_then(|_| super::permissions::only_for_us(&part))
        .and_then(|()| fs::rename(&part, &target).map_err(|error| LedgerError::of_file(&error)));
    if let Err(error) = copied {
        remove_part(&part)?;
        return Err(error);
    }
    let older = format!("{COPY}{version}-");
    remove(path, |name| {
        name.starts_with(&older) && !target.ends_with(name)
    })
    .map_err(|error| LedgerError::of_file(&error))?;
    Ok(target)
}

/// Deletes all copies and damaged ledgers.
pub(super) fn remove_all(path: &Path) -> io::Result<()> {
    remove(path, |_| true)
}

/// Deletes the copies and damaged ledgers from before `before_ms`, in ms since the epoch.
pub(super) fn remove_older(path: &Path, before_ms: i64) -> io::Result<()> {
    remove(path, |name| {
        stamp(name).is_none_or(|stamp| stamp < before_ms)
    })
}

fn remove(path: &Path, goes: impl Fn(&str) -> bool) -> io::Result<()> {
    let mut outcome = Ok(());
    for name in entries(path)?.into_iter().filter(|name| goes(name)) {
        match fs::remove_file(path.with_file_name(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => outcome = Err(error),
            _ => {}
        }
    }
    outcome
}

/// The names of all copies and damaged ledgers, with their journals.
fn entries(path: &Path) -> io::Result<Vec<String>> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let is_ours = name.starts_with(DAMAGED) || name.starts_with(COPY);
        if is_ours && name.contains(ENDING) {
            names.push(name);
        }
    }
    Ok(names)
}

/// When a file was made, in ms since the epoch, by its name.
fn stamp(name: &str) -> Option<i64> {
    let (head, _) = name.split_once(ENDING)?;
    head.rsplit('-').next()?.parse().ok()
}

/// A name that nothing has: an earlier damaged ledger is never overwritten.
fn free_name(path: &Path, now_ms: i64) -> String {
    let name = |ms: i64| format!("{DAMAGED}{ms}{ENDING}");
    let is_taken = |name: &str| {
        let target = path.with_file_name(name);
        target.exists() || with_ending(&target, "-wal").exists()
    };
    let free = (0..1_000).map(|more| name(now_ms.saturating_add(more)));
    free.into_iter()
        .find(|name| !is_taken(name))
        .unwrap_or_else(|| name(now_ms))
}

fn move_journals(path: &Path, target: &Path) -> Result<(), LedgerError> {
    for ending in JOURNALS {
        match fs::rename(with_ending(path, ending), with_ending(target, ending)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(LedgerError::of_file(&error));
            }
            _ => {}
        }
    }
    Ok(())
}

fn remove_part(part: &Path) -> Result<(), LedgerError> {
    let journal = with_ending(part, "-journal");
    for leftover in [part, &journal] {
        match fs::remove_file(leftover) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(LedgerError::of_file(&error));
            }
            _ => {}
        }
    }
    Ok(())
}

fn make_sure_of_room(connection: &Connection, path: &Path) -> Result<(), LedgerError> {
    let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
    let page: i64 = connection.query_row("PRAGMA page_size", [], |row| row.get(0))?;
    let size = u64::try_from(pages.saturating_mul(page)).unwrap_or_default();
    if fits(size, room(path)) {
        return Ok(());
    }
    Err(LedgerError::Full)
}

/// Returns true if so many bytes fit into the room beside the margin, or the room isn't known.
fn fits(size: u64, room: Option<u64>) -> bool {
    room.is_none_or(|room| room >= size.saturating_add(MARGIN))
}

/// How many bytes fit on the disk of this folder, if that can be told.
#[cfg(unix)]
fn room(path: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(path.parent()?).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(not(unix))]
fn room(_path: &Path) -> Option<u64> {
    None
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_leaves_a_margin_on_the_disk() {
        assert!(fits(10, Some(10 + MARGIN)));
        assert!(!fits(10, Some(9 + MARGIN)));
        assert!(fits(u64::MAX, None));
    }
}
