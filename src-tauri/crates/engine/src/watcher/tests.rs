use std::time::Duration;

use lever::{Opportunity, OpportunityId, Skipped, StageId};
use serde_json::json;

use super::Watcher;
use crate::context::done::Watched;
use crate::context::workbench::{START_MS, Workbench, life};
use crate::context::{Context, Signal};
use crate::jobs::{JobId, Lost};
use padwatch_domain::change::Trigger;
use padwatch_domain::lifecycle::{Hold, Lifecycle};
use padwatch_domain::service_error::{Service, of_lever};
use padwatch_domain::stages::Resolved;
use padwatch_domain::watcher::absence::LookKind;
use padwatch_domain::watcher::confidential::Access;
use padwatch_domain::watcher::look::{Look, NoLook, StagesRead};

const MINUTE: Duration = Duration::from_secs(60);

fn watcher(cx: &Context<'_>) -> Watcher {
    Watcher::new(&cx.store.ledger, None, cx.elapsed()).unwrap()
}

/// One who applied a second before the start; `new` did five seconds after it.
fn candidate(id: &str) -> Opportunity {
    let applied_ms = START_MS + if id == "new" { 5_000 } else { -1_000 };
    serde_json::from_value(json!({
        "id": id, "name": format!("Ada {id}"), "contact": format!("contact-of-{id}"),
        "stage": "phone", "tags": ["coderpad"], "createdAt": applied_ms,
        "updatedAt": applied_ms, "stageChanges": [],
    }))
    .unwrap()
}

fn shows(ids: &[&str]) -> Watched {
    let phone = serde_json::from_value(json!({"id": "phone", "text": "Phone Screen"})).unwrap();
    let look = Look {
        stages: StagesRead::Complete(vec![phone]),
        watched: Resolved {
            stages: vec![StageId::new("phone")],
            problem: None,
        },
        kind: LookKind::Tagged,
        access: Access::Unknown,
        shows_confidential: false,
        opportunities: ids.iter().map(|id| candidate(id)).collect(),
        skipped: Skipped::default(),
    };
    Watched::Polled(Ok(look), Trigger::Poll)
}

/// A poll at the time that the watcher asks for.
fn poll(watcher: &mut Watcher, cx: &mut Context<'_>, bench: &Workbench, watched: Watched) {
    while !cx.jobs.is_in_flight(&JobId::Poll) {
        let next = watcher.next_wake(cx.elapsed(), cx).unwrap();
        bench.pass(next.saturating_sub(cx.elapsed()));
        watcher.on_tick(cx);
    }
    cx.jobs.end(&JobId::Poll);
    watcher.on_result(watched, cx);
}

fn is_listed(cx: &Context<'_>, id: &str) -> bool {
    let row = cx.store.ledger.row(&OpportunityId::new(id)).unwrap();
    row.is_some_and(|row| row.left_ms.is_none())
}

#[test]
fn lever_is_asked_at_once_and_then_at_the_interval() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let mut watcher = watcher(&cx);
    watcher.on_tick(&mut cx);
    assert_eq!(cx.jobs.started(), [JobId::Poll]);
    cx.jobs.end(&JobId::Poll);
    watcher.on_result(shows(&[]), &mut cx);
    let next = watcher.next_poll(&cx).unwrap() - cx.elapsed();
    let every = cx.usual_interval();
    assert!(
        next >= every.mul_f64(0.9) && next <= every.mul_f64(1.1),
        "{next:?}"
    );
}

#[test]
fn who_is_there_at_the_first_look_is_listed_and_who_comes_is_served() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let mut watcher = watcher(&cx);
    poll(&mut watcher, &mut cx, &bench, shows(&["there"]));
    poll(&mut watcher, &mut cx, &bench, shows(&["there", "new"]));
    let (there, new) = (OpportunityId::new("there"), OpportunityId::new("new"));
    let baseline = Lifecycle::Held {
        hold: Hold::AlreadyThere,
    };
    assert_eq!(life(&cx, &there), baseline);
    assert_ne!(life(&cx, &new), baseline);
}

#[test]
fn one_list_without_somebody_is_no_departure() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let mut watcher = watcher(&cx);
    poll(&mut watcher, &mut cx, &bench, shows(&["a"]));
    poll(&mut watcher, &mut cx, &bench, shows(&[]));
    assert!(is_listed(&cx, "a"));
    poll(&mut watcher, &mut cx, &bench, shows(&["a"]));
    assert!(is_listed(&cx, "a"));
}

#[test]
fn a_poll_that_failed_opens_the_breaker_and_is_tried_again() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let mut watcher = watcher(&cx);
    let failed = NoLook::ServiceError(of_lever(&lever::Error::WrongKey));
    let failed = Watched::Polled(Err(failed), Trigger::Poll);
    poll(&mut watcher, &mut cx, &bench, failed);
    assert!(!cx.is_open(Service::Lever));
    poll(&mut watcher, &mut cx, &bench, shows(&[]));
    assert!(cx.is_open(Service::Lever));
}

#[test]
fn a_poll_with_earlier_keys_counts_for_nobody_and_is_repeated_at_once() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let mut watcher = watcher(&cx);
    watcher.on_tick(&mut cx);
    cx.jobs.end(&JobId::Poll);
    watcher.on_stale_result(&shows(&["a"]), cx.elapsed());
    assert!(!is_listed(&cx, "a"));
    assert_eq!(watcher.next_poll(&cx), Some(cx.elapsed()));
}

#[test]
fn a_poll_that_was_lost_is_repeated_at_once() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let mut watcher = watcher(&cx);
    watcher.on_tick(&mut cx);
    cx.jobs.end(&JobId::Poll);
    watcher.on_lost(JobId::Poll, Lost::Panicked, &mut cx);
    watcher.on_tick(&mut cx);
    assert_eq!(cx.jobs.started(), [JobId::Poll]);
}

#[test]
fn the_others_hear_of_everybody_who_is_listed() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let mut watcher = watcher(&cx);
    poll(&mut watcher, &mut cx, &bench, shows(&["a", "b"]));
    let listed = cx.signals.iter().find_map(|signal| match signal {
        Signal::Listed(listed) => Some(listed.len()),
        _ => None,
    });
    assert_eq!(listed, Some(2));
}

#[test]
fn nobody_is_looked_at_while_paused() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let mut watcher = watcher(&cx);
    cx.policy.paused = Some(padwatch_domain::pause::Pause::until_resumed(cx.now_ms()));
    bench.pass(MINUTE * 60);
    watcher.on_tick(&mut cx);
    assert!(cx.jobs.is_empty());
    assert_eq!(watcher.next_wake(cx.elapsed(), &cx), None);
}
