//! A ledger that is damaged, lost, locked or in use; announcements that outlive a restart.

use std::time::Duration;

use padwatch_domain::announcement::News;
use padwatch_domain::pause::PauseFor;
use padwatch_domain::problem::ProblemCode;
use padwatch_domain::section::Section;
use padwatch_domain::settings::Settings;
use padwatch_engine::listing::Chosen;
use padwatch_engine::snapshot::{Condition, Snapshot};
use rusqlite::Connection;
use sandbox::{Effect, Matching, Service};
use tempfile::TempDir;

use crate::desk::{Desk, Services, pad_ready};
use crate::office::{HOUR, MAKE, MINUTE, id};

const FILE: &str = "ledger.sqlite3";

fn rebuilt(news: &News) -> bool {
    matches!(news, News::LedgerRebuilt { .. })
}

fn stopped(desk: &Desk, code: ProblemCode) -> bool {
    matches!(&desk.handle.snapshot().condition, Condition::Stopped { problem }
        if problem.code() == code)
}

fn is_hindered(desk: &Desk) -> bool {
    matches!(&desk.handle.snapshot().condition, Condition::Hindered { problem }
        if problem.code() == ProblemCode::LedgerUnusable)
}

/// Three people: one linked, one with a pad whose link could not be put up, one without a pad.
async fn three(services: &Services) -> (Vec<sandbox::OpportunityId>, TempDir) {
    let people = services.candidates(3);
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&people[0]);
    desk.linked(1).await;
    services.world.with(|world| {
        let adding = Matching::of(Service::Lever, "POST", "/v1/opportunities/*/addLinks");
        world.faults.always(adding, Effect::DropBefore);
    });
    services.to_phone_screen(&people[1]);
    desk.hears("a pad", pad_ready).await;
    desk.hears("a pad", pad_ready).await;
    services
        .world
        .with(|world| world.switch(|switches| switches.coderpad.maintenance = true));
    services.wait(MINUTE).await;
    services.to_phone_screen(&people[2]);
    services.wait(MINUTE).await;
    let folder = desk.close().await;
    services.world.with(|world| {
        world.faults.clear();
        world.switch(|switches| switches.coderpad.maintenance = false);
    });
    (people, folder)
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_damaged_ledger_is_rebuilt_and_nothing_created_before_go() {
    let services = Services::new(801);
    let (people, folder) = three(&services).await;
    std::fs::write(folder.path().join(FILE), [0xEE; 50_000]).unwrap();
    let mut desk = services.desk_in(folder, Settings::default()).await;
    let told = desk.hears("what happened", rebuilt).await;
    let News::LedgerRebuilt { set_aside } = told.news else {
        panic!("{told:?}")
    };
    assert!(desk.folder.path().join(set_aside).exists());
    desk.until("found again", |snapshot| snapshot.counts.to_send == 2)
        .await;
    desk.until("linked", |snapshot| {
        snapshot.newest.iter().all(|row| row.on_profile)
    })
    .await;
    assert!(is_hindered(&desk), "{:?}", desk.handle.snapshot().condition);
    let fourth = services.candidate("Somebody new");
    services.to_phone_screen(&fourth);
    services.wait(3 * HOUR).await;
    assert_eq!(
        services.pads().len(),
        2,
        "nothing is made before the person says go"
    );
    let folder = desk.close().await;
    let mut again = services.desk_in(folder, Settings::default()).await;
    services.wait(3 * HOUR).await;
    assert_eq!(services.pads().len(), 2, "not after a restart either");

    again.handle.go().await.unwrap();
    again.watching().await;
    services.wait(HOUR).await;
    assert_eq!(
        services.pads().len(),
        2,
        "those who were there wait for a word each"
    );
    let chosen = Chosen {
        opportunities: people.iter().map(id).collect(),
    };
    assert_eq!(
        again.handle.serve(Section::NeedsYou, chosen).await.unwrap(),
        1
    );
    again.hears("a pad", pad_ready).await;
    let fifth = services.candidate("After go");
    services.to_phone_screen(&fifth);
    again.hears("a pad", pad_ready).await;
    for one in people.iter().chain([&fifth]) {
        assert_eq!(services.pads_for(one).len(), 1);
        assert_eq!(services.links(one).len(), 1);
    }
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_rebuilding_says_how_far_it_is_and_a_pause_interrupts_it() {
    const READ: &str = "GET /api/pads";
    let services = Services::new(812);
    services
        .world
        .with(|world| world.coderpad.quota.limit = 1000);
    for _ in 0..400 {
        services.pad_by_hand(None);
    }
    let ada = services.candidate("Ada Example");
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.linked(1).await;
    let folder = desk.close().await;
    std::fs::write(folder.path().join(FILE), [0xEE; 50_000]).unwrap();
    services.world.with(|world| {
        let list = Matching::of(Service::CoderPad, "GET", "/api/pads");
        world.faults.always(list, Effect::Delay { ms: 4_000 });
    });
    let desk = services.desk_in(folder, Settings::default()).await;
    let reads = |snapshot: &Snapshot, least: u32| {
        snapshot.progress.as_ref().is_some_and(|progress| {
            progress.of == Some(401) && progress.done >= least && progress.done < 401
        })
    };
    desk.until("the first page", |snapshot| reads(snapshot, 50))
        .await;
    desk.until("more", |snapshot| reads(snapshot, 150)).await;
    let people = desk.handle.snapshot().progress.clone().unwrap().people;
    assert_eq!(people, Some(1), "whose pad is on the first page");

    desk.handle.pause(PauseFor::UntilResumed).await.unwrap();
    desk.until("given up", |snapshot| snapshot.progress.is_none())
        .await;
    services.wait(Duration::from_secs(10)).await;
    let asked = services.count(READ);
    services.wait(10 * MINUTE).await;
    assert_eq!(services.count(READ), asked, "nothing is read meanwhile");

    desk.handle.resume().await.unwrap();
    desk.until("anew", |snapshot| reads(snapshot, 50)).await;
    desk.until("between two readings", |snapshot| {
        let progress = snapshot.progress.as_ref();
        progress.is_some_and(|progress| (progress.done, progress.of) == (1, Some(3)))
    })
    .await;
    services.wait(HOUR).await;
    assert_eq!(
        desk.handle.snapshot().progress,
        None,
        "nothing is left to do"
    );
    assert_eq!(services.count(MAKE), 1);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_ledger_damaged_at_work_is_set_aside_and_the_keys_stay() {
    let services = Services::new(802);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.linked(1).await;
    desk.hears("a pad", pad_ready).await;
    // Damage below SQLite: every page of the open file but the first.
    let other = Connection::open(desk.folder.path().join(FILE)).unwrap();
    other
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .unwrap();
    drop(other);
    let path = desk.folder.path().join(FILE);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[4096..].fill(0xEE);
    std::fs::write(&path, &bytes).unwrap();
    let ben = services.candidate("Ben Example");
    services.to_phone_screen(&ben);
    desk.hears("what happened", rebuilt).await;
    desk.until("found again", |snapshot| snapshot.counts.to_send == 1)
        .await;
    services.wait(HOUR).await;
    desk.handle.go().await.unwrap();
    desk.watching().await;
    services.wait(HOUR).await;
    assert_eq!(services.count(MAKE), 1);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_pad_in_flight_when_the_ledger_broke_is_found_in_a_lagging_list() {
    let services = Services::new(803);
    let ada = services.candidate("Ada Example");
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.world.with(|world| {
        world.switch(|switches| switches.coderpad.lists.membership_lag_ms = 60_000);
        world
            .faults
            .once(Matching::creating_a_pad(), Effect::DropAfter);
    });
    services.to_phone_screen(&ada);
    services
        .until("asked for", || services.count(MAKE) == 1)
        .await;
    let folder = desk.close().await;
    std::fs::write(folder.path().join(FILE), b"no ledger any more").unwrap();
    let desk = services.desk_in(folder, Settings::default()).await;
    desk.until("listed", |snapshot| snapshot.counts.needs_you == 1)
        .await;
    desk.handle.go().await.unwrap();
    let chosen = Chosen {
        opportunities: vec![id(&ada)],
    };
    desk.handle.serve(Section::NeedsYou, chosen).await.unwrap();
    desk.linked(1).await;
    services.wait(HOUR).await;
    assert_eq!(services.count(MAKE), 1);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_ledger_that_is_gone_is_a_first_start_that_finds_its_pads_again() {
    let services = Services::new(804);
    let (people, folder) = three(&services).await;
    drop(folder);
    let desk = services.desk(Settings::default()).await;
    desk.until("found again", |snapshot| {
        snapshot.counts.to_send == 2 && snapshot.counts.already_there == 1
    })
    .await;
    desk.until("linked", |snapshot| {
        snapshot.newest.iter().all(|row| row.on_profile)
    })
    .await;
    services.wait(2 * HOUR).await;
    assert_eq!(services.pads().len(), 2);
    assert_eq!(services.links(&people[1]).len(), 1);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_candidate_away_when_the_ledger_was_lost_is_asked_about_later() {
    let services = Services::new(811);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.world.with(|world| {
        let adding = Matching::of(Service::Lever, "POST", "/v1/opportunities/*/addLinks");
        world.faults.always(adding, Effect::DropBefore);
    });
    services.to_phone_screen(&ada);
    desk.hears("a pad", pad_ready).await;
    drop(desk.close().await);
    services.world.with(|world| {
        world.faults.clear();
        world.move_to_stage(&ada, "On-site").unwrap();
    });
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.wait(5 * MINUTE).await;
    services.to_phone_screen(&ada);
    desk.hears("a question", |news| matches!(news, News::Asks { .. }))
        .await;
    services.wait(HOUR).await;
    assert_eq!(services.count(MAKE), 1);
}

#[cfg(unix)]
#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_second_padwatch_on_a_folder_waits_until_the_first_ends() {
    let services = Services::new(805);
    let (ada, ben) = (services.candidate("Ada"), services.candidate("Ben"));
    let first = services.desk(Settings::default()).await;
    first.watching().await;
    let path = first.folder.path().to_owned();
    let setup = crate::desk::Setup {
        folder: tempfile::Builder::new().prefix("alias").tempdir().unwrap(),
        ..services.setup(Settings::default())
    };
    let alias = setup.folder.path().to_owned();
    std::fs::remove_dir(&alias).unwrap();
    std::os::unix::fs::symlink(&path, &alias).unwrap();
    let mut second = services.start(setup).await;
    second
        .until("refused", |_| stopped(&second, ProblemCode::ProfileInUse))
        .await;
    services.to_phone_screen(&ada);
    first.linked(1).await;
    assert_eq!(services.count(MAKE), 1);
    assert!(stopped(&second, ProblemCode::ProfileInUse));
    let refused = second.handle.settings().await.unwrap_err();
    assert_eq!(refused.code(), ProblemCode::ProfileInUse);

    let folder = first.close().await;
    second
        .until("taken over", |snapshot| {
            snapshot.condition == Condition::Watching
        })
        .await;
    services.to_phone_screen(&ben);
    second
        .hears(
            "a pad",
            |news| matches!(news, News::PadReady { who, .. } if who.name == "Ben"),
        )
        .await;
    assert_eq!(services.count(MAKE), 2);
    // Takes the alias away.
    drop(second.close().await);
    drop(folder);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn without_a_usable_folder_nothing_is_requested_until_there_is() {
    let services = Services::new(813);
    let ada = services.candidate("Ada Example");
    let folder = tempfile::tempdir().unwrap();
    // Permissions don't stop everyone who runs tests; a file in the folder's place does.
    std::fs::remove_dir(folder.path()).unwrap();
    std::fs::write(folder.path(), "in the way").unwrap();
    let mut desk = services.desk_in(folder, Settings::default()).await;
    desk.until("stopped", |_| stopped(&desk, ProblemCode::ProfileUnusable))
        .await;
    services.wait(HOUR).await;
    assert!(stopped(&desk, ProblemCode::ProfileUnusable));
    assert_eq!(services.requests(), 0);

    std::fs::remove_file(desk.folder.path()).unwrap();
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.hears("a pad", pad_ready).await;
    assert_eq!(services.pads_for(&ada).len(), 1);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn an_announcement_comes_again_until_it_was_shown() {
    let services = Services::new(806);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    let first = desk.announcements.recv().await.unwrap();
    assert!(pad_ready(&first.news));
    services.wait(HOUR).await;
    assert!(
        desk.announcements.try_recv().is_err(),
        "not twice to one host"
    );
    let folder = desk.close().await;
    let mut again = services.desk_in(folder, Settings::default()).await;
    let second = again.announcements.recv().await.unwrap();
    assert_eq!(first, second, "it was never said to be shown");
    again.handle.shown(&second).await;
    again.watching().await;
    let folder = again.close().await;
    let mut last = services.desk_in(folder, Settings::default()).await;
    last.watching().await;
    assert!(last.heard().await.is_empty());
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_host_that_is_slow_to_listen_misses_nothing() {
    let services = Services::new(807);
    services
        .world
        .with(|world| world.coderpad.quota.limit = 1000);
    let people = services.candidates(150);
    let many = crate::office::settings(|settings| settings.guards.surge_limit = 1000);
    let mut desk = services.desk(many).await;
    desk.watching().await;
    for one in &people {
        services.to_phone_screen(one);
    }
    desk.until("all", |snapshot| snapshot.counts.to_send == 150)
        .await;
    let heard = desk.hears_within(10 * MINUTE).await;
    let ready = heard.iter().filter(|news| pad_ready(news)).count();
    assert_eq!(ready, 150);
}

/// The lock of another program stands for whatever keeps the ledger from being written: a full
/// disk or a folder that can't be written are told apart in the ledger's own tests.
#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn nothing_is_requested_or_lost_while_the_ledger_is_read_only() {
    for wait_s in [0, 31, 32, 33, 34, 35, 40] {
        let services = Services::new(808);
        let people = services.candidates(3);
        let mut desk = services.desk(Settings::default()).await;
        desk.watching().await;
        let other = Connection::open(desk.folder.path().join(FILE)).unwrap();
        for one in &people {
            services.to_phone_screen(one);
        }
        services.wait(Duration::from_secs(wait_s)).await;
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        desk.until("stopped", |_| stopped(&desk, ProblemCode::LedgerUnusable))
            .await;
        let asked = services.count(MAKE);
        services.wait(MINUTE).await;
        assert_eq!(services.count(MAKE), asked, "after {wait_s} s");
        other.execute_batch("ROLLBACK").unwrap();
        let mut ready = 0;
        while ready < 3 {
            desk.hears("a pad", pad_ready).await;
            ready += 1;
        }
        desk.linked(3).await;
        desk.watching().await;
        services.wait(HOUR).await;
        assert_eq!(services.count(MAKE), 3, "after {wait_s} s");
    }
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn an_unclear_answer_is_reconciled_once_it_can_be_written_down() {
    let services = Services::new(809);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    let other = Connection::open(desk.folder.path().join(FILE)).unwrap();
    services.world.with(|world| {
        world
            .faults
            .once(Matching::creating_a_pad(), Effect::Drip { over_ms: 60_000 });
    });
    services.to_phone_screen(&ada);
    services
        .until("asked for", || services.count(MAKE) == 1)
        .await;
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    desk.until("stopped", |_| stopped(&desk, ProblemCode::LedgerUnusable))
        .await;
    services.wait(2 * MINUTE).await;
    other.execute_batch("ROLLBACK").unwrap();
    desk.hears("a pad", pad_ready).await;
    desk.linked(1).await;
    assert_eq!(services.count(MAKE), 1);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn what_was_on_its_way_when_everything_was_forgotten_does_not_come_back() {
    let services = Services::new(810);
    let ada = services.candidate("Ada Example");
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.linked(1).await;
    let list = Matching::of(Service::Lever, "GET", "/v1/opportunities");
    services
        .world
        .with(|world| world.faults.always(list, Effect::Delay { ms: 5_000 }));
    let before = services.count("GET /v1/opportunities");
    services
        .until("a look", || {
            services.count("GET /v1/opportunities") > before
        })
        .await;
    desk.handle.forget_everything().await.unwrap();
    services.wait(HOUR).await;
    let snapshot = desk.handle.snapshot();
    assert_eq!(snapshot.counts, padwatch_domain::listing::Counts::default());
    let folder = desk.close().await;
    let bytes = std::fs::read(folder.path().join(FILE)).unwrap();
    let holds = |text: &str| {
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    };
    assert!(!holds("Ada Example") && !holds(ada.as_str()));
}
