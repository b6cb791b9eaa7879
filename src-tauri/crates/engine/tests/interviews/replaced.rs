//! A pad that takes another one's place: the old link goes off the profile, or the row says why not.

use std::time::Duration;

use padwatch_domain::announcement::News;
use padwatch_domain::reason::Reason;
use padwatch_engine::snapshot::{Action, ActionKind, RowState};
use sandbox::{Effect, Matching, OtherStatus, Service};

use crate::desk::{START_MS, Services, pad_ready};
use crate::round::{HOUR, MINUTE, Round, acting};

const REMOVE: &str = "POST /v1/opportunities/:id/removeLinks";

/// A round whose pad ended before its interview, and is to be replaced.
async fn ended_early(seed: u64) -> Round {
    let services = Services::new(seed);
    let mut settings = acting(&services);
    settings.watch.every_seconds = 120;
    let mut round = Round::with(services, settings).await;
    round.services.world.with(|world| {
        let starts_ms = START_MS + 48 * 3_600_000;
        world.schedule_interview(&round.who, starts_ms, 45).unwrap();
    });
    round.wait(20 * MINUTE).await;
    round
        .services
        .world
        .with(|world| world.end_interview(&round.pad).unwrap());
    let asks = |news: &News| matches!(news, News::Asks { .. });
    round.desk.hears("the question", asks).await;
    let row = round.row().await;
    assert!(row.actions.contains(&ActionKind::MakeNow));
    assert!(
        matches!(&row.reason, Reason::EndedBeforeInterview { link } if link.contains(round.pad.as_str()))
    );
    round
}

async fn replaced(round: &mut Round) {
    let id = round.id.clone();
    round.desk.handle.act(id, Action::MakeNow).await.unwrap();
    round.desk.hears("another pad", pad_ready).await;
    round.wait(Duration::from_secs(10)).await;
}

fn links(round: &Round) -> Vec<String> {
    round
        .services
        .world
        .with(|world| world.links_of(&round.who))
}

fn has_old_link(round: &Round) -> bool {
    links(round)
        .iter()
        .any(|link| link.contains(round.pad.as_str()))
}

#[tokio::test(start_paused = true)]
async fn the_link_of_a_replaced_pad_is_taken_off_the_profile_and_named() {
    let mut round = ended_early(120).await;
    assert_eq!(links(&round).len(), 1);
    replaced(&mut round).await;
    let row = round.row().await;
    assert_eq!(row.state, RowState::Ready);
    let new = row.pad.unwrap();
    assert_eq!(links(&round), [new.link]);
    assert!(
        matches!(&row.reason, Reason::LinkReplaced { link } if link.contains(round.pad.as_str()))
    );
    assert_eq!(round.asked(REMOVE), 1);
    round.wait(HOUR).await;
    assert_eq!(round.asked(REMOVE), 1);
}

#[tokio::test(start_paused = true)]
async fn an_old_link_in_another_spelling_goes_and_other_links_stay() {
    let mut round = ended_early(121).await;
    let own = links(&round).remove(0);
    let spelt = format!("{own}/?from=mail");
    let others = "https://example.test/portfolio";
    round.services.world.with(|world| {
        world.remove_link(&round.who, &own).unwrap();
        world.add_link(&round.who, &spelt).unwrap();
        world.add_link(&round.who, others).unwrap();
    });
    replaced(&mut round).await;
    let new = round.row().await.pad.unwrap();
    assert_eq!(links(&round), [others.to_owned(), new.link]);
}

#[tokio::test(start_paused = true)]
async fn a_key_that_may_not_remove_links_is_said_on_the_row_and_the_pad_is_ready() {
    let mut round = ended_early(122).await;
    let may = |round: &Round, may: bool| {
        let what = "Remove opportunity links".to_owned();
        round.services.world.with(|world| {
            for key in world.lever.keys.values_mut() {
                match may {
                    true => key.missing.remove(&what),
                    false => key.missing.insert(what.clone()),
                };
            }
        });
    };
    may(&round, false);
    replaced(&mut round).await;
    let row = round.row().await;
    assert_eq!(row.state, RowState::ReadyOldLinkStays);
    assert!(row.actions.contains(&ActionKind::MarkCopied));
    assert!(
        matches!(&row.reason, Reason::OldLinkStays { link, .. } if link.contains(round.pad.as_str()))
    );
    assert!(has_old_link(&round));
    let new = row.pad.unwrap();
    assert!(links(&round).contains(&new.link));
    round.wait(3 * HOUR).await;
    assert!(round.asked(REMOVE) <= 6, "{}", round.asked(REMOVE));
    // By now it may.
    may(&round, true);
    round.wait(HOUR).await;
    assert!(!has_old_link(&round));
    assert_eq!(round.row().await.state, RowState::Ready);
}

#[tokio::test(start_paused = true)]
async fn an_old_link_that_lever_does_not_find_is_said_and_one_removed_by_hand_is_enough() {
    let mut round = ended_early(123).await;
    let removing = Matching::of(Service::Lever, "POST", "/v1/opportunities/*/removeLinks");
    let not_found = Effect::Status(OtherStatus::of(404));
    round
        .services
        .world
        .with(|world| world.faults.always(removing, not_found));
    replaced(&mut round).await;
    assert_eq!(round.row().await.state, RowState::ReadyOldLinkStays);
    let old = links(&round).remove(0);
    round
        .services
        .world
        .with(|world| world.remove_link(&round.who, &old).unwrap());
    round.wait(HOUR).await;
    assert_eq!(round.row().await.state, RowState::Ready);
}

#[tokio::test(start_paused = true)]
async fn while_lever_does_not_answer_the_old_link_waits_and_the_interview_is_followed() {
    let mut round = ended_early(124).await;
    let removing = Matching::of(Service::Lever, "POST", "/v1/opportunities/*/removeLinks");
    let down = Effect::Status(OtherStatus::page(503));
    round
        .services
        .world
        .with(|world| world.faults.always(removing, down));
    replaced(&mut round).await;
    let row = round.row().await;
    assert!(row.actions.contains(&ActionKind::MarkCopied), "{row:?}");
    assert!(has_old_link(&round));
    round.services.world.with(|world| world.faults.clear());
    round.wait(HOUR).await;
    assert!(!has_old_link(&round));
    let row = round.row().await;
    assert_eq!(row.state, RowState::Ready);
    assert!(row.on_profile);
}

#[tokio::test(start_paused = true)]
async fn the_end_of_an_interview_is_noticed_although_the_old_link_stays() {
    let mut round = ended_early(125).await;
    let removing = Matching::of(Service::Lever, "POST", "/v1/opportunities/*/removeLinks");
    let refused = Effect::Status(OtherStatus::of(403));
    round
        .services
        .world
        .with(|world| world.faults.always(removing, refused));
    replaced(&mut round).await;
    let new = round.row().await.pad.unwrap();
    round.wait(48 * HOUR).await;
    round.services.world.with(|world| {
        let pad = sandbox::PadId::from(new.id.as_str());
        world.play_interview(&pad, crate::round::NAME).unwrap();
        world.end_interview(&pad).unwrap();
    });
    round.desk.hears("the end", crate::round::finished).await;
    let row = round.row().await;
    assert_eq!(row.state, RowState::Ended);
}
