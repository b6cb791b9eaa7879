//! A ledger that went back in time.

use std::fs;

use super::super::{Found, LedgerError};
use super::*;
use padwatch_domain::change::StateKey;
use padwatch_domain::lifecycle::Intent;
use padwatch_domain::marker::Marker;

const AGE: &str = "ledger.age";

/// An intent, as it is written before a pad is requested.
fn intent(id: &str) -> Vec<Change> {
    let marker = Marker::fresh(
        OpportunityId::new(id),
        &transport::SeededRng::new(u64::from(id.as_bytes()[0])),
    );
    let life = Lifecycle::Intent {
        intent: Intent {
            asker: None,
            secrecy: padwatch_domain::secrecy::Secrecy::default(),
            marker: marker.clone(),
            written_ms: NOW_MS,
            consent: Consent::Rules,
            beside: Vec::new(),
        },
    };
    let opened = Change::MarkerOpened {
        marker,
        written_ms: NOW_MS,
    };
    vec![noticed(row(id, "Ada Example", life)), opened]
}

/// The ledger's files by name, as a backup has them.
fn backup(folder: &Folder, with_journal: bool, with_age: bool) -> Vec<(String, Vec<u8>)> {
    let names = folder.files("ledger.").into_iter();
    let wanted = names.filter(|name| {
        (with_journal || !name.ends_with("-wal"))
            && !name.ends_with("-shm")
            && (with_age || name != AGE)
    });
    wanted
        .map(|name| {
            let bytes = fs::read(folder.0.path().join(&name)).unwrap();
            (name, bytes)
        })
        .collect()
}

fn put_back(folder: &Folder, backup: &[(String, Vec<u8>)]) {
    for name in folder.files("ledger.sqlite3") {
        fs::remove_file(folder.0.path().join(name)).unwrap();
    }
    for (name, bytes) in backup {
        fs::write(folder.0.path().join(name), bytes).unwrap();
    }
}

fn found(folder: &Folder) -> Found {
    Ledger::open(&folder.ledger(), NOW_MS).unwrap().1
}

fn is_off(ledger: &Ledger) -> bool {
    ledger.load(StateKey::CreationOff).unwrap() == Some(true)
        && ledger
            .load::<String>(StateKey::PadSearch)
            .unwrap()
            .as_deref()
            == Some("afterDamage")
}

#[test]
fn an_older_copy_is_noticed_once_and_stays_off_until_the_person_says_go() {
    let folder = Folder::new();
    folder.open().commit(&intent("ada"), NOW_MS).unwrap();
    let copy = backup(&folder, true, false);
    folder.open().commit(&intent("ben"), NOW_MS).unwrap();
    put_back(&folder, &copy);
    let (ledger, found) = Ledger::open(&folder.ledger(), NOW_MS).unwrap();
    assert_eq!(found, Found::Older);
    assert!(is_off(&ledger));
    assert_eq!(ledger.untold(0).unwrap().len(), 1);
    drop(ledger);
    let (again, found) = Ledger::open(&folder.ledger(), NOW_MS).unwrap();
    assert_eq!(found, Found::Usable, "it goes on from here");
    assert!(is_off(&again), "and is still off");
    assert_eq!(again.untold(0).unwrap().len(), 1, "told once");
}

#[test]
fn a_copy_without_its_journal_is_noticed() {
    let folder = Folder::new();
    let mut ledger = folder.open();
    ledger.commit(&intent("ada"), NOW_MS).unwrap();
    let copy = backup(&folder, false, false);
    drop(ledger);
    put_back(&folder, &copy);
    assert_eq!(found(&folder), Found::Older);
}

#[test]
fn a_ledger_of_another_folder_or_none_at_all_is_noticed() {
    let other = Folder::new();
    for id in ["ada", "ben", "cleo"] {
        other.open().commit(&intent(id), NOW_MS).unwrap();
    }
    let folder = Folder::new();
    folder.open().commit(&intent("ada"), NOW_MS).unwrap();
    put_back(&folder, &backup(&other, true, false));
    assert_eq!(found(&folder), Found::Older, "another line");
    put_back(&folder, &[]);
    assert_eq!(found(&folder), Found::Older, "none");
    put_back(&folder, &[("ledger.sqlite3".to_owned(), Vec::new())]);
    assert_eq!(found(&folder), Found::Older, "an empty file");
}

