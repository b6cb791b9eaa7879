//! What the keys may not do: named once; what needs it waits, and the rest continues.

use padwatch_domain::announcement::News;
use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_domain::settings::Settings;

use crate::desk::{Services, pad_ready};
use crate::office::{HOUR, MINUTE, settings};
use crate::outages::{codes, hindered_by, lever_key};

/// The key lacks a permission from some time on; it is named, and what needs it waits.
async fn lacks(seed: u64, permission: &str, pads: usize) {
    let services = Services::new(seed);
    let people = services.candidates(2);
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services
        .world
        .with(|world| lever_key(world).missing.insert(permission.to_owned()));
    for one in &people {
        services.to_phone_screen(one);
    }
    let heard = desk.hears_within(5 * HOUR).await;
    let told: Vec<&News> = heard.iter().filter(|news| !pad_ready(news)).collect();
    assert!(
        matches!(told.as_slice(), [News::Hindered { problem: Problem::LeverPermissionMissing { permission: named } }]
            if named == permission),
        "{permission}: {told:?}"
    );
    assert!(
        hindered_by(&desk, ProblemCode::LeverNotAllowed),
        "{permission}"
    );
    assert_eq!(services.pads().len(), pads, "{permission}");
    let requests = services.requests();
    services.wait(HOUR).await;
    assert!(
        // 120 polls and 60 readings of the tag list, and what is tried again.
        services.requests() - requests < 260,
        "{permission}: it hammers"
    );

    services
        .world
        .with(|world| lever_key(world).missing.clear());
    desk.linked(2).await;
    let rest = desk.hears_within(HOUR).await;
    let going_on = rest
        .iter()
        .filter(|news| matches!(news, News::Recovered { .. }))
        .count();
    assert_eq!(going_on, 1, "{permission}: {rest:?}");
    desk.watching().await;
    assert_eq!(services.pads().len(), 2, "{permission}");
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn without_the_permission_to_add_links_pads_are_ready_and_the_links_wait() {
    lacks(310, "Add opportunity links", 2).await;
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn without_the_permission_to_read_one_candidate_pads_wait() {
    lacks(311, "Find an opportunity", 0).await;
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn without_the_permission_to_list_candidates_pads_wait() {
    lacks(312, "Find all opportunities", 0).await;
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn an_acting_user_is_asked_for_once_and_the_links_go_up_when_there_is_one() {
    let services = Services::new(313);
    let people = services.candidates(2);
    services
        .world
        .with(|world| world.switch(|switches| switches.lever.require_perform_as = true));
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    for one in &people {
        services.to_phone_screen(one);
    }
    let heard = desk.hears_within(3 * HOUR).await;
    assert_eq!(codes(&heard), [ProblemCode::ActingUserNeeded], "{heard:?}");
    assert_eq!(
        heard.iter().filter(|news| pad_ready(news)).count(),
        2,
        "{heard:?}"
    );
    assert!(hindered_by(&desk, ProblemCode::ActingUserNeeded));
    let rosa = services
        .world
        .with(|world| world.lever.users.keys().next().unwrap().clone());
    let chosen = settings(|settings| {
        settings.acting_user = Some(lever::UserId::new(rosa.as_str()));
    });
    desk.handle.change_settings(chosen).await.unwrap();
    let begun = services.clock.elapsed();
    desk.linked(2).await;
    assert!(services.clock.elapsed() - begun < MINUTE);
    desk.hears("going on", |news| matches!(news, News::Recovered { .. }))
        .await;
}
