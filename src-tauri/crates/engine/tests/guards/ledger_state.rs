//! State has an age and a place, and what can't be read of it means "don't create".

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use padwatch_domain::announcement::News;
use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_domain::section::Section;
use padwatch_domain::settings::Settings;
use padwatch_engine::Keys;
use padwatch_engine::snapshot::{Action, Condition, Snapshot};
use rusqlite::Connection;
use sandbox::{Effect, Matching, Service};

use crate::desk::{Services, pad_ready};
use crate::office::{HOUR, MAKE, MINUTE, id};

pub(super) const FILE: &str = "ledger.sqlite3";
const SEARCH: &str = "GET /api/pads";

fn ledger_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .filter(|path| {
            path.file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with(FILE)
        })
        .collect()
}

/// The ledger as a backup has it.
fn copy_of(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = ledger_files(folder).into_iter();
    files
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect()
}

fn put_back(folder: &Path, copy: &[(PathBuf, Vec<u8>)]) {
    for path in ledger_files(folder) {
        fs::remove_file(path).unwrap();
    }
    for (path, bytes) in copy {
        fs::write(path, bytes).unwrap();
    }
}

fn without_link_permission(services: &Services) {
    services.world.with(|world| {
        let key = world.lever.keys.values_mut().next().unwrap();
        key.missing.insert("Add opportunity links".to_owned());
    });
}

pub(super) fn code_of(snapshot: &Snapshot) -> Option<ProblemCode> {
    match &snapshot.condition {
        Condition::Stopped { problem } | Condition::Hindered { problem } => Some(problem.code()),
        _ => None,
    }
}

pub(super) fn is_off(snapshot: &Snapshot) -> bool {
    matches!(&snapshot.condition, Condition::Hindered { problem }
        if problem.code() == ProblemCode::LedgerUnusable)
}

