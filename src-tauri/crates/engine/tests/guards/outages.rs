//! What hinders the work: told once, across hours and restarts, in words that help; the work
//! waits in its order and continues on its own.

use std::time::Duration;

use padwatch_domain::announcement::News;
use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_domain::service_error::OutageKind;
use padwatch_domain::settings::Settings;
use padwatch_domain::settings::WatchedStages;
use padwatch_engine::snapshot::{Action, Condition};
use sandbox::{Effect, Matching, OpportunityId, OtherStatus, Service, World};

use crate::desk::{Desk, Services, pad_ready};
use crate::office::{HOUR, MAKE, MINUTE, settings};
use padwatch_domain::reason::Reason;

/// The names in the order in which their pads became ready; nothing else may be told but that it
/// continues.
async fn ready_in_order(desk: &mut Desk, count: usize) -> Vec<String> {
    let mut names = Vec::new();
    while names.len() < count {
        let told = desk
            .hears("a pad", |news| {
                assert!(
                    matches!(news, News::PadReady { .. } | News::Recovered { .. }),
                    "{news:?}"
                );
                pad_ready(news)
            })
            .await;
        if let News::PadReady { who, .. } = told.news {
            names.push(who.name);
        }
    }
    names
}

pub(crate) fn codes(heard: &[News]) -> Vec<ProblemCode> {
    let code = |news: &News| match news {
        News::Hindered { problem } => Some(problem.code()),
        _ => None,
    };
    heard.iter().filter_map(code).collect()
}

pub(crate) fn lever_key(world: &mut World) -> &mut sandbox::lever::Key {
    world.lever.keys.values_mut().next().unwrap()
}

/// Something goes wrong, three people come one after the other, six hours and a restart pass, it
/// is set right.
async fn told_once(
    seed: u64,
    break_it: impl Fn(&mut World),
    mend_it: impl Fn(&mut World),
    code: ProblemCode,
) {
    let services = Services::new(seed);
    let people = services.candidates(3);
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.world.with(&break_it);
    let mut desk = some_hours(&services, &people, desk, code).await;

    services.world.with(&mend_it);
    let names = ready_in_order(&mut desk, 3).await;
    assert_eq!(
        names,
        ["Candidate 000", "Candidate 001", "Candidate 002"],
        "{code:?}"
    );
    let rest = desk.hears_within(HOUR).await;
    assert!(
        rest.iter()
            .all(|news| matches!(news, News::Recovered { .. })),
        "{code:?}: {rest:?}"
    );
    desk.watching().await;
    assert_eq!(services.pads().len(), 3, "{code:?}");
}

async fn some_hours(
    services: &Services,
    people: &[OpportunityId],
    mut desk: Desk,
    code: ProblemCode,
) -> Desk {
    let mut heard = Vec::new();
    for one in people {
        services.to_phone_screen(one);
        heard.extend(desk.hears_within(MINUTE).await);
    }
    heard.extend(desk.hears_within(3 * HOUR).await);
    assert!(
        hindered_by(&desk, code),
        "{:?}",
        desk.handle.snapshot().condition
    );
    let folder = desk.close().await;
    let mut again = services.desk_in(folder, Settings::default()).await;
    heard.extend(again.hears_within(3 * HOUR).await);
    assert_eq!(codes(&heard), [code], "{heard:?}");
    assert_eq!(heard.len(), 1, "{heard:?}");
    assert!(
        hindered_by(&again, code),
        "{:?}",
        again.handle.snapshot().condition
    );
    again
}

