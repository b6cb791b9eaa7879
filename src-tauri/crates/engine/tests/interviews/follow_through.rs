//! What follows when plans change: an interview that is rescheduled after the candidate was invited.

use std::time::Duration;

use padwatch_domain::activity::Activity;
use padwatch_domain::announcement::News;
use padwatch_domain::interview::readiness::{Finding, Findings};
use padwatch_engine::snapshot::{Action, Remark};
use padwatch_engine::{Hint, HintSource};
use sandbox::{Effect, Matching, OtherStatus, Service};

use crate::desk::{START_MS, Services};
use crate::round::{HOUR, MINUTE, NAME, Round, acting, guest};

const HOUR_MS: i64 = 3_600_000;
const FIRST_MS: i64 = START_MS + 5 * HOUR_MS;
const SECOND_MS: i64 = START_MS + 8 * HOUR_MS;
const INTERVIEWS: &str = "GET /v1/opportunities/:id/interviews";

/// A round whose interview is in five hours, as the engine knows.
async fn planned(seed: u64) -> (Round, String) {
    let services = Services::new(seed);
    let mut settings = acting(&services);
    settings.watch.every_seconds = 120;
    let round = Round::with(services, settings).await;
    let schedule =
        |world: &mut sandbox::World| world.schedule_interview(&round.who, FIRST_MS, 60).unwrap();
    let interview = round.services.world.with(schedule);
    round.wait(20 * MINUTE).await;
    assert_eq!(round.row().await.times.interview_ms, Some(FIRST_MS));
    (round, interview)
}

async fn does(round: &Round, action: Action) {
    let id = round.id.clone();
    round.desk.handle.act(id, action).await.unwrap();
}

/// Moves the interview, and waits until the next looks have seen it.
async fn moved(round: &Round, interview: &str, starts_ms: i64) {
    round.services.world.with(|world| {
        let moved = world.move_interview(&round.who, interview, starts_ms);
        moved.unwrap();
    });
    round.wait(5 * MINUTE).await;
    assert_eq!(round.row().await.times.interview_ms, Some(starts_ms));
}

async fn shows_old_time(round: &Round) -> bool {
    round.row().await.remark == Some(Remark::OldTime)
}

fn invited(starts_ms: i64) -> Action {
    Action::MarkInvited { starts_ms }
}

