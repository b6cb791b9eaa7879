//! Pads that a key doesn't see, that are gone, and that are seen again.

use std::time::Duration;

use padwatch_domain::announcement::News;
use padwatch_domain::settings::Settings;
use padwatch_engine::snapshot::{Action, ActionKind, RowState};
use sandbox::{Effect, Matching, OpportunityId, OtherStatus, PadId, Service};

use crate::desk::set_clock::SetClock;
use crate::desk::{Desk, Services, Setup, pad_ready};
use crate::office::{HOUR, MINUTE, id};
use padwatch_domain::reason::Reason;

const DAY: Duration = Duration::from_secs(24 * 3600);
const READ: &str = "GET /api/pads/:id";

/// Three candidates with pads that CoderPad has shown.
async fn with_pads(seed: u64) -> (Services, Desk, Vec<OpportunityId>) {
    let services = Services::new(seed);
    let people = services.candidates(3);
    let mut desk = services.desk(settings()).await;
    desk.watching().await;
    for one in &people {
        services.to_phone_screen(one);
        desk.hears("a pad", pad_ready).await;
    }
    desk.linked(3).await;
    services.wait(10 * MINUTE).await;
    (services, desk, people)
}

fn settings() -> Settings {
    let mut settings = Settings::default();
    settings.watch.every_seconds = 1800;
    settings
}

async fn restart(services: &Services, desk: Desk, keys: padwatch_engine::Keys) -> Desk {
    let folder = desk.close().await;
    let setup = Setup {
        folder,
        keys,
        ..services.setup(settings())
    };
    services.start(setup).await
}

/// Deletes all pads, or brings them back.
fn hide_pads(services: &Services, hidden: bool) {
    let now_ms = services.clock.now_ms();
    services.world.with(|world| {
        for pad in world.coderpad.pads.values_mut() {
            pad.deleted_at = hidden.then_some(now_ms);
        }
    });
}

fn is_question(news: &News) -> bool {
    matches!(news, News::Asks { .. })
}

fn pad_of(services: &Services, of: &OpportunityId) -> PadId {
    PadId::from(services.pads_for(of).first().unwrap().id.as_str())
}

async fn states(desk: &Desk, people: &[OpportunityId]) -> Vec<RowState> {
    let mut states = Vec::new();
    for one in people {
        states.push(desk.row(one).await.state);
    }
    states
}

