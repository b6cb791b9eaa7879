use std::time::Duration;

use coderpad::PadId;
use lever::OpportunityId;

use super::Tracker;
use crate::context::Context;
use crate::context::done::{PollResult, Tracked};
use crate::context::workbench::{Workbench, add_linked, life};
use crate::jobs::{JobId, JobKind, Lost};
use padwatch_domain::lifecycle::Lifecycle;
use padwatch_domain::tracking::Progress;
use padwatch_domain::tracking::reading::Reading;

const HOUR: Duration = Duration::from_secs(3600);
const UNDER_WAY: Reading = Reading::Open {
    progress: Progress::UnderWay,
    active_ms: None,
};

fn tracker(cx: &Context<'_>) -> Tracker {
    Tracker::new(&cx.store.ledger, cx.elapsed()).unwrap()
}

/// Lets the tracker work for so long; every job about a single thing ends as `outcome` says. Returns
/// what was started.
fn work(
    tracker: &mut Tracker,
    cx: &mut Context<'_>,
    bench: &Workbench,
    time: Duration,
    outcome: &dyn Fn(OpportunityId, PadId) -> Result<Reading, coderpad::Error>,
) -> Vec<JobId> {
    let (mut all, end) = (Vec::new(), cx.elapsed() + time);
    while cx.elapsed() < end {
        tracker.on_tick(cx);
        for job in cx.jobs.started() {
            cx.jobs.end(&job);
            all.push(job.clone());
            match job {
                JobId::Pad(id, pad) => {
                    let read = outcome(id.clone(), pad.clone());
                    tracker.on_result(Tracked::Pad(id, pad, read), cx);
                }
                JobId::Interviews(id) => tracker.on_result(Tracked::Plan(id, Ok(Vec::new())), cx),
                JobId::FollowLook => {
                    let looked = PollResult {
                        looked_ms: Some(cx.now_ms()),
                        ..PollResult::default()
                    };
                    tracker.on_result(Tracked::Looked(looked), cx);
                }
                other => panic!("{other:?} is no job of the tracker"),
            }
        }
        let next = tracker.next_wake(cx).unwrap_or(end);
        bench.pass(
            next.saturating_sub(cx.elapsed())
                .max(Duration::from_millis(1)),
        );
    }
    all
}

#[test]
fn nothing_is_asked_before_there_is_a_pad() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let mut tracker = tracker(&cx);
    let gone = |_, _| Err(coderpad::Error::Gone);
    assert_eq!(work(&mut tracker, &mut cx, &bench, HOUR, &gone), []);
}

#[test]
fn an_open_pad_is_looked_at_soon_after_the_start() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    add_linked(&mut cx, "a", "ABCD1234");
    let mut tracker = tracker(&cx);
    tracker.on_tick(&mut cx);
    assert_eq!(cx.jobs.count(|kind| kind == JobKind::FollowLook), 0);
    bench.pass(Duration::from_secs(10));
    tracker.on_tick(&mut cx);
    assert_eq!(cx.jobs.count(|kind| kind == JobKind::FollowLook), 1);
    assert!(tracker.next_wake(&cx) > Some(cx.elapsed()));
}

#[test]
fn a_pad_that_keeps_failing_costs_few_requests_and_nobody_else() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let (odd, odd_pad) = add_linked(&mut cx, "odd", "ABCD1234");
    let (other, other_pad) = add_linked(&mut cx, "other", "EFGH5678");
    let mut tracker = tracker(&cx);
    for id in [&odd, &other] {
        tracker.urgent.pads.insert(id.clone());
    }
    let read = |id: OpportunityId, _| match id.as_str() {
        "odd" => Err(coderpad::Error::Refused {
            message: String::new(),
        }),
        _ => Ok(UNDER_WAY),
    };
    let started = work(&mut tracker, &mut cx, &bench, HOUR, &read);
    let of = |id: &OpportunityId, pad: &PadId| {
        let job = JobId::Pad(id.clone(), pad.clone());
        started.iter().filter(|one| **one == job).count()
    };
    assert!((2..=12).contains(&of(&odd, &odd_pad)), "{started:?}");
    assert!(of(&other, &other_pad) >= 1, "{started:?}");
    assert!(cx.connection.failing.quarantine_of(&odd).is_some());
    assert_eq!(cx.connection.failing.quarantine_of(&other), None);
    assert!(cx.connection.coderpad_breaker.permits_reads());
}

#[test]
fn a_read_that_panicked_is_a_failure_of_that_pad() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let (id, pad) = add_linked(&mut cx, "a", "ABCD1234");
    let mut tracker = tracker(&cx);
    for _ in 0..5 {
        let job = JobId::Pad(id.clone(), pad.clone());
        tracker.on_lost(job, Lost::Panicked, &mut cx);
    }
    assert!(cx.connection.failing.quarantine_of(&id).is_some());
}

#[test]
fn what_earlier_keys_did_not_find_says_nothing() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let (id, pad) = add_linked(&mut cx, "a", "ABCD1234");
    let mut tracker = tracker(&cx);
    for _ in 0..3 {
        let missing = Tracked::Pad(id.clone(), pad.clone(), Ok(Reading::Missing));
        tracker.on_stale_result(missing, &mut cx);
        bench.pass(HOUR);
    }
    assert!(matches!(life(&cx, &id), Lifecycle::Linked { .. }));
    assert_eq!(cx.store.ledger.interview(&id).unwrap().missing_ms, None);
}

#[test]
fn nothing_is_followed_while_paused() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    add_linked(&mut cx, "a", "ABCD1234");
    let mut tracker = tracker(&cx);
    cx.policy.paused = Some(padwatch_domain::pause::Pause::until_resumed(cx.now_ms()));
    bench.pass(HOUR);
    tracker.on_tick(&mut cx);
    assert!(cx.jobs.is_empty());
    assert_eq!(tracker.next_wake(&cx), None);
}
