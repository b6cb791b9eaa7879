//! The tag taken off and put on by the person's word.

use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_domain::reason::Reason;
use padwatch_domain::section::Section;
use padwatch_engine::snapshot::{Action, ActionKind, RowState};
use sandbox::{Effect, Matching, OpportunityId, OtherStatus, Service};

use crate::desk::{Desk, Services};
use crate::office::{HOUR, MAKE, MINUTE, id, settings};

fn tags(services: &Services, candidate: &OpportunityId) -> Vec<String> {
    services
        .world
        .with(|world| world.lever.opportunities[candidate].tags.clone())
}

fn stage(services: &Services, candidate: &OpportunityId) -> String {
    services.world.with(|world| {
        let at = &world.lever.opportunities[candidate].stage;
        let mut stages = world.lever.stages.iter();
        stages.find(|stage| stage.id == *at).unwrap().text.clone()
    })
}

/// Someone in Phone Screen whose tag the person took off before there was a pad.
async fn untagged(services: &Services) -> (OpportunityId, Desk) {
    let ada = services.candidate("Ada Example");
    let hold = settings(|settings| settings.guards.hold_seconds = 30);
    let desk = services.desk(hold).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.until("noticed", |snapshot| snapshot.counts.waiting == 1)
        .await;
    desk.act(&ada, Action::RemoveTag).await;
    assert_eq!(tags(services, &ada), Vec::<String>::new());
    (ada, desk)
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn taking_the_tag_off_leaves_no_pad_whatever_is_going_on() {
    let services = Services::new(609);
    let ada = services.candidate("Ada Example");
    let hold = settings(|settings| settings.guards.hold_seconds = 30);
    let desk = services.desk(hold).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.until("noticed", |snapshot| snapshot.counts.waiting == 1)
        .await;
    services.world.with(|world| {
        let removing = Matching::of(Service::Lever, "POST", "/v1/opportunities/*/removeTags");
        world.faults.once(removing, Effect::Delay { ms: 40_000 });
    });
    desk.act(&ada, Action::RemoveTag).await;
    assert_eq!(tags(&services, &ada), Vec::<String>::new());
    services.wait(HOUR).await;
    assert_eq!(services.count(MAKE), 0);
    assert_eq!(desk.row(&ada).await.section, Section::SetAside);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn putting_the_tag_on_again_moves_nothing_and_lets_the_rules_decide_again() {
    // At once, while the last look still has them with the tag, and long after.
    for (seed, wait) in [(612, 0), (615, 1)] {
        let services = Services::new(seed);
        let (ada, desk) = untagged(&services).await;
        services.wait(HOUR * wait).await;
        assert_eq!(services.count(MAKE), 0);
        let row = desk.row(&ada).await;
        assert!(row.actions.contains(&ActionKind::AddTag), "{row:?}");
        assert!(!row.actions.contains(&ActionKind::RemoveTag), "{row:?}");
        desk.act(&ada, Action::AddTag).await;
        assert_eq!(tags(&services, &ada), ["coderpad"]);
        assert_eq!(stage(&services, &ada), "Phone Screen");
        desk.linked(1).await;
        assert_eq!(services.count(MAKE), 1);
    }
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn the_tag_on_somebody_who_is_in_no_watched_stage_waits_for_the_stage() {
    let services = Services::new(613);
    let (ada, desk) = untagged(&services).await;
    services
        .world
        .with(|world| world.move_to_stage(&ada, "On-site").unwrap());
    desk.act(&ada, Action::AddTag).await;
    services.wait(HOUR).await;
    assert_eq!(services.count(MAKE), 0);
    assert_eq!(stage(&services, &ada), "On-site");
    assert_eq!(desk.row(&ada).await.section, Section::SetAside);
    services.to_phone_screen(&ada);
    desk.linked(1).await;
    assert_eq!(services.count(MAKE), 1);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_tag_that_lever_refuses_changes_nothing_and_names_the_permission() {
    let services = Services::new(614);
    let (ada, desk) = untagged(&services).await;
    services.world.with(|world| {
        let adding = Matching::of(Service::Lever, "POST", "/v1/opportunities/*/addTags");
        world
            .faults
            .once(adding, Effect::Status(OtherStatus::of(403)));
    });
    let problem = desk.handle.act(id(&ada), Action::AddTag).await.unwrap_err();
    assert_eq!(problem.code(), ProblemCode::LeverNotAllowed, "{problem:?}");
    let permission = "Add opportunity tags".to_owned();
    assert_eq!(problem, Problem::LeverPermissionMissing { permission });
    let row = desk.row(&ada).await;
    assert_eq!(row.state, RowState::NoPadWanted);
    desk.act(&ada, Action::AddTag).await;
    desk.linked(1).await;
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_tag_removed_in_lever_is_named_and_the_pad_stays() {
    let services = Services::new(616);
    let ada = services.candidate("Ada Example");
    let desk = services.desk(settings(|_| {})).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.linked(1).await;
    let untag = |world: &mut sandbox::World| world.untag(&ada, "coderpad").unwrap();
    services.world.with(untag);
    services.wait(5 * MINUTE).await;

    let row = desk.row(&ada).await;
    assert_eq!(row.state, RowState::TagRemoved);
    assert_eq!(row.reason, Reason::TagRemovedPadStays);
    assert_eq!(row.section, Section::ToSend);
    assert!(row.pad.is_some(), "{row:?}");
    assert!(row.actions.contains(&ActionKind::Undo), "{row:?}");

    let tag = |world: &mut sandbox::World| world.tag(&ada, "coderpad").unwrap();
    services.world.with(tag);
    services.wait(5 * MINUTE).await;
    assert_eq!(desk.row(&ada).await.state, RowState::Ready);
    assert_eq!(services.count(MAKE), 1);
}