#[tokio::test(start_paused = true)]
async fn pads_that_another_users_key_does_not_see_are_not_deleted() {
    for (seed, forbidden, restarts) in [
        (1350, false, false),
        (1351, true, false),
        (1352, false, true),
    ] {
        let (services, desk, people) = with_pads(seed).await;
        services.world.with(|world| {
            world.switch(|switches| switches.coderpad.foreign_pad_forbidden = forbidden);
        });
        let before = states(&desk, &people).await;
        let other = services.colleagues_key();
        let mut desk = desk;
        for keys in [
            other.clone(),
            services.own_keys(),
            other,
            services.own_keys(),
        ] {
            if restarts {
                desk = restart(&services, desk, keys).await;
            } else {
                desk.handle.use_keys(keys).await.unwrap();
            }
            let heard = desk.hears_within(2 * DAY).await;
            assert!(!heard.iter().any(is_question), "seed {seed}: {heard:?}");
            assert_eq!(states(&desk, &people).await, before, "seed {seed}");
        }
        assert_eq!(services.pads().len(), 3, "seed {seed}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_that_is_refused_every_pad_for_days_deletes_none() {
    for (seed, status) in [(1353, OtherStatus::of(403)), (1354, OtherStatus::page(403))] {
        let (services, mut desk, people) = with_pads(seed).await;
        let before = states(&desk, &people).await;
        services.world.with(|world| {
            let reading = Matching::of(Service::CoderPad, "GET", "/api/pads/*");
            world.faults.always(reading, Effect::Status(status.clone()));
        });
        // What the list shows is not read on its own.
        hide_pads(&services, true);
        let before_reads = services.count(READ);
        let heard = desk.hears_within(2 * DAY).await;
        assert!(services.count(READ) > before_reads + 3, "seed {seed}");
        assert!(!heard.iter().any(is_question), "seed {seed}: {heard:?}");
        hide_pads(&services, false);
        services.world.with(|world| world.faults.clear());
        services.wait(2 * DAY).await;
        assert_eq!(states(&desk, &people).await, before, "seed {seed}");
    }
}

#[tokio::test(start_paused = true)]
async fn one_404_is_asked_about_again_and_two_are_a_deletion() {
    let (services, mut desk, people) = with_pads(1355).await;
    services.world.with(|world| {
        let reading = Matching::of(Service::CoderPad, "GET", "/api/pads/*");
        world
            .faults
            .once(reading, Effect::Status(OtherStatus::of(404)));
    });
    // The list shows the pads, so none is read on its own.
    desk.handle.check_link(id(&people[0])).await.unwrap_err();
    let heard = desk.hears_within(2 * DAY).await;
    assert!(!heard.iter().any(is_question), "one 404: {heard:?}");
    assert_eq!(desk.row(&people[0]).await.state, RowState::Ready);
    let pad = pad_of(&services, &people[0]);
    services.world.with(|world| world.delete_pad(&pad).unwrap());
    desk.hears("the deletion", is_question).await;
    assert_eq!(desk.row(&people[0]).await.state, RowState::PadDeleted);
    assert_eq!(desk.row(&people[1]).await.state, RowState::Ready);
}

#[tokio::test(start_paused = true)]
async fn a_pad_that_counts_as_deleted_and_lives_is_used_and_none_created() {
    for seed in 1356..1358 {
        let (services, mut desk, people) = with_pads(seed).await;
        hide_pads(&services, true);
        services.wait(DAY).await;
        for _ in &people {
            desk.hears("a deletion", is_question).await;
        }
        assert_eq!(states(&desk, &people).await, [RowState::PadDeleted; 3]);
        hide_pads(&services, false);
        // Asked for again, and found to be there.
        desk.act(&people[0], Action::MakeNow).await;
        desk.hears("the first pad", pad_ready).await;
        // The others are noticed without a word.
        services.wait(3 * DAY).await;
        assert_eq!(states(&desk, &people).await, [RowState::Ready; 3]);
        assert_eq!(services.pads().len(), 3, "no second pad");
        for one in &people {
            assert_eq!(services.links(one).len(), 1);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn another_pad_is_not_created_blindly_with_another_users_key() {
    let (services, mut desk, people) = with_pads(1358).await;
    hide_pads(&services, true);
    services.wait(DAY).await;
    desk.hears("a deletion", is_question).await;
    hide_pads(&services, false);
    let keys = services.colleagues_key();
    desk.handle.use_keys(keys).await.unwrap();
    desk.watching().await;
    desk.act(&people[0], Action::MakeNow).await;
    desk.hears("a question", is_question).await;
    assert_eq!(services.pads().len(), 3);
    let row = desk.row(&people[0]).await;
    assert!(row.actions.contains(&ActionKind::MakeNow), "{row:?}");
    assert!(row.actions.contains(&ActionKind::Skip), "{row:?}");
    // With the right key the first pad is used again.
    desk.handle.use_keys(services.own_keys()).await.unwrap();
    desk.act(&people[0], Action::MakeNow).await;
    services.wait(HOUR).await;
    assert_eq!(desk.row(&people[0]).await.state, RowState::Ready);
    assert_eq!(services.pads_for(&people[0]).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn whoever_is_told_and_wants_another_pad_all_the_same_gets_one() {
    let (services, mut desk, people) = with_pads(1359).await;
    hide_pads(&services, true);
    services.wait(DAY).await;
    desk.hears("a deletion", is_question).await;
    hide_pads(&services, false);
    let keys = services.colleagues_key();
    desk.handle.use_keys(keys).await.unwrap();
    desk.watching().await;
    desk.act(&people[0], Action::MakeNow).await;
    desk.hears("a question", is_question).await;
    desk.act(&people[0], Action::MakeNow).await;
    desk.hears("another pad", pad_ready).await;
    assert_eq!(services.pads().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_pad_that_ends_before_its_interview_is_a_question_and_may_live_again() {
    for (seed, planned_first) in [(1360, true), (1361, false)] {
        let (services, mut desk, people) = with_pads(seed).await;
        let ada = &people[0];
        let pad = pad_of(&services, ada);
        let in_two_days = services.clock.now_ms() + 48 * 3_600_000;
        let plan = |services: &Services| {
            services
                .world
                .with(|world| world.schedule_interview(ada, in_two_days, 45).unwrap());
        };
        if planned_first {
            plan(&services);
            services.wait(7 * HOUR).await;
        }
        services
            .world
            .with(|world| world.end_interview(&pad).unwrap());
        if !planned_first {
            plan(&services);
        }
        desk.hears("the question", is_question).await;
        let row = desk.row(ada).await;
        assert_eq!(row.state, RowState::EndedBeforeInterview);
        let Reason::EndedBeforeInterview { link } = &row.reason else {
            panic!("{row:?}")
        };
        assert!(link.contains(pad.as_str()), "{link}");
        // It is opened again in CoderPad.
        services.world.with(|world| world.reopen_pad(&pad).unwrap());
        services.wait(30 * MINUTE).await;
        assert_eq!(desk.row(ada).await.state, RowState::Ready, "seed {seed}");
        assert!(desk.row(ada).await.on_profile);
        // It ends again, and another is wanted.
        services
            .world
            .with(|world| world.end_interview(&pad).unwrap());
        desk.hears("the question", is_question).await;
        desk.act(ada, Action::MakeNow).await;
        desk.hears("another pad", pad_ready).await;
        services.wait(HOUR).await;
        assert_eq!(services.pads_for(ada).len(), 2);
        let row = desk.row(ada).await;
        assert_eq!(row.state, RowState::Ready);
        assert_ne!(row.pad.unwrap().id.as_str(), pad.as_str());
    }
}

#[tokio::test(start_paused = true)]
async fn a_clock_set_ahead_does_not_shorten_the_doubt_about_a_pad() {
    for (seed, restarts) in [(1358, false), (1359, true)] {
        let services = Services::new(seed);
        let clock = SetClock::of(&services);
        let ada = services.candidate("Ada Example");
        let setup = || Setup {
            clock: clock.clone(),
            ..services.setup(settings())
        };
        let mut desk = services.start(setup()).await;
        desk.watching().await;
        services.to_phone_screen(&ada);
        desk.hears("a pad", pad_ready).await;
        desk.linked(1).await;
        services.wait(10 * MINUTE).await;
        hide_pads(&services, true);
        desk.handle.check_link(id(&ada)).await.unwrap_err();
        let ahead_ms = 5 * 3_600_000;
        if restarts {
            let folder = desk.close().await;
            clock.set_by(ahead_ms);
            desk = services.start(Setup { folder, ..setup() }).await;
        } else {
            clock.set_by(ahead_ms);
        }
        services.wait(Duration::from_secs(5)).await;
        desk.handle.check_link(id(&ada)).await.unwrap_err();
        services.wait(Duration::from_secs(35)).await;
        assert_ne!(
            desk.row(&ada).await.state,
            RowState::PadDeleted,
            "{restarts}"
        );
        hide_pads(&services, false);
        let heard = desk.hears_within(HOUR).await;
        assert!(!heard.iter().any(is_question), "{restarts}: {heard:?}");

        // One that stays away is deleted, whatever the clock does.
        hide_pads(&services, true);
        desk.handle.check_link(id(&ada)).await.unwrap_err();
        clock.set_by(-2 * ahead_ms);
        services.wait(3 * MINUTE).await;
        assert_eq!(
            desk.row(&ada).await.state,
            RowState::PadDeleted,
            "{restarts}"
        );
    }
}
