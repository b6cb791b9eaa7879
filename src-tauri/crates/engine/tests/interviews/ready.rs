//! The check before an interview: well, off, and not possible.

use padwatch_domain::activity::Activity;
use padwatch_domain::announcement::News;
use padwatch_domain::interview::readiness::{Finding, Readiness};
use padwatch_domain::settings::Settings;
use padwatch_engine::snapshot::{Action, Remark};
use sandbox::{Effect, Matching, OtherStatus, PadId, Service, UserId};
use serde_json::json;

use crate::desk::{START_MS, Services, pad_ready};
use crate::round::{HOUR, MINUTE, Round, acting, guest};

const STARTS_MS: i64 = START_MS + 5 * 3_600_000;
const PANELS: &str = "GET /v1/opportunities/:id/panels";
const PAD: &str = "GET /api/pads/:id";

fn not_ready(news: &News) -> bool {
    matches!(news, News::NotReady { .. })
}

fn choosing_a_waiting_room(services: &Services) -> Settings {
    let mut settings = acting(services);
    settings.watch.every_seconds = 120;
    settings.pads.standard.waiting_room = Some(true);
    settings
}

/// A round whose interview is in five hours, held by a user of Lever, and whose link was copied.
async fn round(seed: u64) -> (Round, String) {
    let services = Services::new(seed);
    let settings = choosing_a_waiting_room(&services);
    let round = Round::with(services, settings).await;
    let interview = round.services.world.with(|world| {
        let user: UserId = world.lever.users.keys().next().cloned().unwrap();
        world.lever.opportunities.get_mut(&round.who).unwrap().owner = Some(user);
        world.schedule_interview(&round.who, STARTS_MS, 60).unwrap()
    });
    let copied = Action::MarkCopied;
    round
        .desk
        .handle
        .act(round.id.clone(), copied)
        .await
        .unwrap();
    (round, interview)
}

/// Waits until so many minutes before the interview.
async fn until_before(round: &Round, minutes: i64) {
    let left_ms = STARTS_MS - minutes * 60_000 - round.now_ms();
    let left = std::time::Duration::from_millis(left_ms.try_into().unwrap());
    round.wait(left).await;
}

async fn readiness(round: &Round) -> Option<Readiness> {
    match round.row().await.remark {
        Some(Remark::Before(readiness)) => Some(readiness),
        _ => None,
    }
}

/// Empty: nothing is said to be off.
async fn wrong(round: &Round) -> Vec<Finding> {
    match readiness(round).await {
        Some(Readiness::NotReady(findings)) => findings.wrong().into(),
        _ => Vec::new(),
    }
}

async fn lines(round: &Round) -> Vec<Activity> {
    let detail = round.desk.handle.detail(round.id.clone()).await.unwrap();
    let lines = detail.timeline.into_iter().map(|line| line.what);
    let is_check = |what: &Activity| {
        matches!(
            what,
            Activity::ReadyForInterview | Activity::NotReadyForInterview
        )
    };
    lines.filter(is_check).collect()
}

#[tokio::test(start_paused = true)]
async fn an_interview_that_is_ready_has_its_mark_and_nobody_is_told() {
    let (mut round, _) = round(60).await;
    until_before(&round, 16).await;
    assert_eq!(readiness(&round).await, None);
    round.forget_requests();
    until_before(&round, 13).await;
    let ready = readiness(&round).await;
    assert!(
        matches!(ready, Some(Readiness::Ready(found)) if found.is_empty()),
        "{ready:?}"
    );
    until_before(&round, 1).await;
    assert_eq!(
        (round.asked(PAD), round.asked(PANELS)),
        (1, 1),
        "checked once"
    );
    assert_eq!(lines(&round).await, [Activity::ReadyForInterview]);
    round.wait(3 * MINUTE).await;
    assert_eq!(readiness(&round).await, None, "it has begun");
    assert!(round.desk.announcements.try_recv().is_err());
}

#[tokio::test(start_paused = true)]
async fn what_is_off_is_told_once_and_the_mark_follows_when_it_is_put_right() {
    let (mut round, interview) = round(61).await;
    let room = |round: &Round, on: bool| {
        round.services.world.with(|world| {
            world
                .set_pad_field(&round.pad, "private", json!(on))
                .unwrap();
        });
    };
    room(&round, false);
    round.services.world.with(|world| {
        world.decline_interview(&round.who, &interview).unwrap();
    });
    let told = round.desk.hears("what is off", not_ready).await;
    let early_ms = STARTS_MS - told.at_ms;
    assert!(
        (13 * 60_000..=15 * 60_000).contains(&early_ms),
        "{early_ms}"
    );
    let both = vec![Finding::WaitingRoom, Finding::InterviewerDeclined];
    assert!(matches!(&told.news, News::NotReady { findings, .. } if Vec::from(*findings) == both));
    assert_eq!(wrong(&round).await, both);
    room(&round, true);
    until_before(&round, 6).await;
    assert_eq!(wrong(&round).await, [Finding::InterviewerDeclined]);
    assert!(round.desk.announcements.try_recv().is_err(), "told once");
    let off = Activity::NotReadyForInterview;
    assert_eq!(lines(&round).await, [off.clone(), off]);
}

