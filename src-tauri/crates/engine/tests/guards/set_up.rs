//! Nothing is created, and no one is announced, before the last page of set-up.

use padwatch_domain::section::Section;
use padwatch_domain::set_up::SetUpStep;
use padwatch_domain::settings::Settings;
use padwatch_engine::Keys;
use padwatch_engine::listing::Chosen;
use padwatch_engine::snapshot::Condition;
use sandbox::OpportunityId;
use tempfile::TempDir;

use crate::desk::{Desk, Services, Setup, pad_ready};
use crate::office::{MAKE, MINUTE, id, link_of};

const STEPS: [SetUpStep; 4] = [
    SetUpStep::Lever,
    SetUpStep::Coderpad,
    SetUpStep::Check,
    SetUpStep::People,
];

/// A new Padwatch with a window, whose store holds no keys.
async fn new_desk(services: &Services) -> Desk {
    let setup = services.setup(Settings::default());
    let keys = Keys::default();
    start(services, setup.folder, keys).await
}

/// The same on the next day: with the settings and the set-up of its ledger.
async fn start(services: &Services, folder: TempDir, keys: Keys) -> Desk {
    let setup = services.setup(Settings::default());
    let setup = Setup {
        folder,
        settings: None,
        keys,
        ..setup
    };
    services.start(setup).await
}

/// The keys that are there at a page: each is entered on its own.
fn keys_at(services: &Services, step: SetUpStep) -> Keys {
    let all = services.setup(Settings::default()).keys;
    Keys {
        lever: all.lever.filter(|_| step > SetUpStep::Lever),
        coderpad: all.coderpad.filter(|_| step > SetUpStep::Coderpad),
    }
}

fn stopped_at(desk: &Desk) -> Option<SetUpStep> {
    match desk.handle.snapshot().condition {
        Condition::SetUp { step, .. } => step,
        _ => None,
    }
}

async fn section(desk: &Desk, of: &OpportunityId) -> Option<Section> {
    let detail = desk.handle.detail(id(of)).await;
    detail.ok().map(|detail| detail.row.section)
}

/// Walks through set-up, with someone moving to the stage on every page.
async fn walk(services: &Services, restarts: bool) -> (Desk, Vec<OpportunityId>) {
    let people = services.candidates(STEPS.len());
    let mut desk = new_desk(services).await;
    for (step, one) in STEPS.into_iter().zip(&people) {
        desk.handle.set_up_at(step).await.unwrap();
        desk.handle.use_keys(keys_at(services, step)).await.unwrap();
        services.to_phone_screen(one);
        if restarts {
            let folder = desk.crash().await;
            desk = start(services, folder, keys_at(services, step)).await;
        }
        let heard = desk.hears_within(10 * MINUTE).await;
        let about: Vec<_> = heard
            .iter()
            .filter(|news| news.is_about_candidates())
            .collect();
        assert!(about.is_empty(), "{step:?}: {about:?}");
        assert_eq!(services.count(MAKE), 0, "{step:?}");
        assert_eq!(stopped_at(&desk), Some(step));
    }
    (desk, people)
}

#[tokio::test(start_paused = true)]
async fn nothing_is_created_before_the_last_page_of_set_up() {
    for (seed, restarts) in [(1_701, false), (1_702, true)] {
        let services = Services::new(seed);
        let (desk, people) = walk(&services, restarts).await;
        // On the last page stand all who came before it was left.
        for one in &people {
            assert_eq!(section(&desk, one).await, Some(Section::AlreadyThere));
        }
        let late = services.candidate("Late");
        desk.handle.set_up_at(SetUpStep::Done).await.unwrap();
        services.to_phone_screen(&late);
        desk.until("served", |snapshot| snapshot.counts.to_send == 1)
            .await;
        services.wait(10 * MINUTE).await;
        assert_eq!(services.pads_for(&late).len(), 1, "{restarts}");
        for one in &people {
            assert_eq!(section(&desk, one).await, Some(Section::AlreadyThere));
        }
        assert_eq!(services.pads().len(), 1);
        assert_eq!(desk.handle.snapshot().condition, Condition::Watching);
    }
}