pub(crate) fn hindered_by(desk: &Desk, code: ProblemCode) -> bool {
    matches!(&desk.handle.snapshot().condition,
        Condition::Hindered { problem } | Condition::Waiting { problem, .. }
            if problem.code() == code)
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_key_that_lever_knows_no_more_is_told_once() {
    let revoke = |world: &mut World| lever_key(world).revoked = true;
    let mend = |world: &mut World| lever_key(world).revoked = false;
    told_once(301, revoke, mend, ProblemCode::LeverKeyWrong).await;
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_key_that_coderpad_knows_no_more_is_told_once() {
    let set = |world: &mut World, revoked| {
        world
            .coderpad
            .keys
            .values_mut()
            .for_each(|key| key.revoked = revoked);
    };
    let code = ProblemCode::CoderpadKeyWrong;
    told_once(
        302,
        |world| set(world, true),
        |world| set(world, false),
        code,
    )
    .await;
}

/// Every creation gets this answer.
fn answer_creations(world: &mut World, status: u16) {
    let status = Effect::Status(OtherStatus::of(status));
    world.faults.always(Matching::creating_a_pad(), status);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn an_account_that_may_not_make_pads_is_told_once() {
    let code = ProblemCode::CoderpadNotAllowed;
    told_once(
        303,
        |world| answer_creations(world, 403),
        |world| world.faults.clear(),
        code,
    )
    .await;
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_quota_that_only_a_creation_shows_as_used_up_is_told_once() {
    let code = ProblemCode::OverQuota;
    told_once(
        304,
        |world| answer_creations(world, 429),
        |world| world.faults.clear(),
        code,
    )
    .await;
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_used_up_quota_is_told_once_and_no_pad_is_asked_for() {
    let use_up = |world: &mut World| world.coderpad.quota.used = world.coderpad.quota.limit;
    let refill = |world: &mut World| world.coderpad.quota.used = 0;
    told_once(305, use_up, refill, ProblemCode::OverQuota).await;
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn maintenance_is_shown_and_told_to_nobody() {
    let services = Services::new(306);
    let people = services.candidates(3);
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    let set = |on| {
        services.world.with(|world| {
            world.switch(|switches| {
                switches.lever.maintenance = on;
                switches.coderpad.maintenance = on;
            });
        });
    };
    set(true);
    for one in &people {
        services.to_phone_screen(one);
    }
    assert_eq!(desk.hears_within(3 * HOUR).await, []);
    assert!(hindered_by(&desk, ProblemCode::ServiceDown));
    set(false);
    let mended = services.clock.elapsed();
    assert_eq!(ready_in_order(&mut desk, 3).await.len(), 3);
    let took = services.clock.elapsed() - mended;
    assert!(took < 3 * MINUTE, "{took:?}");
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn settings_that_coderpad_refuses_are_retried_when_they_change() {
    let services = Services::new(307);
    let ada = services.candidate("Ada Example");
    let klingon = settings(|settings| settings.pads.standard.language = Some("klingon".into()));
    let mut desk = services.desk(klingon.clone()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    let heard = desk.hears_within(3 * HOUR).await;
    assert_eq!(heard.len(), 1, "{heard:?}");
    assert!(
        matches!(&heard[0], News::Asks { question, .. } if matches!(question, Reason::Problem { .. }))
    );
    assert_eq!(services.count(MAKE), 1, "not asked for again and again");
    let folder = desk.close().await;
    let mut again = services.desk_in(folder, klingon).await;
    assert_eq!(again.hears_within(HOUR).await, []);
    let python = settings(|settings| settings.pads.standard.language = Some("python".into()));
    again.handle.change_settings(python).await.unwrap();
    again.hears("a pad", pad_ready).await;
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn two_hindrances_at_once_are_told_once_each_and_going_on_once() {
    let services = Services::new(308);
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.world.with(|world| {
        lever_key(world).revoked = true;
        world
            .coderpad
            .keys
            .values_mut()
            .for_each(|key| key.revoked = true);
    });
    let heard = desk.hears_within(6 * HOUR).await;
    let told = codes(&heard);
    assert_eq!(told.len(), 2, "{heard:?}");
    assert!(told.contains(&ProblemCode::LeverKeyWrong), "{told:?}");
    assert!(told.contains(&ProblemCode::CoderpadKeyWrong), "{told:?}");
    services
        .world
        .with(|world| lever_key(world).revoked = false);
    assert_eq!(desk.hears_within(2 * HOUR).await, []);
    services.world.with(|world| {
        world
            .coderpad
            .keys
            .values_mut()
            .for_each(|key| key.revoked = false);
    });
    let from = Some(OutageKind::Coderpad);
    assert_eq!(
        desk.hears_within(2 * HOUR).await,
        [News::Recovered { from }]
    );
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn an_outage_that_ended_while_padwatch_was_off_is_told_the_next_time() {
    let services = Services::new(309);
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    let set = |revoked| {
        services
            .world
            .with(|world| lever_key(world).revoked = revoked);
    };
    set(true);
    assert_eq!(
        codes(&desk.hears_within(HOUR).await),
        [ProblemCode::LeverKeyWrong]
    );
    let folder = desk.close().await;
    set(false);
    let mut again = services.desk_in(folder, Settings::default()).await;
    let from = Some(OutageKind::Lever);
    assert_eq!(again.hears_within(HOUR).await, [News::Recovered { from }]);
    set(true);
    assert_eq!(
        codes(&again.hears_within(HOUR).await),
        [ProblemCode::LeverKeyWrong]
    );
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_stage_that_was_deleted_is_told_once_and_another_can_be_chosen() {
    let services = Services::new(314);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services
        .world
        .with(|world| world.delete_stage("Phone Screen").unwrap());
    let heard = desk.hears_within(5 * HOUR).await;
    assert_eq!(codes(&heard), [ProblemCode::StageMissing], "{heard:?}");
    let condition = desk.handle.snapshot().condition.clone();
    assert!(
        matches!(&condition, Condition::SetUp { problem, .. } if matches!(problem, Problem::StageNotFound { name } if name == "Phone Screen")),
        "{condition:?}"
    );
    let on_site = settings(|settings| {
        settings.watch.stages = WatchedStages::Name("On-site".to_owned());
    });
    desk.handle.change_settings(on_site).await.unwrap();
    desk.watching().await;
    services
        .world
        .with(|world| world.move_to_stage(&ada, "On-site").unwrap());
    desk.hears("a pad", pad_ready).await;
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_network_page_in_a_services_place_is_named_and_not_believed() {
    for (seed, service) in [(315, Service::Lever), (316, Service::CoderPad)] {
        let services = Services::new(seed);
        let ada = services.candidate("Ada Example");
        let mut desk = services.desk(Settings::default()).await;
        desk.watching().await;
        services.world.with(|world| {
            world
                .faults
                .always(Matching::all_of(service), Effect::ProxyPage)
        });
        services.to_phone_screen(&ada);
        desk.until("named", |snapshot| {
            matches!(&snapshot.condition, Condition::Hindered { problem }
                if problem.code() == ProblemCode::NotTheService)
        })
        .await;
        let heard = desk.hears_within(6 * HOUR).await;
        assert!(codes(&heard).len() <= 1, "{service:?}: {heard:?}");
        assert_eq!(services.pads().len(), 0);
        services.world.with(|world| world.faults.clear());
        if service == Service::CoderPad {
            // The page may have hidden an answer: that is for the person to say.
            desk.hears("a question", |news| matches!(news, News::Asks { .. }))
                .await;
            desk.act(&ada, Action::MakeAnother).await;
        }
        desk.linked(1).await;
        assert_eq!(services.pads().len(), 1, "{service:?}");
    }
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn check_now_does_not_wait_for_the_next_try() {
    let services = Services::new(317);
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    let set = |revoked| {
        services
            .world
            .with(|world| lever_key(world).revoked = revoked);
    };
    set(true);
    services.wait(3 * HOUR).await;
    assert!(hindered_by(&desk, ProblemCode::LeverKeyWrong));
    set(false);
    let begun = services.clock.elapsed();
    desk.handle.hint(padwatch_engine::Hint {
        opportunity: None,
        from: padwatch_engine::HintSource::Person,
    });
    desk.watching().await;
    assert!(services.clock.elapsed() - begun < Duration::from_secs(5));
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn what_lever_tells_oddly_of_one_candidate_does_not_stop_the_others() {
    let services = Services::new(318);
    let people = services.candidates(4);
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    let path = format!("/v1/opportunities/{}", people[0]);
    services.world.with(|world| {
        let reading = Matching::of(Service::Lever, "GET", &path);
        world.faults.always(reading, Effect::WithoutId);
    });
    for one in &people {
        services.to_phone_screen(one);
    }
    let begun = services.clock.elapsed();
    for _ in 0..3 {
        desk.hears("a pad", pad_ready).await;
    }
    let took = services.clock.elapsed() - begun;
    assert!(took < 2 * MINUTE, "{took:?}");
    let heard = desk.hears_within(3 * HOUR).await;
    assert_eq!(heard.len(), 1, "{heard:?}");
    assert!(matches!(&heard[0], News::Asks { who, .. } if who.name == "Candidate 000"));
}
