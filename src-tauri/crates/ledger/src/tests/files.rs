//! What is on the disk: how durably, for whose eyes, and for how long.

use std::fs;

use rusqlite_migration::{M, Migrations};

use super::super::schema::{self, Plan};
use super::super::{LedgerError, care};
use super::*;
use padwatch_domain::reason::Reason;

const DAY_MS: i64 = 24 * 3_600_000;

/// A step further than this Padwatch, which works or fails.
fn next_plan(works: bool) -> Plan {
    let newest = schema::plan().newest;
    let mut steps = vec![M::up("CREATE TABLE never_run (x)"); usize::try_from(newest).unwrap()];
    steps.push(M::up(if works {
        "ALTER TABLE opportunity ADD COLUMN later TEXT"
    } else {
        "ALTER TABLE nowhere ADD COLUMN later TEXT"
    }));
    Plan {
        migrations: Migrations::new(steps),
        newest: newest + 1,
    }
}

#[test]
fn every_commit_is_synced_by_the_real_connection() {
    let folder = Folder::new();
    let ledger = folder.open();
    let pragma = |name: &str| -> String {
        let sql = format!("PRAGMA {name}");
        let read = ledger.connection.query_row(&sql, [], |row| {
            row.get::<_, i64>(0)
                .map(|number| number.to_string())
                .or_else(|_| row.get(0))
        });
        read.unwrap()
    };
    assert_eq!(pragma("synchronous"), "2", "FULL");
    assert_eq!(pragma("fullfsync"), "1");
    assert_eq!(pragma("journal_mode"), "wal");
    assert_eq!(pragma("foreign_keys"), "1");
}

#[cfg(unix)]
#[test]
fn files_that_were_opened_to_others_are_closed_again() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new();
    let ledger = folder.open();
    let all = folder.files("ledger");
    assert!(all.len() >= 4, "{all:?}");
    for name in &all {
        let open = fs::Permissions::from_mode(0o666);
        fs::set_permissions(folder.0.path().join(name), open).unwrap();
    }
    drop(ledger);
    let _open = folder.open();
    for name in folder.files("ledger") {
        let mode = fs::metadata(folder.0.path().join(&name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_migration_that_fails_again_and_again_leaves_no_copy() {
    let folder = Folder::new();
    drop(folder.open());
    for try_ in 0..3 {
        let failed = care::open(&folder.ledger(), NOW_MS + try_, &next_plan(false));
        assert!(failed.is_err());
        assert_eq!(folder.files("ledger-v"), [""; 0]);
    }
}

#[test]
fn a_copy_that_fails_leaves_nothing_and_is_made_once_it_can_be() {
    let folder = Folder::new();
    drop(folder.open());
    // A folder in the place of the copy stands for a disk without room.
    let part = folder.0.path().join("ledger-v.sqlite3.part");
    fs::create_dir(&part).unwrap();
    for try_ in 0..3 {
        let failed = care::open(&folder.ledger(), NOW_MS + try_, &next_plan(true)).unwrap_err();
        assert!(
            matches!(failed, LedgerError::ReadOnly | LedgerError::Full),
            "{failed}"
        );
        assert_eq!(
            folder.files("ledger-v").len(),
            1,
            "only what was in the way"
        );
    }
    fs::remove_dir(&part).unwrap();
    fs::write(&part, "half a copy").unwrap();
    drop(care::open(&folder.ledger(), NOW_MS, &next_plan(true)).unwrap());
    let version = schema::plan().newest;
    let copy = format!("ledger-v{version}-{NOW_MS}.sqlite3");
    assert_eq!(folder.files("ledger-v"), [copy]);
}

#[test]
fn copies_go_after_thirty_days_and_with_a_removed_candidate() {
    let folder = Folder::new();
    let mut ledger = folder.open();
    let names = [10, 40].map(|days| format!("ledger-damaged-{}.sqlite3", NOW_MS - days * DAY_MS));
    let more = [
        format!("ledger-v3-{}.sqlite3", NOW_MS - 40 * DAY_MS),
        format!("{}-wal", names[1]),
    ];
    for name in names.iter().chain(&more) {
        fs::write(folder.0.path().join(name), "Ada Example").unwrap();
    }
    ledger.remove_old_copies(NOW_MS - 30 * DAY_MS).unwrap();
    assert_eq!(folder.files("ledger-"), [names[0].clone()]);

    ledger
        .commit(&[noticed(row("ada", "Ada Example", eligible()))], NOW_MS)
        .unwrap();
    assert!(!ledger.owes_wipe().unwrap());
    let removed = Change::PersonRemoved(OpportunityId::new("ada"));
    ledger.commit(&[removed], NOW_MS).unwrap();
    drop(ledger);
    let mut ledger = folder.open();
    assert!(ledger.owes_wipe().unwrap(), "also after a restart");
    ledger.wipe().unwrap();
    assert!(!ledger.owes_wipe().unwrap());
    assert_eq!(folder.files("ledger-"), [""; 0]);
    let bytes = folder.bytes();
    assert!(!bytes.windows(11).any(|part| part == b"Ada Example"));
}

#[test]
fn nothing_is_written_past_what_waits_and_reading_sees_it() {
    let folder = Folder::new();
    let mut ledger = folder.open();
    let ada = row("ada", "Ada Example", eligible());
    ledger.commit(&[noticed(ada.clone())], NOW_MS).unwrap();
    let other = rusqlite::Connection::open(folder.ledger()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let ready = ada.becoming(created("K7QWM3ZD"), Reason::PadCreated, NOW_MS);
    assert!(ledger.write(vec![noticed(ready.clone())], NOW_MS).is_err());
    let id = OpportunityId::new("ada");
    assert_eq!(
        ledger.row(&id).unwrap(),
        Some(ready.clone()),
        "as it will be"
    );
    let later = Change::Touched(Box::new(row("ben", "Ben", eligible())));
    assert!(ledger.commit(&[later], NOW_MS).is_err(), "it comes after");
    other.execute_batch("ROLLBACK").unwrap();
    let later = Change::Touched(Box::new(row("ben", "Ben", eligible())));
    ledger.commit(&[later], NOW_MS).unwrap();
    assert!(!ledger.has_pending());
    drop(ledger);
    assert_eq!(folder.open().row(&id).unwrap(), Some(ready));
}

#[test]
fn announcements_that_nobody_shows_are_bounded() {
    use padwatch_domain::announcement::News;
    let mut ledger = Ledger::in_memory().unwrap();
    let waiting = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 4999)
        INSERT INTO announcement (at_ms, news) SELECT ?1, '\"goesOn\"' FROM n";
    ledger.connection.execute(waiting, [NOW_MS]).unwrap();
    let count = |ledger: &Ledger| -> i64 {
        let sql = "SELECT count(*) FROM announcement";
        ledger
            .connection
            .query_row(sql, [], |row| row.get(0))
            .unwrap()
    };
    for expected in [5_000, 5_000, 5_000] {
        let news = [Change::Announced(News::Recovered { from: None })];
        ledger.commit(&news, NOW_MS).unwrap();
        assert_eq!(count(&ledger), expected);
    }
    let oldest = "SELECT min(number) FROM announcement";
    let oldest = ledger.connection.query_row(oldest, [], |row| row.get(0));
    assert_eq!(oldest, Ok(3), "the oldest made room");
    let late = [Change::Announced(News::Recovered { from: None })];
    ledger.commit(&late, NOW_MS + 31 * DAY_MS).unwrap();
    assert_eq!(count(&ledger), 1);
}
