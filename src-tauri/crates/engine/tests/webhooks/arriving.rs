//! How often Lever is asked while events arrive, and what is said when they don't.

use padwatch_domain::settings::Settings;
use padwatch_engine::snapshot::webhooks::{WebhookState, WebhookTrouble};
use padwatch_engine::webhooks::WebhookChoice;
use padwatch_receiver::Taken;

use crate::desk::pad_ready;
use crate::office::{LIST, MINUTE, Office, answered};

fn is_missing(state: &WebhookState) -> bool {
    let trouble = WebhookTrouble::EventsMissing;
    *state == WebhookState::Troubled { trouble }
}

#[tokio::test(start_paused = true)]
async fn while_events_arrive_lever_is_asked_a_little_less_often() {
    let office = Office::new(28);
    let ada = office.services.candidate("Ada Example");
    let mut desk = office.listening(Settings::default()).await;
    desk.until("waiting", |snapshot| {
        snapshot.webhooks == WebhookState::Waiting
    })
    .await;
    office.move_and_tell(&ada, &desk.handle).await;
    desk.hears("a pad", pad_ready).await;
    desk.until("arriving", |snapshot| {
        snapshot.webhooks == WebhookState::Arriving
    })
    .await;
    office.wait(MINUTE).await;
    office.forget_requests();
    office.wait(30 * MINUTE).await;
    let slow = office.count(LIST);
    assert!((33..=39).contains(&slow), "{slow} in half an hour");

    // An hour after the last event, the silence may be the tunnel's.
    office.wait(30 * MINUTE).await;
    assert_eq!(desk.handle.snapshot().webhooks, WebhookState::Waiting);
    office.forget_requests();
    office.wait(10 * MINUTE).await;
    let usual = office.count(LIST);
    assert!((18..=22).contains(&usual), "{usual} in ten minutes");
}

#[tokio::test(start_paused = true)]
async fn a_move_without_a_webhook_brings_the_half_minute_poll_back() {
    let office = Office::new(29);
    let [ada, ben, cleo] = ["Ada", "Ben", "Cleo"].map(|name| office.services.candidate(name));
    let mut desk = office.listening(Settings::default()).await;
    office.move_and_tell(&ada, &desk.handle).await;
    desk.hears("a pad", pad_ready).await;

    // The tunnel breaks.
    office.services.to_phone_screen(&ben);
    let lost = office.last_event();
    let before = office.services.clock.elapsed();
    desk.hears("a pad", pad_ready).await;
    desk.until("missing", |snapshot| is_missing(&snapshot.webhooks))
        .await;
    let took = office.services.clock.elapsed() - before;
    assert!(took < 7 * MINUTE, "{took:?}");
    office.forget_requests();
    office.wait(10 * MINUTE).await;
    let usual = office.count(LIST);
    assert!((18..=22).contains(&usual), "{usual} in ten minutes");

    // It is fixed; Lever's further tries and the next event come.
    desk.handle.webhook(lost).await.unwrap();
    desk.until("arriving", |snapshot| {
        snapshot.webhooks == WebhookState::Arriving
    })
    .await;
    office.move_and_tell(&cleo, &desk.handle).await;
    desk.hears("a pad", pad_ready).await;
}

#[tokio::test(start_paused = true)]
async fn what_webhooks_do_not_tell_is_not_held_against_them() {
    let office = Office::new(30);
    let untagged = office.services.world.with(|world| {
        let somebody = sandbox::Candidate {
            stage: Some("Recruiter Call".to_owned()),
            ..sandbox::Candidate::default()
        };
        world.add_candidate(somebody).unwrap()
    });
    let moved_before = office.services.candidate("Moved Before");
    let mut desk = office.services.desk(Settings::default()).await;
    desk.watching().await;
    office.services.to_phone_screen(&moved_before);
    desk.hears("a pad", pad_ready).await;
    office.listen(&desk.handle).await;

    // The webhook told of the move; the tag came later, and tags tell nothing.
    office.move_and_tell(&untagged, &desk.handle).await;
    answered(&desk).await;
    office.wait(10 * MINUTE).await;
    office
        .services
        .world
        .with(|world| world.tag(&untagged, "coderpad").unwrap());
    desk.hears("a pad", pad_ready).await;
    office.wait(10 * MINUTE).await;
    assert_eq!(desk.handle.snapshot().webhooks, WebhookState::Arriving);
}

#[tokio::test(start_paused = true)]
async fn a_late_event_is_waited_for() {
    let office = Office::new(31);
    let ada = office.services.candidate("Ada Example");
    let mut desk = office.listening(Settings::default()).await;
    office.services.to_phone_screen(&ada);
    desk.hears("a pad", pad_ready).await;
    desk.handle.webhook(office.last_event()).await.unwrap();
    office.wait(10 * MINUTE).await;
    assert_eq!(desk.handle.snapshot().webhooks, WebhookState::Arriving);
    assert_eq!(desk.handle.snapshot().counts.to_send, 1, "one pad");
}

#[tokio::test(start_paused = true)]
async fn switched_off_webhooks_are_not_expected_and_can_be_forgotten() {
    let office = Office::new(33);
    let ada = office.services.candidate("Ada Example");
    let mut desk = office.listening(Settings::default()).await;
    let status = desk.handle.webhook_status().await.unwrap();
    assert!(status.place.local_url.is_some());
    desk.handle
        .choose_webhooks(WebhookChoice::default())
        .await
        .unwrap();
    office.services.to_phone_screen(&ada);
    desk.hears("a pad", pad_ready).await;
    office.wait(10 * MINUTE).await;
    assert_eq!(desk.handle.snapshot().webhooks, WebhookState::Off);

    desk.handle.forget_everything().await.unwrap();
    let status = desk.handle.webhook_status().await.unwrap();
    assert_eq!((status.place.port, status.signing_tokens), (None, 0));
    let event = office.last_event();
    let taken = desk.handle.webhook(event).await.unwrap();
    assert_eq!(taken, Taken::New, "its token is forgotten too");
}

#[tokio::test(start_paused = true)]
async fn a_tag_added_in_the_stage_is_found_within_a_minute_while_events_arrive() {
    for (seed, tag) in [(34, "coderpad"), (35, "CoderPad")] {
        let office = Office::new(seed);
        let ada = office.services.candidate("Ada Example");
        let late = office.services.world.with(|world| {
            let somebody = sandbox::Candidate {
                stage: Some("Phone Screen".to_owned()),
                ..sandbox::Candidate::default()
            };
            world.add_candidate(somebody).unwrap()
        });
        let mut desk = office.listening(Settings::default()).await;
        office.move_and_tell(&ada, &desk.handle).await;
        desk.hears("a pad", pad_ready).await;
        desk.until("arriving", |snapshot| {
            snapshot.webhooks == WebhookState::Arriving
        })
        .await;
        office.wait(7 * MINUTE).await;
        let added = office.services.clock.elapsed();
        office
            .services
            .world
            .with(|world| world.tag(&late, tag).unwrap());
        desk.hears("a pad", pad_ready).await;
        let took = office.services.clock.elapsed() - added;
        assert!(took <= MINUTE, "{tag}: {took:?}");
    }
}
