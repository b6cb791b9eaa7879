//! Each fault over real sockets, and the same in process: a client must see no difference.

use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::{HeaderValue, Method};
use sandbox::{
    CODERPAD_ROOT, Effect, InProcess, LEVER_ROOT, Matching, OtherStatus, Page, Service,
    SharedWorld, World, accounts,
};
use serde_json::json;
use transport::{
    Clock as _, Failure, FailureKind, Idempotency, Reply, Request, SystemClock, Transport,
    VirtualClock,
};

use crate::support::{SEED, Tried};

/// The creation of a pad.
fn create(root: &str, key: &str) -> Request {
    let url = format!("{root}/api/pads").parse().unwrap();
    let key = HeaderValue::from_str(&format!("Bearer {key}")).unwrap();
    Request::new(Method::POST, url, Idempotency::NotIdempotent)
        .authorized(key)
        .with_body("application/x-www-form-urlencoded", "title=A")
}

/// What a client can tell apart.
fn seen(outcome: Result<Reply, Failure>) -> Result<(u16, bool, Option<u64>, usize), Failure> {
    let reply = outcome?;
    let wait = reply.retry_after().map(|wait| wait.as_secs());
    Ok((
        reply.status.as_u16(),
        reply.is_json(),
        wait,
        reply.body.len(),
    ))
}

fn status(status: u16, body: Page, retry_after: Option<u64>, done: bool) -> Effect {
    Effect::Status(OtherStatus {
        body,
        retry_after,
        done,
        ..OtherStatus::of(status)
    })
}

/// A fault, what a client sees of it if that is fixed, and how many pads there are then.
type Fault = (Effect, Option<Result<(), Failure>>, usize);

fn faults_of_a_creation() -> [Fault; 15] {
    let unclear = Err(Failure::Unclear(FailureKind::Broken));
    [
        (Effect::DropBefore, Some(unclear), 0),
        (Effect::DropAfter, Some(unclear), 1),
        (Effect::CutOff, Some(unclear), 1),
        (status(500, Page::Json, None, false), None, 0),
        (status(503, Page::Html, None, true), None, 1),
        (status(429, Page::Html, Some(30), false), None, 0),
        (status(403, Page::Html, None, false), None, 0),
        (status(204, Page::Empty, None, false), None, 0),
        (Effect::WithoutId, None, 1),
        (Effect::StatusError { done: true }, None, 1),
        (Effect::Truncated, None, 1),
        (Effect::ProxyPage, None, 0),
        (
            Effect::Redirect {
                to: "https://evil.example/".into(),
            },
            None,
            0,
        ),
        (Effect::Drip { over_ms: 60 }, None, 1),
        (Effect::Delay { ms: 20 }, None, 1),
    ]
}

#[tokio::test]
async fn a_fault_looks_the_same_over_sockets_and_in_process() {
    for (effect, expected, pads) in faults_of_a_creation() {
        let tried = Tried::start().await;
        tried.world(|world| {
            world
                .faults
                .once(Matching::creating_a_pad(), effect.clone())
        });
        let addresses = &tried.running.addresses;
        let wire = seen(
            tried
                .web
                .send(create(&addresses.coderpad_api, &addresses.coderpad_key))
                .await,
        );

        let world = SharedWorld::new(accounts(SEED), Arc::new(SystemClock::new()));
        let key = addresses.coderpad_key.clone();
        world.with(|world| {
            world
                .faults
                .once(Matching::creating_a_pad(), effect.clone())
        });
        let inside = InProcess::new(world.clone());
        let direct = seen(inside.send(create(CODERPAD_ROOT, &key)).await);

        let lengths_aside = |outcome: Result<(u16, bool, Option<u64>, usize), Failure>| {
            outcome.map(|(s, j, w, _)| (s, j, w))
        };
        assert_eq!(lengths_aside(wire), lengths_aside(direct), "{effect:?}");
        if let Some(expected) = expected {
            assert_eq!(wire.map(|_| ()), expected, "{effect:?}");
        }
        for made in [
            tried.world(|world| world.pads().len()),
            world.with(|world| world.pads().len()),
        ] {
            assert_eq!(made, pads, "{effect:?}");
        }
        let again = tried
            .web
            .send(create(&addresses.coderpad_api, &addresses.coderpad_key))
            .await;
        assert_eq!(again.unwrap().status, 200, "once is enough: {effect:?}");
    }
}

