//! What events lead to: a look-up each, and what the rules make of it.

use std::time::Duration;

use padwatch_domain::announcement::News;
use padwatch_domain::settings::Settings;
use padwatch_receiver::Taken;
use sandbox::{Effect, Matching, OtherStatus, Service};

use crate::desk::pad_ready;
use crate::office::{LIST, MINUTE, Office, answered, asking_every_hour, event_about};
use padwatch_domain::activity::Activity;
use padwatch_domain::change::Trigger;

#[tokio::test(start_paused = true)]
async fn a_pad_is_made_through_a_webhook_alone_with_one_reading_before_it() {
    let office = Office::new(21);
    let ada = office.services.candidate("Ada Example");
    let mut desk = office.listening(asking_every_hour()).await;
    office.forget_requests();
    let before = office.services.clock.elapsed();
    office.move_and_tell(&ada, &desk.handle).await;
    let told = desk.hears("a pad", pad_ready).await;
    let took = office.services.clock.elapsed() - before;

    assert!(matches!(told.news, News::PadReady { who, .. } if who.name == "Ada Example"));
    assert!(took < Duration::from_millis(50), "{took:?}");
    desk.linked(1).await;
    assert_eq!(office.count(LIST), 0, "nobody looked at everybody");
    assert_eq!(
        office.before_the_pad(),
        [format!("GET /v1/opportunities/{ada}")],
        "read once, made at once"
    );
    let row = desk.handle.snapshot().newest[0].opportunity.clone();
    let detail = desk.handle.detail(row).await.unwrap();
    let noticed = detail
        .timeline
        .iter()
        .find(|entry| entry.what == Activity::Noticed);
    assert_eq!(noticed.unwrap().trigger, Trigger::Webhook);
}

#[tokio::test(start_paused = true)]
async fn an_event_about_nobody_of_ours_makes_nothing() {
    let office = Office::new(22);
    let untagged = office.services.world.with(|world| {
        let somebody = sandbox::Candidate {
            stage: Some("Recruiter Call".to_owned()),
            ..sandbox::Candidate::default()
        };
        world.add_candidate(somebody).unwrap()
    });
    let desk = office.listening(asking_every_hour()).await;
    office.forget_requests();
    office.move_and_tell(&untagged, &desk.handle).await;
    let unknown = event_about("foreign", "00000000-0000-4000-8000-000000000000", 0);
    desk.handle.webhook(unknown).await.unwrap();
    answered(&desk).await;
    assert_eq!(office.look_ups(), 2);
    assert_eq!(desk.handle.snapshot().counts, Default::default());
    desk.watching().await;
    office.wait(30 * MINUTE).await;
    assert_eq!(office.look_ups(), 2, "asked once");
}