#[test]
fn without_the_file_beside_it_a_used_ledger_is_usable() {
    let folder = Folder::new();
    folder.open().commit(&intent("ada"), NOW_MS).unwrap();
    fs::remove_file(folder.0.path().join(AGE)).unwrap();
    assert_eq!(found(&folder), Found::Usable);
    assert!(
        folder.0.path().join(AGE).exists(),
        "from now on it is there"
    );
}

#[test]
fn a_ledger_of_before_there_were_ages_is_usable() {
    let folder = Folder::new();
    let mut ledger = folder.open();
    ledger.commit(&intent("ada"), NOW_MS).unwrap();
    ledger
        .commit(&[Change::Dropped(StateKey::Age)], NOW_MS)
        .unwrap();
    drop(ledger);
    fs::remove_file(folder.0.path().join(AGE)).unwrap();
    let (ledger, found) = Ledger::open(&folder.ledger(), NOW_MS).unwrap();
    assert_eq!(found, Found::Usable);
    assert!(!is_off(&ledger));
}

#[test]
fn what_stands_beside_it_and_cannot_be_read_counts_as_older() {
    for odd in [&b""[..], b"what?", b"{\"line\":\"a\"}"] {
        let folder = Folder::new();
        folder.open().commit(&intent("ada"), NOW_MS).unwrap();
        fs::write(folder.0.path().join(AGE), odd).unwrap();
        assert_eq!(found(&folder), Found::Older);
        assert_eq!(found(&folder), Found::Usable, "it was written again");
    }
}

#[test]
fn a_kill_between_ledger_and_file_is_no_going_back() {
    let folder = Folder::new();
    folder.open().commit(&intent("ada"), NOW_MS).unwrap();
    let before = fs::read(folder.0.path().join(AGE)).unwrap();
    folder.open().commit(&intent("ben"), NOW_MS).unwrap();
    fs::write(folder.0.path().join(AGE), before).unwrap();
    assert_eq!(found(&folder), Found::Usable);
}

#[test]
fn forgetting_everything_is_no_going_back() {
    let folder = Folder::new();
    let mut ledger = folder.open();
    ledger.commit(&intent("ada"), NOW_MS).unwrap();
    ledger.forget_everything(NOW_MS).unwrap();
    drop(ledger);
    let (ledger, found) = Ledger::open(&folder.ledger(), NOW_MS).unwrap();
    assert_eq!(found, Found::Usable);
    assert_eq!(ledger.load::<bool>(StateKey::CreationOff).unwrap(), None);
    let search: Option<String> = ledger.load(StateKey::PadSearch).unwrap();
    assert_eq!(search.as_deref(), Some("afterDamage"), "one was on its way");
}

#[test]
fn what_the_file_beside_it_does_not_know_is_not_sealed() {
    let folder = Folder::new();
    let mut ledger = folder.open();
    // Nothing can be written over a folder.
    let part = folder.0.path().join("ledger.age.part");
    fs::create_dir(&part).unwrap();
    ledger.commit(&intent("ada"), NOW_MS).unwrap();
    assert!(matches!(ledger.seal(), Err(LedgerError::ReadOnly)));
    fs::remove_dir(&part).unwrap();
    ledger.seal().unwrap();
    drop(ledger);
    assert_eq!(found(&folder), Found::Usable);
}

/// Windows lets no one do that while it is open.
#[cfg(unix)]
#[test]
fn a_file_that_was_replaced_or_removed_is_noticed_while_it_is_open() {
    use super::super::Placement;
    let folder = Folder::new();
    let ledger = folder.open();
    assert_eq!(ledger.placement(), Placement::InPlace);
    let away = folder.0.path().join("away");
    fs::rename(folder.ledger(), &away).unwrap();
    assert_eq!(ledger.placement(), Placement::Missing);
    fs::copy(&away, folder.ledger()).unwrap();
    assert_eq!(ledger.placement(), Placement::Replaced);
    fs::rename(&away, folder.ledger()).unwrap();
    assert_eq!(ledger.placement(), Placement::InPlace, "put back as it was");
    fs::remove_file(folder.0.path().join("ledger.sqlite3-wal")).unwrap();
    assert_eq!(ledger.placement(), Placement::Replaced, "the journal");
}

#[cfg(windows)]
#[test]
fn an_open_ledger_can_be_neither_moved_nor_removed() {
    let folder = Folder::new();
    let ledger = folder.open();
    assert!(fs::rename(folder.ledger(), folder.0.path().join("away")).is_err());
    assert!(fs::remove_file(folder.ledger()).is_err());
    assert_eq!(ledger.placement(), super::super::Placement::InPlace);
}
