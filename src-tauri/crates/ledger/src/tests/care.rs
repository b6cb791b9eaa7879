use std::fs;

use rusqlite::{Connection, ErrorCode, ffi};
use rusqlite_migration::{M, Migrations};

use super::super::schema::{self, Plan};
use super::super::{Found, LedgerError, care};
use super::*;

/// The steps of a Padwatch that is one step ahead of this one.
fn next_plan() -> Plan {
    let newest = version(&in_memory());
    let mut steps = vec![M::up("CREATE TABLE never_run (x)"); usize::try_from(newest).unwrap()];
    steps.push(M::up("ALTER TABLE opportunity ADD COLUMN later TEXT"));
    Plan {
        migrations: Migrations::new(steps),
        newest: newest + 1,
    }
}

fn in_memory() -> Connection {
    Ledger::in_memory().unwrap().connection
}

fn version(connection: &Connection) -> i64 {
    let read = connection.query_row("PRAGMA user_version", [], |row| row.get(0));
    read.unwrap()
}

fn with_ada() -> Folder {
    let folder = Folder::new();
    let ada = noticed(row("ada", "Ada Example", eligible()));
    folder.open().commit(&[ada], NOW_MS).unwrap();
    folder
}

fn knows_ada(ledger: &Ledger) -> bool {
    ledger.row(&OpportunityId::new("ada")).unwrap().is_some()
}

#[test]
fn the_first_start_finds_nothing_and_the_second_a_ledger() {
    let folder = Folder::new();
    assert_eq!(
        Ledger::open(&folder.ledger(), NOW_MS).unwrap().1,
        Found::Nothing
    );
    assert_eq!(
        Ledger::open(&folder.ledger(), NOW_MS).unwrap().1,
        Found::Usable
    );
    let copies = folder.files("ledger-v");
    assert_eq!(copies, [""; 0], "nothing was migrated");
}

#[test]
fn a_file_of_garbage_is_set_aside_as_it_is_and_a_new_ledger_begun() {
    for garbage in [&b"not a database at all, just words"[..], &[0xA5; 70_000]] {
        let folder = Folder::new();
        fs::write(folder.ledger(), garbage).unwrap();
        let (ledger, found) = Ledger::open(&folder.ledger(), NOW_MS).unwrap();
        let Found::Damaged { set_aside } = found else {
            panic!("{found:?}")
        };
        assert_eq!(fs::read(folder.0.path().join(set_aside)).unwrap(), garbage);
        assert!(!knows_ada(&ledger));
    }
}

#[test]
fn garbage_in_the_middle_of_a_real_ledger_is_found() {
    let folder = Folder::new();
    let many = (0..400).map(|n| noticed(row(&format!("o{n}"), "Ada Example", eligible())));
    folder
        .open()
        .commit(&many.collect::<Vec<_>>(), NOW_MS)
        .unwrap();
    let mut bytes = fs::read(folder.ledger()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 20_000].fill(0x5A);
    fs::write(folder.ledger(), &bytes).unwrap();
    let (ledger, found) = Ledger::open(&folder.ledger(), NOW_MS).unwrap();
    assert!(matches!(found, Found::Damaged { .. }), "{found:?}");
    assert_eq!(ledger.counts(TODAY).unwrap().waiting, 0);
    let again = Ledger::open(&folder.ledger(), NOW_MS).unwrap().1;
    assert_eq!(again, Found::Usable, "the new one is good");
}

#[test]
fn a_ledger_that_was_cut_off_is_found_and_its_journal_goes_with_it() {
    let folder = with_ada();
    let bytes = fs::read(folder.ledger()).unwrap();
    fs::write(folder.ledger(), &bytes[..bytes.len() / 3]).unwrap();
    fs::write(folder.0.path().join("ledger.sqlite3-wal"), b"old").unwrap();
    let found = Ledger::open(&folder.ledger(), NOW_MS).unwrap().1;
    assert!(matches!(found, Found::Damaged { .. }), "{found:?}");
    let aside = folder.files("ledger-damaged-");
    let journal = format!("ledger-damaged-{NOW_MS}.sqlite3-wal");
    assert!(aside.contains(&journal), "{aside:?}");
    let journal = fs::read(folder.0.path().join(journal)).unwrap();
    assert_eq!(journal, b"old");
}