/// An in-process sandbox under virtual time.
fn virtual_world() -> (InProcess, Arc<VirtualClock>, String) {
    let clock = Arc::new(VirtualClock::starting_at(1_767_225_600_000));
    let world = accounts(SEED);
    let key = world.coderpad.keys.keys().next().cloned().unwrap();
    (
        InProcess::new(SharedWorld::new(world, clock.clone())),
        clock,
        key,
    )
}

fn set(inside: &InProcess, effect: Effect) {
    inside
        .world()
        .with(|world: &mut World| world.faults.once(Matching::creating_a_pad(), effect));
}

#[tokio::test(start_paused = true)]
async fn waits_go_by_the_clock_and_end_where_a_client_gives_up() {
    let (inside, clock, key) = virtual_world();
    set(&inside, Effect::Delay { ms: 40_000 });
    assert_eq!(
        inside
            .send(create(CODERPAD_ROOT, &key))
            .await
            .unwrap()
            .status,
        200
    );
    assert_eq!(clock.elapsed().as_secs(), 40);
    for effect in [
        Effect::Delay { ms: 90_000 },
        Effect::Drip { over_ms: 90_000 },
    ] {
        set(&inside, effect);
        let failure = inside.send(create(CODERPAD_ROOT, &key)).await.unwrap_err();
        assert_eq!(failure, Failure::Unclear(FailureKind::TimedOut));
    }
    assert_eq!(clock.elapsed().as_secs(), 40 + 45 + 45);
    assert_eq!(
        inside.world().with(|world| world.pads().len()),
        3,
        "all were made"
    );
}

#[tokio::test(start_paused = true)]
async fn late_work_is_done_after_everybody_has_left() {
    let (inside, clock, key) = virtual_world();
    set(&inside, Effect::Late { after_ms: 150_000 });
    let failure = inside.send(create(CODERPAD_ROOT, &key)).await.unwrap_err();
    assert_eq!(failure, Failure::Unclear(FailureKind::Broken));
    let pads = || inside.world().with(|world| world.pads());
    clock.sleep(std::time::Duration::from_secs(149)).await;
    assert!(pads().is_empty());
    clock.sleep(std::time::Duration::from_secs(2)).await;
    assert_eq!(pads().len(), 1);
    assert_eq!(pads()[0].created_at, 1_767_225_600_000 + 150_000);
}

#[tokio::test(start_paused = true)]
async fn nobody_listening_is_certain_to_have_received_nothing() {
    let (inside, _, key) = virtual_world();
    set(&inside, Effect::Unreachable);
    let failure = inside.send(create(CODERPAD_ROOT, &key)).await.unwrap_err();
    assert_eq!(failure, Failure::NotSent(FailureKind::Refused));
    inside
        .world()
        .with(|world| world.switch(|switches| switches.coderpad.offline = true));
    let failure = inside.send(create(CODERPAD_ROOT, &key)).await.unwrap_err();
    assert_eq!(failure, Failure::NotSent(FailureKind::Refused));
    let elsewhere = Request::get("http://127.0.0.1:4/".parse().unwrap());
    assert_eq!(
        inside.send(elsewhere).await.unwrap_err(),
        Failure::NotSent(FailureKind::NoRoute)
    );
}

