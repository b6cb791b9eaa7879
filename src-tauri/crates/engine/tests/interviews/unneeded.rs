//! Open pads that are no longer needed: named, kept, ended, deleted, and ended by a setting.

use padwatch_domain::activity::Activity;
use padwatch_domain::announcement::News;
use padwatch_domain::follow_through::Unneeded;
use padwatch_domain::problem::Problem;
use padwatch_domain::reason::Reason;
use padwatch_engine::snapshot::{Action, ActionKind, Remark, RowState};
use padwatch_engine::{Hint, HintSource};
use sandbox::{Effect, Matching, OtherStatus, Service, World};

use crate::desk::{START_MS, Services};
use crate::round::{HOUR, MINUTE, NAME, Round, acting, guest};

const END: &str = "PUT /api/pads/:id";
const HOUR_MS: i64 = 3_600_000;

async fn round(seed: u64, ends_by_itself: bool) -> Round {
    let services = Services::new(seed);
    let mut settings = acting(&services);
    settings.watch.every_seconds = 120;
    settings.guards.end_unneeded_pads = ends_by_itself;
    let round = Round::with(services, settings).await;
    round.wait(2 * MINUTE).await;
    round
}

/// Something happens in Lever, and the next looks see it.
async fn happens(round: &Round, what: impl FnOnce(&mut World)) {
    round.services.world.with(what);
    round.wait(5 * MINUTE).await;
}

async fn named(round: &Round) -> Option<Unneeded> {
    match round.row().await.remark {
        Some(Remark::Unneeded(leftover)) => Some(leftover.why),
        _ => None,
    }
}

async fn does(round: &Round, action: Action) -> Result<(), Problem> {
    round.desk.handle.act(round.id.clone(), action).await
}

async fn lines(round: &Round) -> Vec<(Activity, Reason)> {
    let detail = round.desk.handle.detail(round.id.clone()).await.unwrap();
    let lines = detail.timeline.into_iter();
    lines.map(|line| (line.what, line.why)).collect()
}

fn is_ended(round: &Round) -> bool {
    let seen = round.services.world.with(|world| world.pads());
    let pad = seen
        .into_iter()
        .find(|pad| pad.id.as_str() == round.pad.as_str());
    pad.unwrap().state == "ended"
}

#[tokio::test(start_paused = true)]
async fn each_reason_is_named_on_the_row_and_goes_when_it_is_undone() {
    let round = round(140, false).await;
    let who = round.who.clone();
    assert_eq!(named(&round).await, None);
    happens(&round, |world| world.archive(&who).unwrap()).await;
    assert_eq!(named(&round).await, Some(Unneeded::Archived));
    let row = round.row().await;
    for kind in [ActionKind::KeepPad, ActionKind::EndPad, ActionKind::Undo] {
        assert!(row.actions.contains(&kind), "{:?}", row.actions);
    }
    happens(&round, |world| world.unarchive(&who).unwrap()).await;
    assert_eq!(named(&round).await, None);
    happens(&round, |world| world.untag(&who, "coderpad").unwrap()).await;
    assert_eq!(named(&round).await, Some(Unneeded::TagRemoved));
    happens(&round, |world| world.tag(&who, "coderpad").unwrap()).await;
    assert_eq!(named(&round).await, None);
    happens(&round, |world| {
        world.move_to_stage(&who, "New applicant").unwrap();
    })
    .await;
    assert_eq!(named(&round).await, Some(Unneeded::MovedBack));
    happens(&round, |world| {
        world.move_to_stage(&who, "Phone Screen").unwrap();
    })
    .await;
    assert_eq!(named(&round).await, None);
    let actions = round.row().await.actions;
    assert!(!actions.contains(&ActionKind::EndPad), "{actions:?}");
    // Who moves on may still have the interview before them.
    happens(&round, |world| world.move_to_stage(&who, "Offer").unwrap()).await;
    assert_eq!(named(&round).await, None);
    assert!(!is_ended(&round), "nothing is done without a word");
}