#[test]
fn an_empty_journal_without_a_ledger_is_no_damage() {
    let folder = Folder::new();
    fs::write(folder.0.path().join("ledger.sqlite3-wal"), b"").unwrap();
    let found = Ledger::open(&folder.ledger(), NOW_MS).unwrap().1;
    assert_eq!(found, Found::Nothing);
    assert_eq!(folder.files("ledger-damaged-"), Vec::<String>::new());
}

#[test]
fn a_ledger_of_a_newer_padwatch_is_refused_and_left_alone() {
    let folder = with_ada();
    let newer = Connection::open(folder.ledger()).unwrap();
    newer.pragma_update(None, "user_version", 999).unwrap();
    drop(newer);
    let refused = Ledger::open(&folder.ledger(), NOW_MS).unwrap_err();
    assert!(matches!(refused, LedgerError::Newer), "{refused}");
    let untouched = Connection::open(folder.ledger()).unwrap();
    assert_eq!(version(&untouched), 999);
    assert_eq!(
        folder.files("ledger-"),
        Vec::<String>::new(),
        "nothing set aside"
    );
}

#[test]
fn a_copy_made_before_a_migration_works_with_the_older_padwatch() {
    let folder = with_ada();
    let before = version(&folder.open().connection);
    let (migrated, _) = care::open(&folder.ledger(), NOW_MS, &next_plan()).unwrap();
    assert_eq!(version(&migrated.connection), before + 1);
    assert!(knows_ada(&migrated));
    drop(migrated);

    let copies = folder.files("ledger-v");
    assert_eq!(copies, [format!("ledger-v{before}-{NOW_MS}.sqlite3")]);
    let copy = folder.0.path().join(&copies[0]);
    assert!(matches!(
        Ledger::open(&folder.ledger(), NOW_MS),
        Err(LedgerError::Newer)
    ));
    fs::rename(copy, folder.ledger()).unwrap();
    assert!(knows_ada(&folder.open()), "the copy is a ledger of its own");
}

