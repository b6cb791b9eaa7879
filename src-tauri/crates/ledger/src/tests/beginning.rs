//! A damage outlives all that happens between setting it aside and the first commit.

use std::fs;

use rusqlite_migration::{M, Migrations};

use super::super::schema::{self, Plan};
use super::super::{Found, LedgerError, aside, care};
use super::*;
use padwatch_domain::change::StateKey;

/// The steps of this Padwatch, the last of which fails.
fn failing_plan() -> Plan {
    let newest = schema::plan().newest;
    let mut steps =
        vec![M::up("CREATE TABLE IF NOT EXISTS begun (x)"); usize::try_from(newest).unwrap()];
    steps.push(M::up("ALTER TABLE nowhere ADD COLUMN later TEXT"));
    Plan {
        migrations: Migrations::new(steps),
        newest: newest + 1,
    }
}

fn assert_damaged(folder: &Folder, when: &str) {
    let (ledger, found) = Ledger::open(&folder.ledger(), NOW_MS + 7).unwrap();
    assert!(matches!(found, Found::Damaged { .. }), "{when}: {found:?}");
    let off: Option<bool> = ledger.load(StateKey::CreationOff).unwrap();
    assert_eq!(off, Some(true), "{when}");
    let search: Option<String> = ledger.load(StateKey::PadSearch).unwrap();
    assert_eq!(search.as_deref(), Some("afterDamage"), "{when}");
    assert_eq!(ledger.untold(0).unwrap().len(), 1, "{when}");
    drop(ledger);
    let (again, found) = Ledger::open(&folder.ledger(), NOW_MS + 9).unwrap();
    assert_eq!(found, Found::Usable, "{when}");
    assert_eq!(again.untold(0).unwrap().len(), 1, "{when}: told once");
}

fn damaged() -> Folder {
    let folder = Folder::new();
    drop(folder.open());
    fs::write(folder.ledger(), [0xA5; 20_000]).unwrap();
    fs::write(folder.0.path().join("ledger.sqlite3-wal"), b"journal").unwrap();
    folder
}

#[test]
fn after_a_kill_at_each_step_the_damage_is_still_known() {
    let file = |folder: &Folder, end: &str| folder.0.path().join(format!("ledger.sqlite3{end}"));

    let folder = damaged();
    let aside = folder.0.path().join("ledger-damaged-5.sqlite3");
    fs::rename(folder.ledger(), &aside).unwrap();
    assert_damaged(&folder, "before the journal was moved");
    let moved = folder.0.path().join("ledger-damaged-5.sqlite3-wal");
    assert_eq!(fs::read(moved).unwrap(), b"journal");

    let folder = damaged();
    aside::set_aside(&folder.ledger(), NOW_MS).unwrap();
    assert_damaged(&folder, "after it was set aside");

    let folder = damaged();
    aside::set_aside(&folder.ledger(), NOW_MS).unwrap();
    fs::write(file(&folder, ""), b"").unwrap();
    assert_damaged(&folder, "with an empty file");

    let folder = damaged();
    aside::set_aside(&folder.ledger(), NOW_MS).unwrap();
    let mut connection = rusqlite::Connection::open(folder.ledger()).unwrap();
    care::bring_up_to_date(&mut connection, &schema::plan()).unwrap();
    drop(connection);
    assert_damaged(&folder, "after the tables were made");
}

#[test]
fn a_new_ledger_that_cannot_be_finished_is_no_good_ledger() {
    let folder = damaged();
    for _ in 0..3 {
        assert!(care::open(&folder.ledger(), NOW_MS, &failing_plan()).is_err());
    }
    assert_damaged(&folder, "after failing");
    let damaged = folder.files("ledger-damaged-");
    assert_eq!(
        damaged
            .iter()
            .filter(|name| name.ends_with("sqlite3"))
            .count(),
        1
    );
}

#[test]
fn without_the_file_beside_it_a_damage_is_known_too() {
    let folder = damaged();
    fs::remove_file(folder.0.path().join("ledger.age")).unwrap();
    aside::set_aside(&folder.ledger(), NOW_MS).unwrap();
    fs::write(folder.ledger(), b"").unwrap();
    assert_damaged(&folder, "without age");
}

#[test]
fn a_damaged_ledger_held_by_another_program_is_not_lost() {
    let folder = damaged();
    aside::set_aside(&folder.ledger(), NOW_MS).unwrap();
    let other = rusqlite::Connection::open(folder.ledger()).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let busy = Ledger::open(&folder.ledger(), NOW_MS).unwrap_err();
    assert!(matches!(busy, LedgerError::Busy), "{busy}");
    other.execute_batch("ROLLBACK").unwrap();
    drop(other);
    assert_damaged(&folder, "after it was held");
}

#[test]
fn two_damages_in_one_moment_are_both_kept() {
    let folder = damaged();
    drop(Ledger::open(&folder.ledger(), NOW_MS).unwrap());
    fs::write(folder.ledger(), [0x5A; 9_000]).unwrap();
    drop(Ledger::open(&folder.ledger(), NOW_MS).unwrap());
    let names = folder.files("ledger-damaged-");
    assert_eq!(
        names
            .iter()
            .filter(|name| name.ends_with("sqlite3"))
            .count(),
        2,
        "{names:?}"
    );
}

#[test]
fn the_first_start_in_a_folder_is_no_damage() {
    let folder = Folder::new();
    let (ledger, found) = Ledger::open(&folder.ledger(), NOW_MS).unwrap();
    assert_eq!(found, Found::Nothing);
    assert_eq!(ledger.load::<bool>(StateKey::CreationOff).unwrap(), None);
    assert!(ledger.untold(0).unwrap().is_empty());
}