#[tokio::test(start_paused = true)]
async fn a_pad_whose_interview_is_canceled_is_named_until_there_is_another() {
    let round = round(141, true).await;
    let who = round.who.clone();
    let schedule = |world: &mut World| {
        world
            .schedule_interview(&who, START_MS + 30 * HOUR_MS, 60)
            .unwrap()
    };
    let interview = round.services.world.with(schedule);
    round.wait(12 * MINUTE).await;
    happens(&round, |world| {
        world.cancel_interview(&who, &interview).unwrap();
    })
    .await;
    assert_eq!(named(&round).await, Some(Unneeded::InterviewCanceled));
    round.wait(2 * HOUR).await;
    assert!(!is_ended(&round), "there may be another interview");
    happens(&round, |world| drop(schedule(world))).await;
    assert_eq!(named(&round).await, None);
}

#[tokio::test(start_paused = true)]
async fn a_pad_that_is_kept_is_no_longer_asked_about_and_can_still_be_ended() {
    let round = round(142, true).await;
    let who = round.who.clone();
    happens(&round, |world| world.archive(&who).unwrap()).await;
    does(&round, Action::KeepPad).await.unwrap();
    assert_eq!(named(&round).await, None);
    round.wait(2 * HOUR).await;
    assert!(!is_ended(&round), "kept pads are not ended by the setting");
    assert!(
        lines(&round)
            .await
            .contains(&(Activity::PadKept, Reason::UserKeptPad))
    );
    let actions = round.row().await.actions;
    assert!(actions.contains(&ActionKind::EndPad) && !actions.contains(&ActionKind::KeepPad));
    assert!(does(&round, Action::KeepPad).await.is_err());
    does(&round, Action::EndPad).await.unwrap();
    assert!(is_ended(&round));
}