#[tokio::test(start_paused = true)]
async fn a_replay_is_known_even_after_a_restart_and_costs_nothing() {
    let office = Office::new(23);
    let ada = office.services.candidate("Ada Example");
    let mut desk = office.listening(asking_every_hour()).await;
    office.move_and_tell(&ada, &desk.handle).await;
    desk.hears("a pad", pad_ready).await;
    let event = office.last_event();
    let folder = desk.close().await;
    let again = office.services.desk_in(folder, asking_every_hour()).await;
    again.watching().await;
    office.forget_requests();
    for _ in 0..5 {
        let taken = again.handle.webhook(event.clone()).await.unwrap();
        assert_eq!(taken, Taken::Seen);
    }
    office.wait(MINUTE).await;
    assert_eq!(office.look_ups(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_hint_survives_the_end_of_the_program() {
    let office = Office::new(24);
    let ada = office.services.candidate("Ada Example");
    let desk = office.listening(asking_every_hour()).await;
    // Lever can't be reached: what is taken in can't be looked up.
    office
        .services
        .world
        .with(|world| world.switch(|switches| switches.lever.offline = true));
    office.move_and_tell(&ada, &desk.handle).await;
    office.wait(MINUTE).await;
    assert_eq!(desk.handle.webhook_status().await.unwrap().waiting, 1);
    let folder = desk.close().await;

    let mut again = office.services.desk_in(folder, asking_every_hour()).await;
    assert_eq!(again.handle.webhook_status().await.unwrap().waiting, 1);
    office
        .services
        .world
        .with(|world| world.switch(|switches| switches.lever.offline = false));
    again.hears("a pad", pad_ready).await;
    answered(&again).await;
}

#[tokio::test(start_paused = true)]
async fn look_ups_keep_to_their_rate_and_a_pile_is_one_look_at_everybody() {
    let office = Office::new(25);
    let desk = office.listening(asking_every_hour()).await;
    office.forget_requests();
    let begun = office.services.clock.elapsed();
    for number in 0..20 {
        let id = format!("10000000-0000-4000-8000-0000000000{number:02}");
        let event = event_about(&format!("few-{number}"), &id, 0);
        desk.handle.webhook(event).await.unwrap();
    }
    answered(&desk).await;
    let took = office.services.clock.elapsed() - begun;
    assert_eq!((office.look_ups(), office.count(LIST)), (20, 0));
    assert!(
        took >= Duration::from_millis(4_900),
        "ten at once, then two a second: {took:?}"
    );

    office.forget_requests();
    for number in 0..500 {
        let id = format!("20000000-0000-4000-8000-000000000{number:03}");
        let event = event_about(&format!("many-{number}"), &id, 0);
        desk.handle.webhook(event).await.unwrap();
    }
    answered(&desk).await;
    assert!(office.look_ups() <= 20, "{}", office.look_ups());
    assert!(
        (1..=2).contains(&office.count(LIST)),
        "{}",
        office.count(LIST)
    );
}

#[tokio::test(start_paused = true)]
async fn events_about_the_same_one_collapse_and_the_last_one_counts() {
    let office = Office::new(26);
    let ada = office.services.candidate("Ada Example");
    let mut desk = office.listening(asking_every_hour()).await;
    office.services.world.with(|world| {
        let one = Matching::of(Service::Lever, "GET", "/v1/opportunities/*");
        world.faults.once(one, Effect::Delay { ms: 20_000 });
    });
    office.forget_requests();
    // The first event comes too early: what is read doesn't show the move yet.
    for number in 0..5 {
        let event = event_about(&format!("early-{number}"), ada.as_str(), 0);
        desk.handle.webhook(event).await.unwrap();
    }
    office.wait(Duration::from_secs(10)).await;
    office.move_and_tell(&ada, &desk.handle).await;
    desk.hears("a pad", pad_ready).await;
    assert!(
        (1..=2).contains(&office.look_ups()),
        "{}",
        office.look_ups()
    );
}

#[tokio::test(start_paused = true)]
async fn an_older_poll_does_not_undo_what_a_webhook_told() {
    let office = Office::new(27);
    let ada = office.services.candidate("Ada Example");
    let mut settings = Settings::default();
    settings.guards.ask_each_time = true;
    let desk = office.listening(settings).await;
    office.services.world.with(|world| {
        let everybody = Matching::of(Service::Lever, "GET", "/v1/opportunities");
        world.faults.once(everybody, Effect::Delay { ms: 20_000 });
    });
    office.forget_requests();
    while office.count(LIST) == 0 {
        office.wait(Duration::from_secs(1)).await;
    }
    office.move_and_tell(&ada, &desk.handle).await;
    answered(&desk).await;
    let before = desk.handle.snapshot().last_checked_ms;
    desk.until("the late answer", |snapshot| {
        snapshot.last_checked_ms > before
    })
    .await;
    let row = desk.handle.snapshot().needs_you[0].clone();
    let detail = desk.handle.detail(row.opportunity).await.unwrap();
    let left = detail
        .timeline
        .iter()
        .any(|entry| entry.what == Activity::MovedOn);
    assert!(!left, "{:?}", detail.timeline);
    // Anyone who leaves without a word is still noticed, by the next look.
    office
        .services
        .world
        .with(|world| world.move_to_stage(&ada, "Recruiter Call").unwrap());
    desk.until("left", |snapshot| snapshot.counts.needs_you == 0)
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_hint_that_the_key_may_not_follow_stops_nothing() {
    let office = Office::new(32);
    let [ada, ben] = ["Ada", "Ben"].map(|name| office.services.candidate(name));
    let mut desk = office.listening(asking_every_hour()).await;
    office.services.world.with(|world| {
        let one = Matching::of(Service::Lever, "GET", "/v1/opportunities/*");
        let forbidden = Effect::Status(OtherStatus::of(403));
        world.faults.once(one, forbidden);
    });
    office.move_and_tell(&ada, &desk.handle).await;
    answered(&desk).await;
    office.move_and_tell(&ben, &desk.handle).await;
    let told = desk.hears("a pad", pad_ready).await;
    assert!(matches!(told.news, News::PadReady { who, .. } if who.name == "Ben"));
}
