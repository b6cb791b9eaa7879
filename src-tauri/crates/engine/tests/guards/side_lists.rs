//! Lists beside the candidates: what can't be read of them is said, and stops nothing else.

use std::time::Duration;

use padwatch_domain::announcement::News;
use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_domain::settings::Settings;
use padwatch_engine::snapshot::{Condition, Snapshot};
use sandbox::{Candidate, Effect, Matching, OpportunityId, OtherStatus, Service};

use crate::desk::{Services, pad_ready};
use crate::office::{HOUR, MAKE, MINUTE};

fn everything_that_goes_wrong() -> Vec<(&'static str, Effect)> {
    let status = |status| Effect::Status(OtherStatus::of(status));
    vec![
        ("400", status(400)),
        ("403", status(403)),
        ("404", status(404)),
        ("500", status(500)),
        ("503 page", Effect::Status(OtherStatus::page(503))),
        ("200 page", Effect::ProxyPage),
        ("truncated", Effect::Truncated),
        ("endless", Effect::LoopingNext),
        ("nothing", Effect::EmptyPageWithMore),
        ("dropped", Effect::DropBefore),
        ("slow", Effect::Delay { ms: 30_000 }),
        ("silence", Effect::Delay { ms: 3_600_000 }),
        ("drip", Effect::Drip { over_ms: 600_000 }),
    ]
}

fn list(path: &str) -> Matching {
    Matching::of(Service::Lever, "GET", path)
}

impl Services {
    fn tagged(&self, name: &str, tag: &str, stage: &str) -> OpportunityId {
        self.world.with(|world| {
            let candidate = Candidate {
                name: name.to_owned(),
                tags: vec![tag.to_owned()],
                stage: Some(stage.to_owned()),
                ..Candidate::default()
            };
            world.add_candidate(candidate).unwrap()
        })
    }
}

/// A list is broken from the start, or from a restart on; a newcomer is served in time.
async fn is_served(path: &str, name: &str, effect: &Effect, at_first_start: bool) {
    let what = format!("{path} {name}, first start: {at_first_start}");
    let services = Services::new(801);
    let there = services.tagged("There", "CoderPad", "Phone Screen");
    let break_it = || {
        services
            .world
            .with(|world| world.faults.always(list(path), effect.clone()));
    };
    let mut desk = if at_first_start {
        break_it();
        services.desk(Settings::default()).await
    } else {
        let desk = services.desk(Settings::default()).await;
        desk.watching().await;
        let folder = desk.close().await;
        break_it();
        services.desk_in(folder, Settings::default()).await
    };
    desk.until(&what, |snapshot| snapshot.last_checked_ms.is_some())
        .await;
    services.wait(MINUTE).await;
    let ada = services.candidate("Ada");
    services.to_phone_screen(&ada);
    let came = services.clock.elapsed();
    desk.hears("a pad", pad_ready).await;
    let took = services.clock.elapsed() - came;
    assert!(took < 2 * MINUTE, "{what}: {took:?}");
    services.wait(HOUR).await;
    let degraded = desk.handle.snapshot().degraded.clone();
    assert!(!degraded.is_empty(), "{what}: nothing is said");
    assert_eq!(services.pads_for(&there).len(), 0, "{what}");
    let asked = services.count(&format!("GET {path}"));
    assert!(asked <= 40, "{what}: asked {asked} times");

    services.world.with(|world| world.faults.clear());
    desk.until(&what, |snapshot| snapshot.degraded.is_empty())
        .await;
    assert_eq!(services.count(MAKE), 1, "{what}");
}

