use padwatch_domain::announcement::News;
use padwatch_domain::settings::Settings;
use padwatch_engine::snapshot::Action;

use crate::desk::{START_MS, Services};
use crate::round::{HOUR, MINUTE, NAME, Round, acting, finished};

const HOUR_MS: i64 = 3_600_000;

fn reminding(services: &Services) -> Settings {
    let mut settings = acting(services);
    settings.watch.every_seconds = 120;
    settings.reminders.minutes_before = Some(15);
    settings.reminders.check_minutes_before = None;
    settings.reminders.late_minutes = None;
    settings
}

async fn with_reminders(seed: u64) -> Round {
    let services = Services::new(seed);
    let settings = reminding(&services);
    Round::with(services, settings).await
}

fn is_reminder(news: &News) -> bool {
    matches!(news, News::Reminder { .. } | News::NotSentYet { .. })
}

#[tokio::test(start_paused = true)]
async fn an_unsent_link_is_told_the_evening_before_its_interview() {
    let mut round = with_reminders(20).await;
    // Tomorrow at 11:00; the evening is today at 17:00.
    let starts_ms = START_MS + 25 * HOUR_MS;
    round
        .services
        .world
        .with(|world| world.schedule_interview(&round.who, starts_ms, 45).unwrap());
    let told = round.desk.hears("the evening", is_reminder).await;
    assert!(matches!(&told.news, News::NotSentYet { who, .. } if who.name == NAME));
    let at_ms = told.at_ms;
    assert!((START_MS + 7 * HOUR_MS..START_MS + 7 * HOUR_MS + 120_000).contains(&at_ms));
    assert_eq!(round.row().await.times.interview_ms, Some(starts_ms));
    let told = round.desk.hears("the interview", is_reminder).await;
    let News::Reminder {
        link,
        starts_ms: told_ms,
        ..
    } = &told.news
    else {
        panic!("{told:?}")
    };
    assert_eq!(*told_ms, starts_ms);
    assert!(link.contains(round.pad.as_str()));
    let early_ms = starts_ms - told.at_ms;
    assert!(
        (13 * 60_000..=15 * 60_000).contains(&early_ms),
        "{early_ms}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_sent_link_or_a_canceled_interview_needs_no_reminder() {
    let mut round = with_reminders(21).await;
    let copied = Action::MarkCopied;
    round
        .desk
        .handle
        .act(round.id.clone(), copied)
        .await
        .unwrap();
    let interview = round.services.world.with(|world| {
        world
            .schedule_interview(&round.who, START_MS + 25 * HOUR_MS, 45)
            .unwrap()
    });
    round.wait(23 * HOUR).await;
    assert_eq!(
        round.row().await.times.interview_ms,
        Some(START_MS + 25 * HOUR_MS)
    );
    round
        .services
        .world
        .with(|world| world.cancel_interview(&round.who, &interview).unwrap());
    round.wait(4 * HOUR).await;
    assert!(round.desk.announcements.try_recv().is_err());
    assert_eq!(round.row().await.times.interview_ms, None);
}

#[tokio::test(start_paused = true)]
async fn an_interview_moved_at_the_last_minute_is_told_at_its_new_time() {
    let mut round = with_reminders(22).await;
    let copied = Action::MarkCopied;
    round
        .desk
        .handle
        .act(round.id.clone(), copied)
        .await
        .unwrap();
    let (first, second) = (START_MS + 5 * HOUR_MS, START_MS + 8 * HOUR_MS);
    let interview = round
        .services
        .world
        .with(|world| world.schedule_interview(&round.who, first, 45).unwrap());
    round.wait(4 * HOUR + 40 * MINUTE).await;
    round.services.world.with(|world| {
        world
            .move_interview(&round.who, &interview, second)
            .unwrap();
    });
    let told = round.desk.hears("the interview", is_reminder).await;
    assert!(matches!(told.news, News::Reminder { starts_ms, .. } if starts_ms == second));
    round.wait(12 * HOUR).await;
    assert!(round.desk.announcements.try_recv().is_err(), "told once");
}

#[tokio::test(start_paused = true)]
async fn pads_are_polled_often_around_the_interview_and_its_end_told() {
    let mut round = with_reminders(23).await;
    let starts_ms = START_MS + 5 * HOUR_MS;
    round
        .services
        .world
        .with(|world| world.schedule_interview(&round.who, starts_ms, 60).unwrap());
    round.wait(4 * HOUR).await;
    round.forget_requests();
    round.wait(30 * MINUTE).await;
    let before = round.asked("GET /api/pads");
    round.wait(HOUR).await;
    let during = round.asked("GET /api/pads") - before;
    assert!(before <= 7, "at rest: {before} in half an hour");
    assert!(
        (60..=80).contains(&during),
        "around it: {during} in an hour"
    );
    round.services.world.with(|world| {
        world.play_interview(&round.pad, NAME).unwrap();
        world.end_interview(&round.pad).unwrap();
    });
    let ended_ms = round.now_ms();
    round.desk.hears("the end", finished).await;
    let took = round.now_ms() - ended_ms;
    assert!(took <= 35_000, "told after {took} ms");
}

#[tokio::test(start_paused = true)]
async fn a_key_that_may_not_read_interviews_costs_reminders_alone() {
    let mut round = with_reminders(24).await;
    round.services.world.with(|world| {
        let what = "Find all opportunity interviews".to_owned();
        for key in world.lever.keys.values_mut() {
            key.missing.insert(what.clone());
        }
        world
            .schedule_interview(&round.who, START_MS + 5 * HOUR_MS, 60)
            .unwrap();
    });
    round.wait(6 * HOUR).await;
    // After a minute and after ten, as for anyone whose interview isn't known.
    assert_eq!(round.asked("GET /v1/opportunities/:id/interviews"), 2);
    round.play_and_end().await;
    round.desk.hears("the end", finished).await;
}
