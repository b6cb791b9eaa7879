use padwatch_domain::announcement::News;
use padwatch_domain::problem::Problem;
use padwatch_domain::section::Section;
use padwatch_domain::settings::Settings;
use padwatch_engine::snapshot::{Action, Condition, RowState};
use padwatch_engine::{Hint, HintSource};
use sandbox::{Candidate, Effect, Matching, OtherStatus, Service};
use tokio::sync::mpsc;

use crate::desk::{Services, pad_ready};
use crate::round::{DAY, HOUR, MINUTE, NAME, Round, finished, guest, patient};
use padwatch_domain::reason::Reason;

const LISTING: &str = "GET /api/pads";

#[tokio::test(start_paused = true)]
async fn a_held_interview_is_told_once_with_its_playback_and_finishes_the_row() {
    let mut round = Round::new(1).await;
    round.play_and_end().await;
    let told = round.desk.hears("the end", finished).await;
    let News::Finished {
        who,
        playback,
        by_itself,
        ..
    } = told.news
    else {
        panic!("{told:?}")
    };
    assert_eq!((who.name.as_str(), by_itself), (NAME, false));
    assert!(playback.ends_with("/playback"), "{playback}");
    let row = round.row().await;
    assert_eq!(
        (row.section, row.state),
        (Section::Finished, RowState::Ended)
    );
    round.wait(12 * HOUR).await;
    assert!(round.desk.announcements.try_recv().is_err(), "told once");
    let snapshot = round.desk.handle.snapshot();
    assert_eq!(snapshot.finished.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn whoever_checks_now_or_wakes_the_computer_hears_of_an_end_at_once() {
    for (seed, from) in [(12, HintSource::Person), (13, HintSource::Wake)] {
        let mut round = Round::new(seed).await;
        round.play_and_end().await;
        let before = round.now_ms();
        round.desk.handle.hint(Hint {
            opportunity: None,
            from,
        });
        round.desk.hears("the end", finished).await;
        let took = round.now_ms() - before;
        assert!(took <= 5_000, "told after {took} ms");
    }
}

#[tokio::test(start_paused = true)]
async fn an_end_is_told_within_minutes_although_lists_are_late() {
    let mut round = Round::new(2).await;
    round.services.world.with(|world| {
        world.switch(|switches| {
            switches.coderpad.lists.value_lag_ms = 60_000;
            switches.coderpad.lists.membership_lag_ms = 60_000;
        });
    });
    round.play_and_end().await;
    let before = round.now_ms();
    round.desk.hears("the end", finished).await;
    let took = round.now_ms() - before;
    assert!(took <= 7 * 60_000, "told after {took} ms");
}

#[tokio::test(start_paused = true)]
async fn somebody_at_work_shows_and_is_looked_at_every_minute() {
    let round = Round::new(3).await;
    let ada = guest(NAME);
    round.services.world.with(|world| {
        world.join(&round.pad, ada).unwrap();
        world.type_code(&round.pad, ada, None, "x = 1\n").unwrap();
    });
    round.wait(6 * MINUTE).await;
    assert_eq!(round.row().await.state, RowState::InterviewLive);
    round.forget_requests();
    round.wait(30 * MINUTE).await;
    let looks = round.asked(LISTING);
    assert!((25..=32).contains(&looks), "{looks} in half an hour");
    round.wait(4 * HOUR).await;
    round.forget_requests();
    round.wait(HOUR).await;
    let looks = round.asked(LISTING);
    assert!(
        looks <= 13,
        "nobody is at work any more: {looks} in an hour"
    );
}

#[tokio::test(start_paused = true)]
async fn an_auto_ended_pad_is_told_as_such_unless_it_was_never_opened() {
    let round = Round::new(4).await;
    round.wait(40 * MINUTE).await;
    round
        .services
        .world
        .with(|world| world.play_interview(&round.pad, NAME).unwrap());
    round.wait(HOUR).await;
    let mut round = round.off_for(7 * DAY - 2 * HOUR).await;
    let told = round.desk.hears("the end", finished).await;
    assert!(
        matches!(
            told.news,
            News::Finished {
                by_itself: true,
                ..
            }
        ),
        "{told:?}"
    );
    assert_eq!(round.row().await.state, RowState::EndedByItself);

    let mut other = Round::new(5).await;
    other
        .services
        .world
        .with(|world| world.end_interview(&other.pad).unwrap());
    other.wait(20 * MINUTE).await;
    let row = other.row().await;
    assert_eq!(row.state, RowState::EndedNeverOpened);
    assert!(
        other.desk.announcements.try_recv().is_err(),
        "not a held one"
    );
}

#[tokio::test(start_paused = true)]
async fn an_unknown_state_is_no_end() {
    let round = Round::new(6).await;
    round
        .services
        .world
        .with(|world| world.switch(|switches| switches.coderpad.unknown_state = true));
    round.wait(12 * HOUR).await;
    assert_eq!(round.row().await.section, Section::ToSend);
}

#[tokio::test(start_paused = true)]
async fn a_pad_deleted_in_coderpad_is_noticed_and_asked_about() {
    let mut round = Round::new(7).await;
    round.wait(20 * MINUTE).await;
    round
        .services
        .world
        .with(|world| world.delete_pad(&round.pad).unwrap());
    let told = round
        .desk
        .hears("a question", |news| matches!(news, News::Asks { .. }))
        .await;
    let is_deletion =
        matches!(told.news, News::Asks { question, .. } if question == Reason::AskAfterDeletion);
    assert!(is_deletion);
    assert_eq!(round.row().await.state, RowState::PadDeleted);
}

#[tokio::test(start_paused = true)]
async fn a_pad_of_somebody_else_is_kept_and_said_to_be_theirs() {
    let services = Services::new(8);
    let who = services.candidate(NAME);
    services.world.with(|world| {
        let link = "https://app.coderpad.io/STRANGE1";
        world.add_link(&who, link).unwrap();
    });
    let mut desk = services.desk(patient(Settings::default())).await;
    desk.watching().await;
    services.to_phone_screen(&who);
    let asks = |news: &News| matches!(news, News::Asks { .. });
    desk.hears("a question", asks).await;
    let id = lever::OpportunityId::new(who.as_str());
    desk.handle.act(id.clone(), Action::UseLink).await.unwrap();
    desk.hears("a pad", pad_ready).await;
    services.clock.sleep(DAY + 6 * HOUR).await;
    let row = desk.handle.detail(id.clone()).await.unwrap().row;
    assert_eq!(row.state, RowState::ExistingPad);
    assert_eq!(desk.handle.snapshot().condition, Condition::Watching);
    let problem = desk.handle.finished_view(id).await.unwrap_err();
    assert_eq!(problem, Problem::InterviewNotEnded);
}

#[tokio::test(start_paused = true)]
async fn a_used_up_allowance_and_an_outage_do_not_lose_an_end() {
    let mut round = Round::new(9).await;
    round.services.world.with(|world| {
        world.coderpad.quota.used = world.coderpad.quota.limit;
        let list = Matching::of(Service::CoderPad, "GET", "/api/pads");
        world
            .faults
            .once(list, Effect::Status(OtherStatus::page(503)));
        let events = Matching::of(Service::CoderPad, "GET", "/api/pads/*/events");
        for _ in 0..6 {
            world
                .faults
                .once(events.clone(), Effect::Status(OtherStatus::of(500)));
        }
    });
    round.wait(2 * HOUR).await;
    round.play_and_end().await;
    round.desk.hears("the end", finished).await;
}

#[tokio::test(start_paused = true)]
async fn an_end_while_the_computer_was_off_is_found_at_the_next_start() {
    let round = Round::new(10).await;
    round.wait(HOUR).await;
    let Round {
        services,
        desk,
        pad,
        ..
    } = round;
    let folder = desk.close().await;
    services.clock.sleep(2 * DAY).await;
    services.world.with(|world| {
        world.play_interview(&pad, NAME).unwrap();
        world.end_interview(&pad).unwrap();
        // What others did since then lies above it in the list.
        let owner = world.coderpad.people.keys().next().cloned().unwrap();
        for n in 0..120 {
            world.make_pad_by_hand(&owner, &format!("Other {n}"), None);
        }
    });
    services.clock.sleep(DAY).await;
    let mut again = services.desk_in(folder, Settings::default()).await;
    let before = services.clock.now_ms();
    again.hears("the end", finished).await;
    assert!(services.clock.now_ms() - before < 60_000);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes a minute: cargo xtask test --only long"]
async fn five_hundred_open_pads_cost_at_most_a_request_a_minute_at_rest() {
    let services = Services::new(11);
    let people: Vec<_> = services.world.with(|world| {
        world.coderpad.quota.limit = 1_000_000;
        (0..500)
            .map(|n| {
                world
                    .add_candidate(Candidate {
                        name: format!("Candidate {n}"),
                        tags: vec!["coderpad".to_owned()],
                        stage: Some("Recruiter Call".to_owned()),
                        ..Candidate::default()
                    })
                    .unwrap()
            })
            .collect()
    });
    let mut settings = patient(Settings::default());
    settings.guards.surge_limit = 1_000_000;
    let mut desk = services.desk(settings).await;
    let mut news = std::mem::replace(&mut desk.announcements, mpsc::channel(1).1);
    tokio::spawn(async move { while news.recv().await.is_some() {} });
    desk.watching().await;
    for id in &people {
        services.to_phone_screen(id);
    }
    desk.until("all made", |snapshot| snapshot.counts.to_send == 500)
        .await;
    services.clock.sleep(HOUR).await;
    services.world.with(|world| world.journal.clear());
    let hours = 20;
    services.clock.sleep(hours * HOUR).await;
    services.world.with(|world| {
        let all: u64 = world.journal.counts().values().sum();
        let polls = world.journal.count("GET /v1/opportunities");
        let account = world.journal.count("GET /v1/stages") + world.journal.count("GET /v1/tags");
        let followed = all - polls - account - world.journal.count("GET /api/quota");
        let minutes = u64::from(hours) * 60;
        println!(
            "{followed} requests in {minutes} minutes: {:?}",
            world.journal.counts()
        );
        assert!(followed <= minutes, "{:?}", world.journal.counts());
        assert!(world.journal.count("GET /v1/opportunities/:id/interviews") >= 450);
        assert_eq!(world.journal.violations(), Vec::<String>::new());
    });
}