#[tokio::test(start_paused = true)]
async fn a_tag_list_that_cannot_be_read_stops_nobody() {
    for (name, effect) in everything_that_goes_wrong() {
        for at_first_start in [true, false] {
            is_served("/v1/tags", name, &effect, at_first_start).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn stages_that_cannot_be_read_stop_nobody_once_they_are_known() {
    for (name, effect) in everything_that_goes_wrong() {
        is_served("/v1/stages", name, &effect, false).await;
    }
}

#[tokio::test(start_paused = true)]
async fn stages_that_were_never_read_are_named() {
    for (name, effect) in everything_that_goes_wrong() {
        let services = Services::new(802);
        services
            .world
            .with(|world| world.faults.always(list("/v1/stages"), effect));
        let mut desk = services.desk(Settings::default()).await;
        services.wait(10 * MINUTE).await;
        let condition = desk.handle.snapshot().condition.clone();
        let is_named = match &condition {
            Condition::Hindered { problem } | Condition::Waiting { problem, .. } => {
                matches!(problem, Problem::StagesUnreadable { .. })
                    || problem.code() == ProblemCode::Offline
                    || problem.code() == ProblemCode::LeverNotAllowed
            }
            _ => false,
        };
        // What is late comes in the end, and is no trouble.
        assert!(is_named || name == "slow", "{name}: {condition:?}");
        services.world.with(|world| world.faults.clear());
        desk.until("watching", |snapshot| {
            snapshot.condition == Condition::Watching
        })
        .await;
        services.wait(MINUTE).await;
        let ada = services.candidate("Ada");
        services.to_phone_screen(&ada);
        desk.hears("a pad", pad_ready).await;
    }
}

#[tokio::test(start_paused = true)]
async fn stages_that_come_back_empty_are_not_believed() {
    let services = Services::new(803);
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.world.with(|world| {
        let status = OtherStatus {
            message: String::new(),
            ..OtherStatus::of(200)
        };
        world
            .faults
            .always(list("/v1/stages"), Effect::Status(status));
    });
    services.wait(2 * HOUR).await;
    let ada = services.candidate("Ada");
    services.to_phone_screen(&ada);
    desk.hears("a pad", pad_ready).await;
}

#[tokio::test(start_paused = true)]
async fn a_new_spelling_of_the_tag_is_found_within_a_minute() {
    for (seed, tag) in [(804, "CoderPad"), (805, " coderpad "), (806, "CODERPAD")] {
        let services = Services::new(seed);
        let there = services.tagged("There", "java", "Phone Screen");
        let mut desk = services.desk(Settings::default()).await;
        desk.watching().await;
        services.wait(7 * MINUTE).await;
        services.world.with(|world| world.tag(&there, tag).unwrap());
        let came = services.clock.elapsed();
        desk.hears("a pad", pad_ready).await;
        let took = services.clock.elapsed() - came;
        assert!(took <= MINUTE, "{tag:?}: {took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_new_spelling_is_found_by_a_sweep_when_the_tag_list_is_late() {
    let services = Services::new(807);
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    let forbidden = Effect::Status(OtherStatus::of(403));
    services
        .world
        .with(|world| world.faults.always(list("/v1/tags"), forbidden));
    services.wait(7 * MINUTE).await;
    services.tagged("Ada", "CoderPad", "Phone Screen");
    let came = services.clock.elapsed();
    desk.hears("a pad", pad_ready).await;
    let took = services.clock.elapsed() - came;
    assert!(took <= 4 * MINUTE, "{took:?}");
    // From then on it is known.
    services.tagged("Ben", "CoderPad", "Phone Screen");
    let came = services.clock.elapsed();
    desk.hears("a pad", pad_ready).await;
    assert!(services.clock.elapsed() - came <= MINUTE);
}

#[tokio::test(start_paused = true)]
async fn a_tag_that_no_longer_exists_is_said_once() {
    let says = |snapshot: &Snapshot| {
        matches!(&snapshot.condition, Condition::Hindered { problem }
            if problem.code() == ProblemCode::TagMissing)
    };
    let services = Services::new(808);
    let ada = services.tagged("Ada", "coderpad", "Phone Screen");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.wait(5 * MINUTE).await;
    services
        .world
        .with(|world| world.untag(&ada, "coderpad").unwrap());
    desk.until("said", says).await;
    let heard = desk.hears_within(3 * HOUR).await;
    assert!(
        matches!(heard.as_slice(), [News::Hindered { problem: Problem::TagGone { tag } }] if tag == "coderpad"),
        "{heard:?}"
    );
    services.tagged("Ben", "Coderpad", "Phone Screen");
    desk.hears("a pad", pad_ready).await;
    desk.until("watching", |snapshot| {
        snapshot.condition == Condition::Watching
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_job_that_cannot_be_read_leaves_the_pad_without_its_title() {
    for effect in [
        Effect::Status(OtherStatus::of(500)),
        Effect::Status(OtherStatus::of(403)),
        Effect::ProxyPage,
        Effect::Truncated,
        Effect::Delay { ms: 3_600_000 },
    ] {
        let services = Services::new(809);
        let ada = services.world.with(|world| {
            let job = lever_job();
            let id = sandbox::PostingId::from("30000000-0000-4000-8000-000000000001");
            world.lever.postings.insert(id.clone(), job);
            let candidate = Candidate {
                tags: vec!["coderpad".to_owned()],
                stage: Some("Recruiter Call".to_owned()),
                posting: Some(id),
                ..Candidate::default()
            };
            let id = world.add_candidate(candidate).unwrap();
            world.faults.always(list("/v1/postings/*"), effect.clone());
            id
        });
        let mut desk = services.desk(Settings::default()).await;
        desk.watching().await;
        services.to_phone_screen(&ada);
        let came = services.clock.elapsed();
        desk.hears("a pad", pad_ready).await;
        let took = services.clock.elapsed() - came;
        assert!(took < Duration::from_secs(90), "{effect:?}: {took:?}");
    }
}

fn lever_job() -> sandbox::lever::postings::Posting {
    sandbox::lever::postings::Posting {
        title: "Backend Engineer".to_owned(),
        state: "published".to_owned(),
        department: String::new(),
        team: String::new(),
        location: String::new(),
        commitment: String::new(),
        tags: Vec::new(),
        owner: None,
        ..sandbox::lever::postings::Posting::default()
    }
}

#[tokio::test(start_paused = true)]
async fn a_list_beside_the_candidates_fails_no_test_of_a_key() {
    let services = Services::new(810);
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    for path in [
        "/v1/stages",
        "/v1/tags",
        "/v1/users",
        "/v1/postings",
        "/v1/webhooks",
    ] {
        for (name, effect) in everything_that_goes_wrong() {
            services.world.with(|world| {
                world.faults.clear();
                world.faults.always(list(path), effect);
            });
            let tested = desk.handle.test_lever(None).await;
            assert!(tested.is_ok(), "{path} {name}: {tested:?}");
        }
    }
}
