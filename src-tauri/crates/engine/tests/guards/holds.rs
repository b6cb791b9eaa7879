//! Baseline, surge, hold, ask each time, pause: each with its way out, and across a restart.

use std::time::Duration;

use padwatch_domain::announcement::News;
use padwatch_domain::pause::PauseFor;
use padwatch_domain::section::Section;
use padwatch_domain::settings::Settings;
use padwatch_domain::settings::WatchedStages;
use padwatch_engine::listing::Chosen;
use padwatch_engine::snapshot::{Action, Condition};
use sandbox::{Effect, Matching, Service};

use crate::desk::{Services, pad_ready};
use crate::office::{HOUR, MAKE, MINUTE, id, settings};

fn asks(news: &News) -> bool {
    matches!(news, News::Asks { .. })
}

fn surge(news: &News) -> bool {
    matches!(news, News::Surge { .. })
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_pad_on_hold_is_made_after_the_hold_and_not_before() {
    let services = Services::new(101);
    let ada = services.candidate("Ada Example");
    let hold = settings(|settings| settings.guards.hold_seconds = 120);
    let mut desk = services.desk(hold).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.until("noticed", |snapshot| snapshot.counts.waiting == 1)
        .await;
    services.wait(Duration::from_secs(115)).await;
    assert_eq!(services.count(MAKE), 0);
    desk.hears("a pad", pad_ready).await;
    assert_eq!(services.count(MAKE), 1);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_hold_can_be_cancelled_and_survives_a_restart() {
    let services = Services::new(102);
    let (ada, ben) = (services.candidate("Ada"), services.candidate("Ben"));
    let hold = settings(|settings| settings.guards.hold_seconds = 600);
    let desk = services.desk(hold.clone()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    services.to_phone_screen(&ben);
    desk.until("noticed", |snapshot| snapshot.counts.waiting == 2)
        .await;
    desk.act(&ada, Action::Skip).await;
    let folder = desk.close().await;

    let mut again = services.desk_in(folder, hold).await;
    services.wait(5 * MINUTE).await;
    assert_eq!(services.count(MAKE), 0, "the hold goes on");
    let told = again.hears("a pad", pad_ready).await;
    assert!(matches!(told.news, News::PadReady { who, .. } if who.name == "Ben"));
    services.wait(HOUR).await;
    assert_eq!(
        services.count(MAKE),
        1,
        "nothing for the one who was skipped"
    );
    assert_eq!(again.row(&ada).await.section, Section::SetAside);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn who_wants_to_be_asked_is_asked_once_for_each_and_decides() {
    let services = Services::new(103);
    let people = services.candidates(2);
    let ask = settings(|settings| settings.guards.ask_each_time = true);
    let mut desk = services.desk(ask.clone()).await;
    desk.watching().await;
    for one in &people {
        services.to_phone_screen(one);
    }
    let heard = desk.hears_within(HOUR).await;
    assert_eq!(heard.len(), 2, "{heard:?}");
    assert!(heard.iter().all(asks), "{heard:?}");
    let folder = desk.close().await;
    let mut again = services.desk_in(folder, ask).await;
    let heard = again.hears_within(HOUR).await;
    assert_eq!(heard, [], "asked once");
    assert_eq!(services.count(MAKE), 0);
    again.act(&people[1], Action::MakeNow).await;
    again.hears("a pad", pad_ready).await;
    again.linked(1).await;
    assert_eq!(services.pads_for(&people[1]).len(), 1);
    assert_eq!(services.pads_for(&people[0]).len(), 0);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn many_at_once_are_one_question_whatever_the_other_guards() {
    let ask = settings(|settings| settings.guards.ask_each_time = true);
    let hold = settings(|settings| settings.guards.hold_seconds = 60);
    for (seed, guards) in [(104, Settings::default()), (105, ask), (106, hold)] {
        let services = Services::new(seed);
        let people = services.candidates(14);
        let mut desk = services.desk(guards).await;
        desk.watching().await;
        for one in &people {
            services.to_phone_screen(one);
        }
        let heard = desk.hears_within(HOUR).await;
        assert_eq!(heard, [News::Surge { count: 14 }]);
        assert_eq!(services.count(MAKE), 0);
    }
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_bulk_move_survives_a_restart_and_the_chosen_are_served_once() {
    let services = Services::new(107);
    let people = services.candidates(14);
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    for one in &people {
        services.to_phone_screen(one);
    }
    desk.hears("a surge", surge).await;
    let folder = desk.close().await;
    let mut again = services.desk_in(folder, Settings::default()).await;
    services.wait(HOUR).await;
    assert_eq!(services.count(MAKE), 0);
    let chosen = Chosen {
        opportunities: people[..12].iter().map(id).collect(),
    };
    let served = again.handle.serve(Section::NeedsYou, chosen.clone()).await;
    assert_eq!(served.unwrap(), 12);
    let twice = again.handle.serve(Section::NeedsYou, chosen).await;
    assert_eq!(twice.unwrap(), 0, "they are served already");
    for _ in 0..12 {
        again.hears("a pad", pad_ready).await;
    }
    services.wait(HOUR).await;
    assert_eq!(services.count(MAKE), 12);
    for (n, one) in people.iter().enumerate() {
        assert_eq!(services.pads_for(one).len(), usize::from(n < 12), "{n}");
    }
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_surge_that_comes_in_two_looks_is_noticed_behind_a_hold_too() {
    for (seed, hold_seconds) in [(108, 0), (109, 300)] {
        let services = Services::new(seed);
        let people = services.candidates(14);
        let guards = settings(|settings| settings.guards.hold_seconds = hold_seconds);
        let mut desk = services.desk(guards).await;
        desk.watching().await;
        for one in &people[..7] {
            services.to_phone_screen(one);
        }
        desk.until("the first", |snapshot| {
            snapshot.counts.waiting + snapshot.counts.to_send == 7
        })
        .await;
        for one in &people[7..] {
            services.to_phone_screen(one);
        }
        let told = desk.hears("a surge", surge).await;
        assert_eq!(told.news, News::Surge { count: 7 }, "hold {hold_seconds}");
    }
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_pause_asks_nothing_of_anybody_and_survives_a_restart() {
    let services = Services::new(110);
    let ada = services.candidate("Ada Example");
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    desk.handle.pause(PauseFor::UntilResumed).await.unwrap();
    services.wait(MINUTE).await;
    services.world.with(|world| world.journal.clear());
    services.to_phone_screen(&ada);
    services.wait(3 * HOUR).await;
    assert_eq!(services.requests(), 0);
    let folder = desk.close().await;

    let mut again = services.desk_in(folder, Settings::default()).await;
    let paused = Condition::Paused { until_ms: None };
    again
        .until("paused", |snapshot| snapshot.condition == paused)
        .await;
    services.wait(3 * HOUR).await;
    assert_eq!(services.requests(), 0, "paused still");
    again.handle.resume().await.unwrap();
    again.hears("a pad", pad_ready).await;
    assert_eq!(services.count(MAKE), 1);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn an_hours_pause_ends_by_itself() {
    let services = Services::new(111);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    desk.handle.pause(PauseFor::Hour).await.unwrap();
    services.to_phone_screen(&ada);
    let begun = services.clock.elapsed();
    desk.hears("a pad", pad_ready).await;
    let took = services.clock.elapsed() - begun;
    assert!(took >= HOUR && took < HOUR + MINUTE, "{took:?}");
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_pause_stops_a_pad_that_was_about_to_be_made() {
    let services = Services::new(112);
    let ada = services.candidate("Ada Example");
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    let reading = Matching::of(Service::Lever, "GET", "/v1/opportunities/*");
    let slow = Effect::Delay { ms: 20_000 };
    services
        .world
        .with(|world| world.faults.once(reading, slow));
    services.to_phone_screen(&ada);
    let read = || services.count("GET /v1/opportunities/:id") > 0;
    services.until("read again", read).await;
    desk.handle.pause(PauseFor::UntilResumed).await.unwrap();
    services.wait(HOUR).await;
    assert_eq!(services.count(MAKE), 0);
    desk.handle.resume().await.unwrap();
    desk.linked(1).await;
    assert_eq!(services.count(MAKE), 1);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_baseline_candidate_is_served_when_chosen_even_after_a_restart() {
    let services = Services::new(113);
    let people = services.candidates(3);
    for one in &people {
        services.to_phone_screen(one);
    }
    let desk = services.desk(Settings::default()).await;
    desk.until("listed", |snapshot| snapshot.counts.already_there == 3)
        .await;
    let mut desk = services
        .desk_in(desk.crash().await, Settings::default())
        .await;
    desk.watching().await;
    services.wait(HOUR).await;
    assert_eq!(desk.handle.snapshot().counts.already_there, 3);
    assert_eq!(services.count(MAKE), 0);
    let chosen = Chosen {
        opportunities: vec![id(&people[1])],
    };
    let served = desk.handle.serve(Section::AlreadyThere, chosen).await;
    assert_eq!(served.unwrap(), 1);
    desk.hears("a pad", pad_ready).await;
    services.wait(HOUR).await;
    assert_eq!(services.pads_for(&people[1]).len(), 1);
    assert_eq!(services.pads().len(), 1);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_stage_chosen_later_lists_who_is_there_and_serves_who_comes() {
    let services = Services::new(114);
    let people = services.candidates(4);
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    let on_site = services.world.with(|world| {
        world.move_to_stage(&people[0], "On-site").unwrap();
        world.move_to_stage(&people[1], "On-site").unwrap();
        let stage = world
            .lever
            .stages
            .iter()
            .find(|stage| stage.text == "On-site");
        stage.unwrap().id.clone()
    });
    let both = settings(|settings| {
        let found = services.world.with(|world| {
            let stages = world.lever.stages.iter();
            let wanted =
                stages.filter(|stage| ["On-site", "Phone Screen"].contains(&stage.text.as_str()));
            wanted
                .map(|stage| lever::StageId::new(stage.id.as_str()))
                .collect()
        });
        settings.watch.stages = WatchedStages::Ids(found);
    });
    desk.handle.change_settings(both).await.unwrap();
    desk.until("listed", |snapshot| snapshot.counts.already_there == 2)
        .await;
    services
        .world
        .with(|world| world.move_to_stage(&people[2], on_site.as_str()).unwrap());
    services.to_phone_screen(&people[3]);
    desk.hears("a pad", pad_ready).await;
    desk.hears("a pad", pad_ready).await;
    services.wait(HOUR).await;
    assert_eq!(services.count(MAKE), 2);
    assert_eq!(
        services.pads_for(&people[0]).len() + services.pads_for(&people[1]).len(),
        0
    );
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_more_careful_setting_counts_for_those_who_wait_already() {
    let services = Services::new(115);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services
        .world
        .with(|world| world.switch(|switches| switches.coderpad.maintenance = true));
    desk.until("in trouble", |snapshot| {
        snapshot.condition != Condition::Watching
    })
    .await;
    services.to_phone_screen(&ada);
    desk.until("noticed", |snapshot| snapshot.counts.waiting == 1)
        .await;
    let ask = settings(|settings| settings.guards.ask_each_time = true);
    desk.handle.change_settings(ask).await.unwrap();
    services
        .world
        .with(|world| world.switch(|switches| switches.coderpad.maintenance = false));
    services.wait(2 * HOUR).await;
    assert_eq!(services.count(MAKE), 0);
    desk.act(&ada, Action::MakeNow).await;
    desk.hears("a pad", pad_ready).await;
}