#[tokio::test(start_paused = true)]
async fn an_interview_that_is_moved_is_checked_before_its_new_time() {
    let (mut round, interview) = round(62).await;
    until_before(&round, 10).await;
    assert!(readiness(&round).await.is_some());
    let later_ms = STARTS_MS + 2 * 3_600_000;
    round.services.world.with(|world| {
        world
            .move_interview(&round.who, &interview, later_ms)
            .unwrap();
        world.decline_interview(&round.who, &interview).unwrap();
    });
    let told = round.desk.hears("what is off", not_ready).await;
    assert!(matches!(told.news, News::NotReady { starts_ms, .. } if starts_ms == later_ms));
}

#[tokio::test(start_paused = true)]
async fn while_coderpad_does_not_answer_nothing_is_said_to_be_ready_or_off() {
    let (mut round, _) = round(63).await;
    until_before(&round, 20).await;
    let all = Matching::of(Service::CoderPad, "GET", "/api/**");
    let down = Effect::Status(OtherStatus::page(503));
    round
        .services
        .world
        .with(|world| world.faults.always(all, down));
    until_before(&round, 8).await;
    assert_eq!(readiness(&round).await, Some(Readiness::NotChecked));
    round.services.world.with(|world| world.faults.clear());
    round.desk.handle.hint(padwatch_engine::Hint {
        opportunity: None,
        from: padwatch_engine::HintSource::Person,
    });
    until_before(&round, 3).await;
    assert!(matches!(readiness(&round).await, Some(Readiness::Ready(_))));
    while let Ok(told) = round.desk.announcements.try_recv() {
        assert!(!not_ready(&told.news), "{told:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn who_holds_an_interview_is_unknown_to_a_key_that_may_not_read_panels() {
    let (mut round, interview) = round(64).await;
    round.services.world.with(|world| {
        let what = "Find all opportunity panels".to_owned();
        for key in world.lever.keys.values_mut() {
            key.missing.insert(what.clone());
        }
        world.decline_interview(&round.who, &interview).unwrap();
    });
    until_before(&round, 1).await;
    let ready = readiness(&round).await;
    let unknown = [Finding::InterviewersNotShown];
    assert!(
        matches!(ready, Some(Readiness::Ready(found)) if Vec::from(found) == unknown),
        "{ready:?}"
    );
    assert!(round.asked(PANELS) <= 5);
    assert!(round.desk.announcements.try_recv().is_err());
}

#[tokio::test(start_paused = true)]
async fn a_check_that_hangs_delays_no_creation() {
    let (mut round, _) = round(65).await;
    until_before(&round, 16).await;
    let panels = Matching::of(Service::Lever, "GET", "/v1/opportunities/*/panels");
    round
        .services
        .world
        .with(|world| world.faults.always(panels, Effect::Delay { ms: 600_000 }));
    until_before(&round, 14).await;
    let other = round.services.candidate("Ben Example");
    round.services.to_phone_screen(&other);
    let before = round.now_ms();
    round.desk.hears("a pad", pad_ready).await;
    let took = round.now_ms() - before;
    assert!(took <= 130_000, "the poll alone takes two minutes: {took}");
}

/// Twenty interviews in eight hours, one every 24 minutes, to which both sides come on time.
async fn requests_in_a_quiet_hour(seed: u64, looks: bool) -> f64 {
    let services = Services::new(seed);
    let mut settings = acting(&services);
    settings.guards.surge_limit = 100;
    if !looks {
        settings.reminders.check_minutes_before = None;
        settings.reminders.late_minutes = None;
    }
    let mut desk = services.desk(settings).await;
    desk.watching().await;
    let mut invited = Vec::new();
    for n in 0..20 {
        let who = services.candidate(&format!("Candidate {n}"));
        services.to_phone_screen(&who);
        let told = desk.hears("a pad", pad_ready).await;
        let News::PadReady { pad, .. } = told.news else {
            continue;
        };
        let id = lever::OpportunityId::new(who.as_str());
        desk.handle.act(id, Action::MarkCopied).await.unwrap();
        invited.push((who, PadId::from(pad.as_str())));
    }
    let first_ms = services.clock.now_ms() + 2 * 3_600_000;
    services.world.with(|world| {
        for (n, (who, _)) in (0..).zip(&invited) {
            let user: UserId = world.lever.users.keys().next().cloned().unwrap();
            world.lever.opportunities.get_mut(who).unwrap().owner = Some(user);
            let starts_ms = first_ms + n * 24 * 60_000;
            world.schedule_interview(who, starts_ms, 45).unwrap();
        }
    });
    services.clock.sleep(HOUR + 36 * MINUTE).await;
    services.world.with(|world| world.journal.clear());
    for (_, pad) in &invited {
        services.clock.sleep(24 * MINUTE).await;
        services.world.with(|world| {
            for name in ["Candidate", "Interviewer"] {
                world.join(pad, guest(name)).unwrap();
            }
        });
    }
    let requests: u64 = services
        .world
        .with(|world| world.journal.counts().values().sum());
    let told = desk.announcements.try_recv();
    assert!(told.is_err(), "quiet: {told:?}");
    requests as f64 / 8.0
}

#[tokio::test(start_paused = true)]
async fn the_looks_around_twenty_interviews_a_day_cost_few_requests_an_hour() {
    let before = requests_in_a_quiet_hour(66, false).await;
    let after = requests_in_a_quiet_hour(66, true).await;
    println!("requests an hour with 20 interviews a day: {before} before, {after} after");
    assert!(after - before <= 12.0, "{before} before, {after} after");
}