#[tokio::test(start_paused = true)]
async fn a_pad_that_is_ended_on_a_click_is_over_and_asks_nothing() {
    let mut round = round(143, false).await;
    let who = round.who.clone();
    // An interview was planned, and stays in Lever.
    happens(&round, |world| {
        world
            .schedule_interview(&who, START_MS + 30 * HOUR_MS, 60)
            .unwrap();
    })
    .await;
    happens(&round, |world| world.archive(&who).unwrap()).await;
    does(&round, Action::EndPad).await.unwrap();
    assert!(is_ended(&round));
    let row = round.row().await;
    assert_eq!((row.state, row.remark), (RowState::EndedNeverOpened, None));
    assert!(
        lines(&round)
            .await
            .contains(&(Activity::PadEnded, Reason::UserEndedPad))
    );
    round.wait(12 * HOUR).await;
    assert_eq!(round.row().await.state, RowState::EndedNeverOpened);
    assert!(round.desk.announcements.try_recv().is_err());
    // Its link is the record: it stays.
    let links = round.services.world.with(|world| world.links_of(&who));
    assert_eq!(links.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_pad_with_code_in_it_ends_as_an_interview_that_was_held() {
    let round = round(144, false).await;
    let who = round.who.clone();
    happens(&round, |world| {
        world.join(&round.pad, guest(NAME)).unwrap();
        world
            .write_code(&round.pad, guest(NAME), None, "1 + 1")
            .unwrap();
        world.leave(&round.pad, guest(NAME)).unwrap();
    })
    .await;
    happens(&round, |world| world.archive(&who).unwrap()).await;
    assert_eq!(named(&round).await, None, "they may come back to it");
    round.wait(3 * HOUR).await;
    assert_eq!(named(&round).await, Some(Unneeded::Archived));
    does(&round, Action::EndPad).await.unwrap();
    assert_eq!(round.row().await.state, RowState::Ended);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_ended_or_deleted_under_someone_who_is_in_the_pad() {
    let round = round(145, true).await;
    let who = round.who.clone();
    happens(&round, |world| world.archive(&who).unwrap()).await;
    assert_eq!(named(&round).await, Some(Unneeded::Archived));
    // CoderPad still calls the pad pending.
    round
        .services
        .world
        .with(|world| world.join(&round.pad, guest(NAME)).unwrap());
    for action in [Action::EndPad, Action::Undo] {
        let said = does(&round, action).await;
        assert_eq!(said, Err(Problem::SomeoneInPad));
    }
    round.wait(HOUR).await;
    assert!(!is_ended(&round));
    round
        .services
        .world
        .with(|world| world.leave(&round.pad, guest(NAME)).unwrap());
    round.wait(3 * HOUR).await;
    assert!(is_ended(&round), "the setting ends it once it is empty");
}

#[tokio::test(start_paused = true)]
async fn the_setting_ends_a_pad_after_a_while_with_its_reason() {
    let mut round = round(146, true).await;
    let who = round.who.clone();
    happens(&round, |world| world.untag(&who, "coderpad").unwrap()).await;
    assert!(!is_ended(&round));
    // Back in time: it was a mistake.
    happens(&round, |world| world.tag(&who, "coderpad").unwrap()).await;
    round.wait(HOUR).await;
    assert!(!is_ended(&round));
    round.forget_requests();
    happens(&round, |world| world.archive(&who).unwrap()).await;
    round.wait(25 * MINUTE).await;
    assert!(is_ended(&round));
    assert_eq!(round.asked(END), 1);
    let why = Unneeded::Archived;
    let line = (Activity::PadEnded, Reason::EndedBySetting { why });
    assert!(lines(&round).await.contains(&line));
    assert_eq!(round.row().await.state, RowState::EndedNeverOpened);
    while let Ok(told) = round.desk.announcements.try_recv() {
        // The last tag in the account is gone for a while.
        assert_eq!(told.news.who(), None, "{told:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn without_an_answer_nothing_is_ended_and_it_is_tried_again() {
    let mut round = round(147, true).await;
    let who = round.who.clone();
    let events = Matching::of(Service::CoderPad, "GET", "/api/pads/*/events");
    let down = Effect::Status(OtherStatus::page(503));
    round
        .services
        .world
        .with(|world| world.faults.always(events, down));
    happens(&round, |world| world.archive(&who).unwrap()).await;
    let said = does(&round, Action::EndPad).await;
    assert!(matches!(said, Err(Problem::ServiceDown { .. })), "{said:?}");
    assert_eq!(named(&round).await, Some(Unneeded::Archived));
    round.forget_requests();
    round.wait(HOUR).await;
    assert!(!is_ended(&round));
    assert_eq!(round.asked(END), 0);
    let asked = round.asked("GET /api/pads/:id/events");
    assert!(asked <= 5, "{asked}");
    round.services.world.with(|world| world.faults.clear());
    round.desk.handle.hint(Hint {
        opportunity: None,
        from: HintSource::Person,
    });
    round.wait(HOUR).await;
    assert!(is_ended(&round));
    while let Ok(told) = round.desk.announcements.try_recv() {
        assert!(
            !matches!(told.news, News::Finished { .. } | News::Asks { .. }),
            "{told:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn the_setting_leaves_alone_whom_lever_shows_as_back() {
    let round = round(148, true).await;
    let who = round.who.clone();
    happens(&round, |world| world.archive(&who).unwrap()).await;
    // The lists don't show it yet; reading the candidate does.
    let lists = Matching::of(Service::Lever, "GET", "/v1/opportunities");
    let down = Effect::Status(OtherStatus::page(503));
    round.services.world.with(|world| {
        world.faults.always(lists, down);
        world.unarchive(&who).unwrap();
    });
    round.wait(HOUR).await;
    assert!(!is_ended(&round));
}

#[tokio::test(start_paused = true)]
async fn someone_who_moved_on_and_is_hired_later_is_noticed_too() {
    let round = round(149, false).await;
    let who = round.who.clone();
    happens(&round, |world| {
        world.move_to_stage(&who, "On-site").unwrap();
    })
    .await;
    assert_eq!(named(&round).await, None);
    // Who left is in no list any longer.
    round
        .services
        .world
        .with(|world| world.archive(&who).unwrap());
    round.forget_requests();
    round.wait(13 * HOUR).await;
    assert_eq!(named(&round).await, Some(Unneeded::Archived));
    let read = round.asked("GET /v1/opportunities/:id");
    assert!(read <= 6, "{read}");
}