#[tokio::test]
async fn offline_refuses_connections_and_ends() {
    let tried = Tried::start().await;
    let addresses = &tried.running.addresses;
    let create = || create(&addresses.coderpad_api, &addresses.coderpad_key);
    tried.world(|world| world.switch(|switches| switches.coderpad.offline = true));
    while tried.web.send(create()).await.err() != Some(Failure::NotSent(FailureKind::Refused)) {
        tokio::task::yield_now().await;
    }
    assert_eq!(
        tried.lever_get("/stages").await.status,
        200,
        "the other one is there"
    );
    tried.world(|world| world.switch(|switches| switches.coderpad.offline = false));
    while tried.web.send(create()).await.is_err() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_key_can_be_revoked_in_the_middle() {
    let tried = Tried::start().await;
    let id = tried.candidate();
    tried.world(|world| {
        world.faults.once(
            Matching::of(Service::Lever, "POST", "/v1/opportunities/*/addTags"),
            Effect::RevokeKey,
        );
    });
    assert_eq!(tried.lever_get("/stages").await.status, 200);
    let path = format!("/opportunities/{id}/addTags");
    assert_eq!(
        tried.lever_post(&path, json!({"tags": ["x"]})).await.status,
        401
    );
    assert_eq!(tried.lever_get("/stages").await.status, 401, "from now on");
}

#[tokio::test]
async fn lists_can_lead_elsewhere_or_in_circles() {
    let tried = Tried::start().await;
    tried.make_pad("").await;
    let pads = Matching::of(Service::CoderPad, "GET", "/api/pads");
    tried.world(|world| world.faults.once(pads.clone(), Effect::OffOriginNext));
    let off = tried.coderpad_get("/api/pads").await;
    assert!(
        off.at("/next_page")
            .as_str()
            .unwrap()
            .starts_with("https://pads.evil.example/")
    );
    tried.world(|world| world.faults.once(pads, Effect::LoopingNext));
    let looping = tried.coderpad_get("/api/pads?page=1").await;
    assert_eq!(
        looping.at("/next_page"),
        &json!(format!(
            "{}/api/pads?page=1",
            tried.running.addresses.coderpad_api
        ))
    );
    let lever = Matching::of(Service::Lever, "GET", "/v1/opportunities");
    tried.world(|world| world.faults.always(lever, Effect::LoopingNext));
    let first = tried.lever_get("/opportunities").await;
    let token = first.at("/next").as_str().unwrap().to_owned();
    let second = tried
        .lever_get(&format!("/opportunities?offset={token}"))
        .await;
    assert_eq!(second.at("/hasNext"), &json!(true));
}

#[tokio::test]
async fn null_stands_where_null_may_stand() {
    let tried = Tried::start().await;
    tried.candidate();
    tried.world(|world| world.faults.always(Matching::default(), Effect::Nulls));
    let rows = tried.lever_get("/opportunities").await;
    assert!(rows.at("/data/0/owner").is_null() && rows.at("/data/0/updatedAt").is_null());
    assert!(rows.at("/data/0/id").is_string());
}

#[tokio::test]
async fn the_date_can_be_off() {
    let tried = Tried::start().await;
    tried.world(|world| world.switch(|switches| switches.date_skew_ms = 3_600_000));
    let reply = tried
        .web
        .send(create(&tried.running.addresses.coderpad_api, "x"))
        .await
        .unwrap();
    let off = reply.date_ms().unwrap() - tried.world(|world| world.now());
    assert!((3_590_000..3_610_000).contains(&off), "{off}");
}

#[tokio::test]
async fn the_journal_tells_who_asked_what_and_what_changed() {
    let tried = Tried::start().await;
    let id = tried.candidate();
    tried.lever_get("/opportunities?archived=false").await;
    tried
        .lever_post(
            &format!("/opportunities/{id}/addLinks"),
            json!({"links": ["x"]}),
        )
        .await;
    tried
        .lever_post(
            &format!("/opportunities/{id}/addLinks"),
            json!({"links": ["x"]}),
        )
        .await;
    tried.world(|world| {
        world
            .faults
            .once(Matching::creating_a_pad(), Effect::DropAfter)
    });
    let addresses = &tried.running.addresses;
    let _ = tried
        .web
        .send(create(&addresses.coderpad_api, &addresses.coderpad_key))
        .await;
    tried.world(|world| {
        let entries: Vec<_> = world.journal.entries().cloned().collect();
        let changed: Vec<bool> = entries.iter().map(|entry| entry.changed).collect();
        assert_eq!(changed, [false, true, false, true]);
        assert_eq!(entries[0].query, "archived=false");
        assert_eq!(
            (entries[3].status, entries[3].fault.as_deref()),
            (None, Some("dropAfter"))
        );
        assert_eq!(
            world.journal.count("POST /v1/opportunities/:id/addLinks"),
            2
        );
        assert_eq!(world.journal.requests_to(Service::CoderPad), 1);
    });
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_candidates_are_listed_in_a_hundred_pages() {
    let (inside, _, _) = virtual_world();
    let key = inside.world().with(|world| {
        for number in 0..10_000 {
            let since_ms = number * 10;
            world
                .add_candidate(sandbox::Candidate {
                    tags: vec!["coderpad".into()],
                    since_ms,
                    ..Default::default()
                })
                .unwrap();
        }
        world.lever.keys.keys().next().cloned().unwrap()
    });
    let key = HeaderValue::from_str(&format!(
        "Basic {}",
        BASE64_STANDARD.encode(format!("{key}:"))
    ))
    .unwrap();
    let (mut rows, mut offset) = (0, String::new());
    loop {
        let url = format!("{LEVER_ROOT}/opportunities?tag=coderpad&archived=false{offset}");
        let reply = inside
            .send(Request::get(url.parse().unwrap()).authorized(key.clone()))
            .await
            .unwrap();
        let page: serde_json::Value = serde_json::from_slice(&reply.body).unwrap();
        rows += page["data"].as_array().unwrap().len();
        match page["next"].as_str() {
            Some(next) => offset = format!("&offset={next}"),
            None => break,
        }
    }
    assert_eq!(rows, 10_000);
}