#[tokio::test(start_paused = true)]
async fn whom_the_person_chooses_during_set_up_is_served_at_its_end() {
    let services = Services::new(1_711);
    let people = services.candidates(3);
    let mut desk = new_desk(&services).await;
    desk.handle.set_up_at(SetUpStep::Lever).await.unwrap();
    let keys = services.setup(Settings::default()).keys;
    desk.handle.use_keys(keys).await.unwrap();
    for one in &people {
        services.to_phone_screen(one);
    }
    desk.until("listed", |snapshot| snapshot.counts.already_there == 3)
        .await;
    desk.handle.set_up_at(SetUpStep::People).await.unwrap();
    let chosen = Chosen {
        opportunities: vec![id(&people[1])],
    };
    let serve = desk.handle.serve(Section::AlreadyThere, chosen);
    assert_eq!(serve.await.unwrap(), 1);
    services.wait(10 * MINUTE).await;
    assert_eq!(services.count(MAKE), 0);
    assert_eq!(section(&desk, &people[1]).await, Some(Section::Waiting));
    desk.handle.set_up_at(SetUpStep::Done).await.unwrap();
    desk.hears("the pad", pad_ready).await;
    desk.linked(1).await;
    services.wait(10 * MINUTE).await;
    assert_eq!(services.pads().len(), 1);
    assert_eq!(services.pads_for(&people[1]).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn going_back_to_who_is_there_shows_who_came_meanwhile() {
    let services = Services::new(1_721);
    let ada = services.candidate("Ada");
    let desk = new_desk(&services).await;
    desk.handle.set_up_at(SetUpStep::Lever).await.unwrap();
    let keys = services.setup(Settings::default()).keys;
    desk.handle.use_keys(keys).await.unwrap();
    services.wait(5 * MINUTE).await;
    desk.handle.set_up_at(SetUpStep::People).await.unwrap();
    services.wait(MINUTE).await;
    desk.handle.set_up_at(SetUpStep::Check).await.unwrap();
    services.to_phone_screen(&ada);
    services.wait(5 * MINUTE).await;
    desk.handle.set_up_at(SetUpStep::People).await.unwrap();
    assert_eq!(section(&desk, &ada).await, Some(Section::AlreadyThere));
}

#[tokio::test(start_paused = true)]
async fn a_padwatch_that_is_set_up_stays_so() {
    // Keys that were there from the start, or a host without a window: no one goes through pages.
    let services = Services::new(1_731);
    let (ada, ben) = (services.candidate("Ada"), services.candidate("Ben"));
    let keys = services.setup(Settings::default()).keys;
    let desk = start(
        &services,
        services.setup(Settings::default()).folder,
        keys.clone(),
    )
    .await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.linked(1).await;
    // The pages of set-up are shown again because the stage is gone, or the keys were deleted.
    for step in STEPS {
        desk.handle.set_up_at(step).await.unwrap();
    }
    desk.handle.use_keys(Keys::default()).await.unwrap();
    desk.handle.use_keys(keys).await.unwrap();
    services.to_phone_screen(&ben);
    desk.linked(2).await;
}

#[tokio::test(start_paused = true)]
async fn a_host_with_settings_of_its_own_has_no_set_up_to_finish() {
    let services = Services::new(1_741);
    let ada = services.candidate("Ada");
    let desk = new_desk(&services).await;
    desk.handle.set_up_at(SetUpStep::Check).await.unwrap();
    let folder = desk.crash().await;
    let desk = services.desk_in(folder, Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.linked(1).await;
}

#[tokio::test(start_paused = true)]
async fn set_up_that_cannot_be_read_is_not_finished() {
    for (seed, stored) in (1_751..).zip(["\"tunnel\"", "null", "7", "{}", "[]"]) {
        let services = Services::new(seed);
        let ada = services.candidate("Ada");
        let desk = new_desk(&services).await;
        desk.handle.set_up_at(SetUpStep::Check).await.unwrap();
        let folder = desk.crash().await;
        let file = folder.path().join("ledger.sqlite3");
        let ledger = rusqlite::Connection::open(file).unwrap();
        let sql = "UPDATE keepsake SET value = ?1 WHERE name = 'set-up'";
        assert_eq!(ledger.execute(sql, [stored]).unwrap(), 1);
        drop(ledger);
        let keys = services.setup(Settings::default()).keys;
        let desk = start(&services, folder, keys).await;
        services.to_phone_screen(&ada);
        services.wait(10 * MINUTE).await;
        assert_eq!(services.count(MAKE), 0, "{stored}");
        assert!(stopped_at(&desk).is_some(), "{stored}");
    }
}

#[tokio::test(start_paused = true)]
async fn pad_links_of_others_on_tagged_profiles_are_noticed() {
    let services = Services::new(1_761);
    let people = services.candidates(3);
    let desk = new_desk(&services).await;
    desk.handle.set_up_at(SetUpStep::Lever).await.unwrap();
    let keys = services.setup(Settings::default()).keys;
    desk.handle.use_keys(keys).await.unwrap();
    assert_eq!(desk.handle.profiles_with_pads().await.unwrap(), 0);
    services.world.with(|world| {
        for one in people.iter().take(2) {
            let link =
                link_of(&world.make_pad_by_hand("tomas.ferreira@example.test", "Theirs", None));
            world.add_link(one, &link).unwrap();
        }
    });
    assert_eq!(desk.handle.profiles_with_pads().await.unwrap(), 2);
}

#[tokio::test(start_paused = true)]
async fn pads_of_an_earlier_padwatch_are_not_taken_for_the_integrations() {
    let services = Services::new(1_771);
    let ada = services.candidate("Ada");
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.linked(1).await;
    desk.close().await;
    let desk = new_desk(&services).await;
    desk.handle.set_up_at(SetUpStep::Lever).await.unwrap();
    let keys = services.setup(Settings::default()).keys;
    desk.handle.use_keys(keys).await.unwrap();
    assert_eq!(desk.handle.profiles_with_pads().await.unwrap(), 0);
}