#[tokio::test(start_paused = true)]
async fn a_rescheduled_interview_is_remarked_until_it_is_invited_to_again() {
    let (round, interview) = planned(100).await;
    does(&round, invited(FIRST_MS)).await;
    assert!(!shows_old_time(&round).await);
    moved(&round, &interview, SECOND_MS).await;
    assert!(shows_old_time(&round).await);
    // What was copied with the old time still shows it.
    does(&round, Action::MarkCopied).await;
    assert!(shows_old_time(&round).await);
    does(&round, invited(SECOND_MS)).await;
    assert!(!shows_old_time(&round).await);
    // Moved again, and back to the time that the invitation names.
    moved(&round, &interview, FIRST_MS).await;
    assert!(shows_old_time(&round).await);
    moved(&round, &interview, SECOND_MS).await;
    assert!(!shows_old_time(&round).await);
    let detail = round.desk.handle.detail(round.id.clone()).await.unwrap();
    let lines = detail.timeline.iter().map(|line| &line.what);
    let moves = lines.filter(|what| **what == Activity::InterviewMoved);
    assert_eq!(moves.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_canceled_interview_has_no_old_time_until_there_is_a_new_one() {
    let (round, interview) = planned(101).await;
    does(&round, invited(FIRST_MS)).await;
    round.services.world.with(|world| {
        world.cancel_interview(&round.who, &interview).unwrap();
    });
    round.wait(5 * MINUTE).await;
    assert_eq!(round.row().await.times.interview_ms, None);
    assert!(!shows_old_time(&round).await);
    let again =
        |world: &mut sandbox::World| world.schedule_interview(&round.who, SECOND_MS, 60).unwrap();
    round.services.world.with(again);
    round.wait(5 * MINUTE).await;
    assert!(shows_old_time(&round).await);
}

#[tokio::test(start_paused = true)]
async fn a_link_that_was_copied_alone_is_invited_to_again_by_another_copy() {
    let (round, interview) = planned(102).await;
    does(&round, Action::MarkCopied).await;
    moved(&round, &interview, SECOND_MS).await;
    assert!(shows_old_time(&round).await);
    does(&round, Action::MarkCopied).await;
    assert!(!shows_old_time(&round).await);
    // A copy that is taken back invited nobody.
    moved(&round, &interview, FIRST_MS).await;
    does(&round, Action::MarkSent { sent: false }).await;
    assert!(!shows_old_time(&round).await);
}

#[tokio::test(start_paused = true)]
async fn an_invitation_with_a_newer_time_than_the_last_look_is_not_called_old() {
    let (round, interview) = planned(103).await;
    round.services.world.with(|world| {
        let moved = world.move_interview(&round.who, &interview, SECOND_MS);
        moved.unwrap();
    });
    does(&round, invited(SECOND_MS)).await;
    assert!(!shows_old_time(&round).await);
    round.forget_requests();
    round.wait(MINUTE).await;
    assert!(!shows_old_time(&round).await);
    assert_eq!(round.asked(INTERVIEWS), 1, "asked at once");
    assert_eq!(round.row().await.times.interview_ms, Some(SECOND_MS));
}

#[tokio::test(start_paused = true)]
async fn an_invitation_that_was_read_before_the_move_is_read_again() {
    let (round, interview) = planned(107).await;
    let starts_ms = async |round: &Round| {
        let facts = round.desk.handle.invitation(round.id.clone()).await;
        facts.unwrap().meeting.map(|meeting| meeting.starts_ms)
    };
    assert_eq!(starts_ms(&round).await, Some(FIRST_MS));
    round.services.world.with(|world| {
        let moved = world.move_interview(&round.who, &interview, SECOND_MS);
        moved.unwrap();
    });
    assert_eq!(starts_ms(&round).await, Some(FIRST_MS), "kept for a while");
    round.desk.handle.hint(Hint {
        opportunity: None,
        from: HintSource::Person,
    });
    round.wait(Duration::from_secs(20)).await;
    assert_eq!(starts_ms(&round).await, Some(SECOND_MS));
}

#[tokio::test(start_paused = true)]
async fn an_old_time_is_told_before_the_interview_and_ends_with_it() {
    let (mut round, interview) = planned(104).await;
    does(&round, invited(FIRST_MS)).await;
    moved(&round, &interview, SECOND_MS).await;
    let not_ready = |news: &News| matches!(news, News::NotReady { .. });
    let told = round.desk.hears("what is off", not_ready).await;
    let wrong = |findings: &Findings| findings.iter().any(|found| found == Finding::OldTime);
    assert!(
        matches!(&told.news, News::NotReady { starts_ms, findings, .. }
            if *starts_ms == SECOND_MS && wrong(findings)),
        "{told:?}"
    );
    round.wait(17 * MINUTE).await;
    assert!(shows_old_time(&round).await, "the candidate may come later");
    round
        .services
        .world
        .with(|world| world.play_interview(&round.pad, NAME).unwrap());
    round.wait(5 * MINUTE).await;
    assert!(!shows_old_time(&round).await, "they have met");
}

#[tokio::test(start_paused = true)]
async fn an_old_time_ends_with_the_interview_also_when_nobody_came() {
    let (round, interview) = planned(105).await;
    does(&round, invited(FIRST_MS)).await;
    moved(&round, &interview, SECOND_MS).await;
    round
        .services
        .world
        .with(|world| world.join(&round.pad, guest(NAME)).unwrap());
    let until_over = SECOND_MS + HOUR_MS + 60_000 - round.now_ms();
    let until_over = Duration::from_millis(until_over.try_into().unwrap());
    round.wait(until_over).await;
    assert_eq!(round.row().await.remark, None);
}

#[tokio::test(start_paused = true)]
async fn while_lever_does_not_answer_no_time_is_called_old() {
    let (round, interview) = planned(106).await;
    does(&round, invited(FIRST_MS)).await;
    let interviews = Matching::of(Service::Lever, "GET", "/v1/opportunities/*/interviews");
    let down = Effect::Status(OtherStatus::page(503));
    round
        .services
        .world
        .with(|world| world.faults.always(interviews, down));
    round.services.world.with(|world| {
        let moved = world.move_interview(&round.who, &interview, SECOND_MS);
        moved.unwrap();
    });
    round.wait(HOUR).await;
    assert!(!shows_old_time(&round).await);
    round.services.world.with(|world| world.faults.clear());
    round.wait(HOUR).await;
    assert!(shows_old_time(&round).await);
}
