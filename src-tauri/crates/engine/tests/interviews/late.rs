//! Who is late for an interview: both sides there, one alone, and no answer.

use padwatch_domain::activity::Activity;
use padwatch_domain::announcement::News;
use padwatch_domain::interview::attendance::Missing;
use padwatch_engine::snapshot::Remark;
use sandbox::coderpad::interview::Guest;
use sandbox::{Effect, Matching, OtherStatus, Service};

use crate::desk::{START_MS, Services};
use crate::round::{HOUR, MINUTE, NAME, Round, acting, guest};

const STARTS_MS: i64 = START_MS + 5 * 3_600_000;
const EVENTS: &str = "GET /api/pads/:id/events";
const SAM: Guest<'_> = Guest {
    name: "Sam",
    email: Some("sam@example.test"),
};

fn late(news: &News) -> bool {
    matches!(news, News::Late { .. })
}

/// A round whose interview is in five hours and takes 45 minutes.
async fn round(seed: u64) -> (Round, String) {
    let services = Services::new(seed);
    let mut settings = acting(&services);
    settings.watch.every_seconds = 120;
    settings.reminders.check_minutes_before = None;
    settings.reminders.link_not_sent = false;
    let round = Round::with(services, settings).await;
    let schedule =
        |world: &mut sandbox::World| world.schedule_interview(&round.who, STARTS_MS, 45).unwrap();
    let interview = round.services.world.with(schedule);
    (round, interview)
}

/// Waits until so many minutes after the start.
async fn until_after(round: &Round, minutes: i64) {
    let left_ms = STARTS_MS + minutes * 60_000 - round.now_ms();
    let left = std::time::Duration::from_millis(left_ms.try_into().unwrap());
    round.wait(left).await;
}

fn join(round: &Round, who: Guest<'_>) {
    round
        .services
        .world
        .with(|world| world.join(&round.pad, who).unwrap());
}

async fn missing(round: &Round) -> Option<Missing> {
    match round.row().await.remark {
        Some(Remark::Late(missing)) => Some(missing),
        _ => None,
    }
}

async fn lines(round: &Round) -> Vec<Activity> {
    let detail = round.desk.handle.detail(round.id.clone()).await.unwrap();
    let lines = detail.timeline.into_iter().map(|line| line.what);
    let is_about_it =
        |what: &Activity| matches!(what, Activity::SomeoneMissing | Activity::EveryoneThere);
    lines.filter(is_about_it).collect()
}

#[tokio::test(start_paused = true)]
async fn an_interview_that_both_came_to_costs_one_look_and_tells_nobody() {
    let (mut round, _) = round(80).await;
    until_after(&round, -3).await;
    join(&round, SAM);
    join(&round, guest(NAME));
    round.forget_requests();
    until_after(&round, 44).await;
    assert_eq!(missing(&round).await, None);
    assert_eq!(round.asked(EVENTS), 1);
    assert_eq!(lines(&round).await, []);
    assert!(round.desk.announcements.try_recv().is_err());
}

#[tokio::test(start_paused = true)]
async fn who_is_missing_is_told_once_and_it_ends_when_both_are_there() {
    let (mut round, _) = round(81).await;
    until_after(&round, -3).await;
    join(&round, SAM);
    until_after(&round, 4).await;
    assert_eq!(missing(&round).await, None, "not late yet");
    let told = round.desk.hears("who is late", late).await;
    let candidate = Missing::Candidate;
    assert!(matches!(told.news, News::Late { missing, .. } if missing == candidate));
    let after_ms = told.at_ms - STARTS_MS;
    assert!((300_000..=420_000).contains(&after_ms), "{after_ms}");
    assert_eq!(missing(&round).await, Some(candidate));
    until_after(&round, 9).await;
    join(&round, guest(NAME));
    until_after(&round, 12).await;
    assert_eq!(missing(&round).await, None);
    let (one, both) = (Activity::SomeoneMissing, Activity::EveryoneThere);
    assert_eq!(lines(&round).await, [one, both]);
    round.forget_requests();
    until_after(&round, 44).await;
    assert_eq!(round.asked(EVENTS), 0, "there is nothing more to see");
    assert!(round.desk.announcements.try_recv().is_err(), "told once");
}

#[tokio::test(start_paused = true)]
async fn a_silent_visitor_is_nobody() {
    let (mut round, _) = round(82).await;
    until_after(&round, -1).await;
    round
        .services
        .world
        .with(|world| world.join_unseen(&round.pad, SAM).unwrap());
    let told = round.desk.hears("who is late", late).await;
    let everyone = Missing::Everyone;
    assert!(matches!(told.news, News::Late { missing, .. } if missing == everyone));
}

#[tokio::test(start_paused = true)]
async fn nobody_is_late_for_an_interview_that_ended_or_was_moved() {
    let (mut ended, _) = round(83).await;
    until_after(&ended, 2).await;
    ended
        .services
        .world
        .with(|world| world.end_interview(&ended.pad).unwrap());
    until_after(&ended, 44).await;
    let (mut moved, interview) = round(84).await;
    until_after(&moved, 4).await;
    moved.services.world.with(|world| {
        let later_ms = STARTS_MS + 3 * 3_600_000;
        world
            .move_interview(&moved.who, &interview, later_ms)
            .unwrap();
    });
    until_after(&moved, 44).await;
    for round in [&mut ended, &mut moved] {
        assert_eq!(missing(round).await, None);
        while let Ok(told) = round.desk.announcements.try_recv() {
            assert!(!late(&told.news), "{told:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn while_coderpad_does_not_answer_nobody_is_said_to_be_late() {
    let (mut round, _) = round(85).await;
    until_after(&round, -1).await;
    let events = Matching::of(Service::CoderPad, "GET", "/api/pads/*/events");
    let down = Effect::Status(OtherStatus::page(503));
    round
        .services
        .world
        .with(|world| world.faults.always(events, down));
    until_after(&round, 12).await;
    assert_eq!(missing(&round).await, None);
    while let Ok(told) = round.desk.announcements.try_recv() {
        assert!(!late(&told.news), "{told:?}");
    }
    round.services.world.with(|world| world.faults.clear());
    round.desk.handle.hint(padwatch_engine::Hint {
        opportunity: None,
        from: padwatch_engine::HintSource::Person,
    });
    round.desk.hears("who is late", late).await;
    assert_eq!(missing(&round).await, Some(Missing::Everyone));
}

#[tokio::test(start_paused = true)]
async fn someone_who_never_comes_costs_few_requests() {
    let (mut round, _) = round(86).await;
    round.desk.hears("who is late", late).await;
    round.forget_requests();
    until_after(&round, 44).await;
    assert!(round.asked(EVENTS) <= 20, "{}", round.asked(EVENTS));
    round.wait(HOUR + 2 * MINUTE).await;
    assert_eq!(missing(&round).await, None, "it is over by now");
    assert!(round.asked(EVENTS) <= 20, "{}", round.asked(EVENTS));
}