#[test]
fn a_migration_that_fails_changes_nothing() {
    let folder = with_ada();
    let mut plan = next_plan();
    let mut steps =
        vec![M::up("CREATE TABLE never_run (x)"); usize::try_from(plan.newest - 1).unwrap()];
    steps.push(M::up("ALTER TABLE nowhere ADD COLUMN later TEXT"));
    plan.migrations = Migrations::new(steps);
    assert!(care::open(&folder.ledger(), NOW_MS, &plan).is_err());
    assert!(knows_ada(&folder.open()), "this Padwatch goes on with it");
    assert_eq!(schema::plan().newest, version(&folder.open().connection));
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_the_ledger_its_copy_or_the_damaged_one() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = with_ada();
    drop(care::open(&folder.ledger(), NOW_MS, &next_plan()).unwrap());
    fs::write(folder.ledger(), b"garbage in place of a ledger").unwrap();
    drop(folder.open());
    for name in folder.files("ledger") {
        let mode = fs::metadata(folder.0.path().join(&name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    assert_eq!(folder.files("ledger-").len(), 2, "{:?}", folder.files(""));
}

#[test]
fn on_a_full_disk_nothing_changes_and_when_there_is_room_again_it_goes_on() {
    let folder = with_ada();
    let mut ledger = folder.open();
    let pages: i64 = ledger
        .connection
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .unwrap();
    let limit = |ledger: &Ledger, most: i64| {
        let sql = format!("PRAGMA max_page_count = {most}");
        ledger.connection.query_row(&sql, [], |_| Ok(())).unwrap();
    };
    limit(&ledger, pages);
    let many = (0..300).map(|n| noticed(row(&format!("o{n}"), &"Ben ".repeat(50), eligible())));
    let many: Vec<Change> = many.collect();
    let full = ledger.commit(&many, NOW_MS).unwrap_err();
    assert!(matches!(full, LedgerError::Full), "{full}");
    assert_eq!(ledger.counts(TODAY).unwrap().waiting, 1, "all or nothing");
    limit(&ledger, pages + 5_000);
    ledger.commit(&many, NOW_MS).unwrap();
    assert_eq!(ledger.counts(TODAY).unwrap().waiting, 301);
}

#[test]
fn a_ledger_held_by_another_program_is_reported_and_then_resumes() {
    let folder = with_ada();
    let mut ledger = folder.open();
    let other = Connection::open(folder.ledger()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let ben = noticed(row("ben", "Ben Example", eligible()));
    let busy = ledger
        .commit(std::slice::from_ref(&ben), NOW_MS)
        .unwrap_err();
    assert!(matches!(busy, LedgerError::Busy), "{busy}");
    assert!(knows_ada(&ledger), "reading goes on");
    other.execute_batch("ROLLBACK").unwrap();
    ledger.commit(&[ben], NOW_MS).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn where_nothing_can_be_written_there_is_no_ledger() {
    for place in ["/proc/padwatch/ledger.sqlite3", "/proc/self/ledger.sqlite3"] {
        let refused = Ledger::open(std::path::Path::new(place), NOW_MS).unwrap_err();
        assert!(
            matches!(refused, LedgerError::ReadOnly),
            "{place}: {refused}"
        );
    }
}

#[test]
fn one_pad_for_two_candidacies_is_a_contradiction_and_changes_nothing() {
    let mut ledger = with_ada().open();
    let one = noticed(row("one", "One", created("K7QWM3ZD")));
    ledger.commit(&[one], NOW_MS).unwrap();
    let two = noticed(row("two", "Two", created("K7QWM3ZD")));
    let conflict = ledger.commit(&[two], NOW_MS).unwrap_err();
    assert!(matches!(conflict, LedgerError::Conflict), "{conflict}");
    assert_eq!(ledger.row(&OpportunityId::new("two")).unwrap(), None);
}

#[test]
fn each_word_of_sqlite_means_one_thing() {
    let meaning =
        |code: i32| LedgerError::from(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None));
    for (code, meant) in [
        (ffi::SQLITE_CORRUPT, "damaged"),
        (ffi::SQLITE_CORRUPT_VTAB, "damaged"),
        (ffi::SQLITE_NOTADB, "damaged"),
        (ffi::SQLITE_FULL, "full"),
        (ffi::SQLITE_READONLY, "can't be written"),
        (ffi::SQLITE_READONLY_DBMOVED, "can't be written"),
        (ffi::SQLITE_CANTOPEN, "can't be written"),
        (ffi::SQLITE_PERM, "can't be written"),
        (ffi::SQLITE_BUSY, "holds the ledger"),
        (ffi::SQLITE_LOCKED, "holds the ledger"),
        (ffi::SQLITE_CONSTRAINT_UNIQUE, "contradicts"),
        (ffi::SQLITE_IOERR, "can't be used"),
    ] {
        let words = meaning(code).to_string();
        assert!(words.contains(meant), "{code}: {words}");
    }
    assert_eq!(ffi::Error::new(ffi::SQLITE_FULL).code, ErrorCode::DiskFull);
}

#[test]
fn what_sqlite_can_read_and_we_cannot_is_about_one_value() {
    use rusqlite::Error;
    use rusqlite::types::Type;
    let odd = Error::InvalidColumnType(0, "name".to_owned(), Type::Blob);
    assert!(matches!(odd.into(), LedgerError::Unreadable));
    let large = Error::IntegralValueOutOfRange(0, i64::MAX);
    assert!(matches!(large.into(), LedgerError::Unreadable));
    let no_text = String::from_utf8(vec![0xFF]).unwrap_err().utf8_error();
    let no_text = Error::Utf8Error(0, no_text);
    assert!(matches!(no_text.into(), LedgerError::Unreadable));
    for other in [Error::QueryReturnedNoRows, Error::InvalidQuery] {
        assert!(matches!(other.into(), LedgerError::Other(_)));
    }
    let no_json = serde_json::from_str::<bool>("?").unwrap_err();
    assert!(matches!(LedgerError::from(no_json), LedgerError::Other(_)));
}

#[test]
fn a_full_disk_is_told_apart_from_a_file_that_cannot_be_written() {
    use std::io::{Error, ErrorKind};
    for kind in [ErrorKind::StorageFull, ErrorKind::QuotaExceeded] {
        let full = LedgerError::of_file(&Error::from(kind));
        assert!(matches!(full, LedgerError::Full), "{kind:?}");
    }
    let other = LedgerError::of_file(&Error::from(ErrorKind::PermissionDenied));
    assert!(matches!(other, LedgerError::ReadOnly));
}

#[test]
fn the_index_of_words_overwrites_what_is_removed_at_once() {
    let folder = Folder::new();
    for _ in 0..2 {
        let ledger = folder.open();
        let sql = "SELECT v FROM opportunity_text_config WHERE k = 'secure-delete'";
        let set: i64 = ledger
            .connection
            .query_row(sql, [], |row| row.get(0))
            .unwrap();
        assert_eq!(set, 1);
    }
}