#[tokio::test(start_paused = true)]
async fn an_older_ledger_is_searched_first_and_waits_for_go() {
    let services = Services::new(821);
    without_link_permission(&services);
    let people = services.candidates(3);
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    let copy = copy_of(desk.folder.path());
    for one in &people[..2] {
        services.to_phone_screen(one);
        desk.hears("a pad", pad_ready).await;
    }
    let folder = desk.close().await;
    put_back(folder.path(), &copy);

    let mut desk = services.desk_in(folder, Settings::default()).await;
    desk.until("off", is_off).await;
    desk.hears(
        "that it is older",
        |news| matches!(news, News::Hindered { problem } if *problem == Problem::DataOlder),
    )
    .await;
    services.to_phone_screen(&people[2]);
    desk.until("found again", |snapshot| snapshot.counts.to_send == 2)
        .await;
    services.wait(3 * HOUR).await;
    assert_eq!(services.count(MAKE), 2, "nothing before go");
    desk.handle.go().await.unwrap();
    services.wait(HOUR).await;
    assert_eq!(services.count(MAKE), 2, "who was there waits for a word");
    for one in &people[..2] {
        assert_eq!(services.pads_for(one).len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_ledger_without_its_file_of_age_works_as_before() {
    let services = Services::new(822);
    let people = services.candidates(2);
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&people[0]);
    desk.linked(1).await;
    let folder = desk.close().await;
    fs::remove_file(folder.path().join("ledger.age")).unwrap();
    let desk = services.desk_in(folder, Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&people[1]);
    desk.linked(2).await;
    assert_eq!(services.count(MAKE), 2);
}

#[tokio::test(start_paused = true)]
async fn a_damage_that_was_interrupted_makes_no_pads() {
    for leaves_file in [false, true] {
        let services = Services::new(823);
        let ada = services.candidate("Ada Example");
        let desk = services.desk(Settings::default()).await;
        desk.watching().await;
        let folder = desk.close().await;
        let aside = folder.path().join("ledger-damaged-5.sqlite3");
        fs::rename(folder.path().join(FILE), aside).unwrap();
        if leaves_file {
            fs::write(folder.path().join(FILE), "").unwrap();
        }
        let mut desk = services.desk_in(folder, Settings::default()).await;
        desk.hears("what happened", |news| {
            matches!(news, News::LedgerRebuilt { .. })
        })
        .await;
        services.to_phone_screen(&ada);
        services.wait(3 * HOUR).await;
        assert!(is_off(&desk.handle.snapshot()));
        assert_eq!(services.count(MAKE), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn a_ledger_that_is_gone_or_replaced_at_work_stops_everything() {
    for whole_folder in [false, true] {
        let services = Services::new(824);
        let people = services.candidates(3);
        let desk = services.desk(Settings::default()).await;
        desk.watching().await;
        services.to_phone_screen(&people[0]);
        desk.linked(1).await;
        let place = desk.folder.path().to_owned();
        let away = place.with_extension("away");
        if whole_folder {
            fs::rename(&place, &away).unwrap();
        } else {
            fs::create_dir(&away).unwrap();
            for path in ledger_files(&place) {
                fs::rename(&path, away.join(path.file_name().unwrap())).unwrap();
            }
        }
        services.to_phone_screen(&people[1]);
        desk.until("stopped", |snapshot| {
            code_of(snapshot) == Some(ProblemCode::LedgerUnusable)
        })
        .await;
        services.wait(HOUR).await;
        assert_eq!(services.count(MAKE), 1, "whole folder: {whole_folder}");
        assert!(desk.handle.forget_everything().await.is_err());

        if whole_folder {
            fs::rename(&away, &place).unwrap();
        } else {
            for path in ledger_files(&away) {
                fs::rename(&path, place.join(path.file_name().unwrap())).unwrap();
            }
            fs::remove_dir(&away).unwrap();
        }
        desk.linked(2).await;
        assert_eq!(services.count(MAKE), 2, "it continues");

        // The same ledger as another file: opened again, and nothing is forgotten.
        let copy = copy_of(&place);
        put_back(&place, &copy);
        services.to_phone_screen(&people[2]);
        desk.linked(3).await;
        assert_eq!(services.count(MAKE), 3);
    }
}

// Windows keeps a folder in which a file is open.
#[cfg(unix)]
#[tokio::test(start_paused = true)]
async fn a_folder_that_is_deleted_at_work_never_serves_two() {
    let services = Services::new(825);
    let ada = services.candidate("Ada Example");
    let first = services.desk(Settings::default()).await;
    first.watching().await;
    let place = first.folder.path().to_owned();
    fs::remove_dir_all(&place).unwrap();
    services.to_phone_screen(&ada);
    services.wait(HOUR).await;
    assert_eq!(services.count(MAKE), 0);
    assert_eq!(
        code_of(&first.handle.snapshot()),
        Some(ProblemCode::LedgerUnusable)
    );
    assert!(!place.exists(), "it doesn't come back by itself");

    // Another start makes the folder again: the first one stays away from it.
    fs::create_dir(&place).unwrap();
    let folder = tempfile::Builder::new().tempdir().unwrap();
    let alias = folder.path().to_owned();
    fs::remove_dir(&alias).unwrap();
    std::os::unix::fs::symlink(&place, &alias).unwrap();
    let second = services.desk_in(folder, Settings::default()).await;
    second.watching().await;
    first
        .until("in use", |snapshot| {
            code_of(snapshot) == Some(ProblemCode::ProfileInUse)
        })
        .await;
    let ben = services.candidate("Ben Example");
    services.to_phone_screen(&ben);
    second.linked(1).await;
    services.wait(HOUR).await;
    assert_eq!(services.count(MAKE), 1);
}

#[tokio::test(start_paused = true)]
async fn keys_removed_during_a_preparation_and_restored_serve_everyone() {
    let services = Services::new(829);
    let ada = services.candidate("Ada Example");
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.world.with(|world| {
        let reading = Matching::of(Service::Lever, "GET", "/v1/opportunities/*");
        world.faults.once(reading, Effect::Delay { ms: 8_000 });
    });
    services.to_phone_screen(&ada);
    desk.until("noticed", |snapshot| snapshot.counts.waiting == 1)
        .await;
    services.wait(Duration::from_secs(2)).await;
    desk.handle.use_keys(Keys::default()).await.unwrap();
    services.wait(MINUTE).await;
    assert_eq!(services.count(MAKE), 0);
    let keys = services.setup(Settings::default()).keys;
    desk.handle.use_keys(keys).await.unwrap();
    let begun = services.clock.elapsed();
    desk.linked(1).await;
    assert!(services.clock.elapsed() - begun < 10 * MINUTE);
    assert_eq!(services.count(MAKE), 1);
}

#[tokio::test(start_paused = true)]
async fn a_pad_that_was_deleted_while_the_ledger_was_held_is_not_handed_out() {
    let services = Services::new(830);
    let ada = services.candidate("Ada Example");
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.linked(1).await;
    let other = Connection::open(desk.folder.path().join(FILE)).unwrap();
    services.world.with(|world| {
        // A pad is ended and deleted by changing it.
        let ending = Matching::of(Service::CoderPad, "PUT", "/api/pads/*");
        world.faults.once(ending, Effect::Delay { ms: 3_000 });
    });
    let handle = desk.handle.clone();
    let who = id(&ada);
    let undo = tokio::spawn(async move { handle.act(who, Action::Undo).await });
    services.wait(Duration::from_secs(2)).await;
    assert!(!undo.is_finished());
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    undo.await.unwrap().unwrap();
    // What waits to be written counts already.
    let refused = desk.handle.check_link(id(&ada)).await.unwrap_err();
    assert_eq!(refused.code(), ProblemCode::Gone);
    other.execute_batch("ROLLBACK").unwrap();
    // Sooner than CoderPad's answers about the pad would show it.
    services.wait(Duration::from_secs(10)).await;
    let row = desk.row(&ada).await;
    assert_eq!(row.section, Section::SetAside, "{row:?}");
    assert!(services.pads().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_pad_in_flight_when_all_is_forgotten_is_found_with_the_next_keys() {
    let services = Services::new(831);
    let ada = services.candidate("Ada Example");
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.world.with(|world| {
        let creating = Matching::creating_a_pad();
        world
            .faults
            .once(creating, Effect::Drip { over_ms: 20_000 });
    });
    services.to_phone_screen(&ada);
    services
        .until("asked for", || services.count(MAKE) == 1)
        .await;
    desk.handle.forget_everything().await.unwrap();
    services.wait(HOUR).await;
    let searched = services.count(SEARCH);
    let keys = services.setup(Settings::default()).keys;
    desk.handle.use_keys(keys).await.unwrap();
    desk.until("found again", |snapshot| snapshot.counts.to_send == 1)
        .await;
    assert!(services.count(SEARCH) > searched);
    services.wait(HOUR).await;
    assert_eq!(services.count(MAKE), 1);
    assert_eq!(services.pads_for(&ada).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn copies_with_names_go_after_a_month_of_good_work() {
    let services = Services::new(832);
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    let now_ms = services.clock.now_ms();
    let copy = desk
        .folder
        .path()
        .join(format!("ledger-v3-{now_ms}.sqlite3"));
    fs::write(&copy, "Ada Example").unwrap();
    // The computer is off most of the time: what is old is looked for soon after each start.
    let folder = desk.close().await;
    services.wait(28 * 24 * HOUR).await;
    let desk = services.desk_in(folder, Settings::default()).await;
    services.wait(3 * HOUR).await;
    assert!(copy.exists());
    let folder = desk.close().await;
    services.wait(4 * 24 * HOUR).await;
    let _desk = services.desk_in(folder, Settings::default()).await;
    services.wait(3 * HOUR).await;
    assert!(!copy.exists());
}
