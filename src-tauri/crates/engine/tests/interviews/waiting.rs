//! Announcements that wait: for the end of quiet hours, or for the next start. They are told as things
//! are then.

use padwatch_domain::announcement::{Announcement, News};
use padwatch_domain::service_error::OutageKind;
use padwatch_domain::settings::Settings;
use padwatch_engine::snapshot::Action;

use crate::desk::{START_MS, Services, Setup};
use crate::round::{HOUR, MINUTE, Round, acting};

const HOUR_MS: i64 = 3_600_000;
/// Tomorrow at 11:00; the evening before is today at 17:00.
const STARTS_MS: i64 = START_MS + 25 * HOUR_MS;

async fn planned(seed: u64) -> Round {
    let services = Services::new(seed);
    let mut settings = acting(&services);
    settings.watch.every_seconds = 120;
    settings.reminders.minutes_before = Some(15);
    let round = Round::with(services, settings).await;
    round
        .services
        .world
        .with(|world| world.schedule_interview(&round.who, STARTS_MS, 45).unwrap());
    round
}

/// What is handed out next, as a host holds it back that doesn't show it yet.
async fn held_back(round: &mut Round) -> Announcement {
    round.desk.announcements.recv().await.unwrap()
}

async fn still_true(round: &Round, waited: &Announcement) -> Option<Announcement> {
    let known = round.desk.handle.still_true(vec![waited.clone()]).await;
    known.unwrap().pop()
}

fn is_not_sent_yet(news: &News) -> bool {
    matches!(news, News::NotSentYet { .. })
}

#[tokio::test(start_paused = true)]
async fn how_soon_an_interview_begins_is_counted_when_it_is_told() {
    let mut round = planned(60).await;
    let evening = held_back(&mut round).await;
    assert!(is_not_sent_yet(&evening.news), "{evening:?}");
    round.wait(17 * HOUR).await;
    let now_ms = round.now_ms();
    let told = still_true(&round, &evening).await.unwrap();
    assert_eq!(told.at_ms, now_ms);
    assert_eq!(told.news, evening.news);
    // After a restart too.
    let mut round = round.off_for(10 * MINUTE).await;
    let again = held_back(&mut round).await;
    assert_eq!(again.news, evening.news);
    assert!((now_ms + 600_000..STARTS_MS).contains(&again.at_ms));
}

#[tokio::test(start_paused = true)]
async fn what_is_over_is_not_told_at_the_end_of_quiet_hours_or_after_a_restart() {
    let mut round = planned(61).await;
    let evening = held_back(&mut round).await;
    let soon = held_back(&mut round).await;
    assert!(matches!(soon.news, News::Reminder { .. }), "{soon:?}");
    let mut round = round.off_for(HOUR).await;
    for waited in [&evening, &soon] {
        assert_eq!(still_true(&round, waited).await, None);
    }
    round.wait(HOUR).await;
    assert!(round.desk.announcements.try_recv().is_err());
}

#[tokio::test(start_paused = true)]
async fn a_link_that_was_sent_meanwhile_is_not_missed() {
    let mut round = planned(62).await;
    let evening = held_back(&mut round).await;
    let act = round.desk.handle.act(round.id.clone(), Action::MarkCopied);
    act.await.unwrap();
    assert_eq!(still_true(&round, &evening).await, None);
    let mut round = round.off_for(MINUTE).await;
    round.wait(HOUR).await;
    assert!(round.desk.announcements.try_recv().is_err());
}

#[tokio::test(start_paused = true)]
async fn trouble_that_passed_in_the_night_is_not_told_in_the_morning() {
    let mut round = planned(63).await;
    let (revoke, key) = round.services.world.with(|world| {
        let key = world.lever.keys.keys().next().cloned().unwrap();
        (world.lever.keys.remove(&key).unwrap(), key)
    });
    let hindered = held_back(&mut round).await;
    assert!(matches!(hindered.news, News::Hindered { .. }));
    assert_eq!(still_true(&round, &hindered).await, Some(hindered.clone()));
    round
        .services
        .world
        .with(|world| world.lever.keys.insert(key, revoke));
    let over = held_back(&mut round).await;
    assert_eq!(
        over.news,
        News::Recovered {
            from: Some(OutageKind::Lever)
        }
    );
    assert_eq!(still_true(&round, &hindered).await, None);
    assert_eq!(still_true(&round, &over).await, Some(over));
}

/// The person flies from Lisbon to Tokyo while Padwatch runs.
#[tokio::test(start_paused = true)]
async fn the_evening_is_that_of_where_the_person_is_by_then() {
    use std::sync::atomic::{AtomicBool, Ordering};
    static HAS_LANDED: AtomicBool = AtomicBool::new(false);
    fn zone() -> jiff::tz::TimeZone {
        let hours = if HAS_LANDED.load(Ordering::Relaxed) {
            9
        } else {
            0
        };
        jiff::tz::TimeZone::fixed(jiff::tz::offset(hours))
    }
    let services = Services::new(64);
    let ada = services.candidate("Ada");
    let setup = services.setup(Settings::default());
    let mut desk = services.start(Setup { zone, ..setup }).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.linked(1).await;
    services
        .world
        .with(|world| world.schedule_interview(&ada, STARTS_MS, 45).unwrap());
    services.clock.sleep(HOUR).await;
    HAS_LANDED.store(true, Ordering::Relaxed);
    // Tomorrow at 20:00 there; the evening before is 17:00 there, which is 08:00 here: it has passed.
    let told = desk.hears("the evening", is_not_sent_yet).await;
    assert!(told.at_ms < START_MS + 2 * HOUR_MS, "{}", told.at_ms);
}
