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

/// How many bytes fit on the disk of this folder, if that can be told: on Unix.
fn room(path: &Path) -> Option<u64> {
    #[cfg(unix)]
    {
        let disk = rustix::fs::statvfs(path.parent()?).ok()?;
        Some(disk.f_bavail.saturating_mul(disk.f_frsize))
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
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

    /// A folder, and the place of a ledger in it.
    fn place() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.sqlite3");
        (folder, path)
    }

    fn names(folder: &tempfile::TempDir) -> Vec<String> {
        let entries = fs::read_dir(folder.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn a_ledger_that_is_gone_is_set_aside_by_its_journals() {
        let (folder, path) = place();
        fs::write(with_ending(&path, "-wal"), "journal").unwrap();
        assert_eq!(set_aside(&path, 7).unwrap(), "ledger-damaged-7.sqlite3");
        assert_eq!(names(&folder), ["ledger-damaged-7.sqlite3-wal"]);
    }

    #[test]
    fn a_name_is_taken_by_a_ledger_or_by_its_journal() {
        let (folder, path) = place();
        fs::write(folder.path().join("ledger-damaged-7.sqlite3"), "").unwrap();
        fs::write(folder.path().join("ledger-damaged-8.sqlite3-wal"), "").unwrap();
        assert_eq!(free_name(&path, 7), "ledger-damaged-9.sqlite3");
        assert_eq!(free_name(&path, 5), "ledger-damaged-5.sqlite3");
    }

    #[test]
    fn a_ledger_that_cannot_be_moved_is_not_called_set_aside() {
        let (folder, path) = place();
        fs::write(&path, "damaged").unwrap();
        for ms in 0..1_000 {
            fs::create_dir(folder.path().join(format!("{DAMAGED}{ms}{ENDING}"))).unwrap();
        }
        let refused = set_aside(&path, 0);
        assert!(matches!(refused, Err(LedgerError::ReadOnly)), "{refused:?}");
        assert_eq!(fs::read(&path).unwrap(), b"damaged");
    }

    #[test]
    fn a_journal_that_cannot_be_moved_is_told() {
        let (folder, path) = place();
        let target = folder.path().join("damaged");
        move_journals(&path, &target).unwrap();
        fs::write(with_ending(&path, "-shm"), "").unwrap();
        fs::create_dir(with_ending(&target, "-shm")).unwrap();
        assert!(move_journals(&path, &target).is_err());
    }

    #[test]
    fn what_is_left_of_a_copy_goes_or_the_copy_is_not_made() {
        let (folder, _) = place();
        let part = folder.path().join(PART);
        remove_part(&part).unwrap();
        fs::write(&part, "").unwrap();
        fs::write(with_ending(&part, "-journal"), "").unwrap();
        remove_part(&part).unwrap();
        assert_eq!(names(&folder), [""; 0]);
        fs::create_dir(with_ending(&part, "-journal")).unwrap();
        assert!(remove_part(&part).is_err());
    }

    #[test]
    fn copies_go_from_before_a_time_and_one_without_a_time_too() {
        let (folder, path) = place();
        for name in [
            "ledger-v3-99",
            "ledger-v3-100",
            "ledger-damaged-",
            "ledger-vx-y",
        ] {
            fs::write(folder.path().join(format!("{name}{ENDING}")), "").unwrap();
        }
        for kept in ["ledger.sqlite3", "ledger-v3-5.txt", "notes-1.sqlite3"] {
            fs::write(folder.path().join(kept), "").unwrap();
        }
        remove_older(&path, 100).unwrap();
        let left = ["ledger-v3-100.sqlite3", "ledger-v3-5.txt", "ledger.sqlite3"];
        assert_eq!(names(&folder)[..3], left);
        remove_all(&path).unwrap();
        let left = ["ledger-v3-5.txt", "ledger.sqlite3", "notes-1.sqlite3"];
        assert_eq!(names(&folder), left);
    }

    #[test]
    fn one_copy_that_cannot_be_deleted_is_told_and_the_others_go() {
        let (folder, path) = place();
        let stays = "ledger-v1-1.sqlite3";
        fs::create_dir(folder.path().join(stays)).unwrap();
        for ms in 2..5 {
            fs::write(folder.path().join(format!("{COPY}1-{ms}{ENDING}")), "").unwrap();
        }
        assert!(remove_all(&path).is_err());
        assert_eq!(names(&folder), [stays]);
    }

    #[test]
    fn a_copy_that_someone_else_deletes_meanwhile_is_no_failure() {
        let (folder, path) = place();
        let name = format!("{COPY}1-1{ENDING}");
        fs::write(folder.path().join(&name), "").unwrap();
        let deleted = |name: &str| fs::remove_file(folder.path().join(name)).is_ok();
        remove(&path, deleted).unwrap();
        assert_eq!(names(&folder), [""; 0]);
    }

    #[test]
    fn the_newest_damaged_ledger_is_the_one_of_the_latest_time() {
        let (folder, path) = place();
        assert_eq!(newest_damaged(&path), None);
        for name in ["damaged-9", "damaged-10", "v1-99"] {
            fs::write(folder.path().join(format!("ledger-{name}{ENDING}")), "").unwrap();
        }
        let newest = newest_damaged(&path);
        assert_eq!(newest.as_deref(), Some("ledger-damaged-10.sqlite3"));
        fs::write(folder.path().join("ledger-damaged-11.sqlite3-wal"), "").unwrap();
        let newest = newest_damaged(&path);
        assert_eq!(newest.as_deref(), Some("ledger-damaged-11.sqlite3"));
    }

    #[test]
    fn the_margin_and_the_room_are_in_bytes() {
        assert_eq!(MARGIN, 16_777_216);
        let (folder, path) = place();
        let room = room(&path);
        assert!(
            cfg!(not(unix)) || room.is_some_and(|bytes| bytes > 1_000_000),
            "{room:?}"
        );
        drop(folder);
    }
}
