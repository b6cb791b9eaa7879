use std::time::Duration;

use coderpad::{CreateError, CreatedPad, PadId};
use lever::{Opportunity, OpportunityId, StageId};
use transport::FailureKind;

use super::{Beside, Provisioner};
use crate::context::done::Provisioned;
use crate::context::workbench::{Workbench, add_waiting, life, seen};
use crate::context::{Context, Signal};
use crate::jobs::{JobId, Lost};
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::lifecycle::Lifecycle;
use padwatch_domain::reason::Reason;
use padwatch_domain::secrecy::Secrecy;
use padwatch_domain::service_error::{Service, of_lever};
use padwatch_domain::transition::prepare::Prepared;

/// The stage is known; whether a search holds pads back is up to the test.
#[derive(Default)]
struct Alone {
    searches: bool,
}

impl Beside for Alone {
    fn watched_stages(&self) -> Vec<StageId> {
        vec![StageId::new("phone")]
    }

    fn knows_whom_to_watch(&self, _: &Context<'_>) -> bool {
        true
    }

    fn fresh(&self, _: &OpportunityId, _: Duration) -> Option<Opportunity> {
        None
    }

    fn shows_link(&self, _: &OpportunityId) -> bool {
        false
    }

    fn search_holds_back(&self, _: &Candidacy) -> bool {
        self.searches
    }
}

fn provisioner(cx: &Context<'_>) -> Provisioner {
    let mut provisioner = Provisioner::new(&cx.store.ledger, cx.elapsed()).unwrap();
    // The allowance was read.
    provisioner.next_quota = Duration::MAX;
    provisioner
}

fn ready(id: &OpportunityId) -> Provisioned {
    let ready = Prepared::Ready {
        seen: seen(id),
        beside: Vec::new(),
        secrecy: Secrecy::Open,
    };
    Provisioned::Prepared(id.clone(), ready, None)
}

fn created_pad() -> CreatedPad {
    CreatedPad {
        id: PadId::parse("ABCD1234").unwrap(),
        pad: None,
        server_date_ms: None,
    }
}

/// Up to the moment at which the request for the pad is on its way.
fn ask_for_pad(provisioner: &mut Provisioner, id: &OpportunityId, cx: &mut Context<'_>) {
    provisioner.on_tick(&Alone::default(), cx);
    let step = [JobId::Step(id.clone())];
    assert_eq!(cx.jobs.started(), step);
    cx.jobs.end(&step[0]);
    provisioner.on_result(ready(id), &Alone::default(), cx);
    assert_eq!(cx.jobs.started(), step);
}

#[test]
fn the_intent_is_on_the_disk_before_the_pad_is_asked_for() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let id = add_waiting(&mut cx, "a");
    let mut provisioner = provisioner(&cx);
    ask_for_pad(&mut provisioner, &id, &mut cx);
    assert!(matches!(life(&cx, &id), Lifecycle::Intent { .. }));
}

#[test]
fn a_created_pad_is_written_and_its_link_follows() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let id = add_waiting(&mut cx, "a");
    let mut provisioner = provisioner(&cx);
    ask_for_pad(&mut provisioner, &id, &mut cx);
    cx.jobs.end(&JobId::Step(id.clone()));
    let created = Provisioned::Created(id.clone(), Ok(created_pad()));
    provisioner.on_result(created, &Alone::default(), &mut cx);
    assert!(matches!(life(&cx, &id), Lifecycle::Created { .. }));
    provisioner.on_tick(&Alone::default(), &mut cx);
    assert_eq!(cx.jobs.started(), [JobId::Step(id)]);
}

#[test]
fn a_creation_without_an_outcome_is_looked_for_and_not_repeated() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let id = add_waiting(&mut cx, "a");
    let mut provisioner = provisioner(&cx);
    ask_for_pad(&mut provisioner, &id, &mut cx);
    cx.jobs.end(&JobId::Step(id.clone()));
    provisioner.on_lost(JobId::Step(id.clone()), Lost::GivenUp, &mut cx);
    assert!(matches!(life(&cx, &id), Lifecycle::Uncertain { .. }));
    let told = |signal: &Signal| matches!(signal, Signal::Uncertain(one) if *one == id);
    assert!(cx.signals.iter().any(told));
    bench.pass(Duration::from_secs(24 * 3600));
    provisioner.on_tick(&Alone::default(), &mut cx);
    assert!(cx.jobs.is_empty());
}

#[test]
fn a_pad_that_earlier_keys_created_is_still_that_pad() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let id = add_waiting(&mut cx, "a");
    let mut provisioner = provisioner(&cx);
    ask_for_pad(&mut provisioner, &id, &mut cx);
    provisioner.on_stale_result(Provisioned::Created(id.clone(), Ok(created_pad())), &mut cx);
    assert!(matches!(life(&cx, &id), Lifecycle::Created { .. }));
}

#[test]
fn a_request_that_never_left_is_made_again() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let id = add_waiting(&mut cx, "a");
    let mut provisioner = provisioner(&cx);
    ask_for_pad(&mut provisioner, &id, &mut cx);
    cx.jobs.end(&JobId::Step(id.clone()));
    let unsent = Err(CreateError::NotSent(FailureKind::Tls));
    let created = Provisioned::Created(id.clone(), unsent);
    provisioner.on_result(created, &Alone::default(), &mut cx);
    assert!(!matches!(
        life(&cx, &id),
        Lifecycle::Uncertain { .. } | Lifecycle::Intent { .. }
    ));
}

#[test]
fn a_profile_that_keeps_failing_waits_and_others_are_served() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let (odd, other) = (add_waiting(&mut cx, "odd"), add_waiting(&mut cx, "other"));
    let mut provisioner = provisioner(&cx);
    let (mut asked, mut served) = (Vec::new(), 0);
    let end = cx.elapsed() + Duration::from_secs(3600);
    while cx.elapsed() < end {
        provisioner.on_tick(&Alone::default(), &mut cx);
        for job in cx.jobs.started() {
            cx.jobs.end(&job);
            if job == JobId::Step(other.clone()) {
                let left = Prepared::Left {
                    seen: None,
                    reason: Reason::TagRemoved,
                };
                let left = Provisioned::Prepared(other.clone(), left, None);
                provisioner.on_result(left, &Alone::default(), &mut cx);
                served += 1;
            } else {
                let failed = Prepared::Failed(of_lever(&lever::Error::Refused {
                    code: String::new(),
                    message: String::new(),
                }));
                let failed = Provisioned::Prepared(odd.clone(), failed, None);
                provisioner.on_result(failed, &Alone::default(), &mut cx);
                asked.push(cx.elapsed());
            }
        }
        bench.pass(Duration::from_secs(5));
    }
    assert!((2..=12).contains(&asked.len()), "{asked:?}");
    assert_eq!(served, 1);
    assert!(cx.is_open(Service::Lever));
}

#[test]
fn nothing_new_is_begun_while_closing_paused_or_searching() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let id = add_waiting(&mut cx, "a");
    let mut provisioner = provisioner(&cx);
    provisioner.on_tick(&Alone { searches: true }, &mut cx);
    assert!(cx.jobs.is_empty());
    cx.policy.paused = Some(padwatch_domain::pause::Pause::until_resumed(cx.now_ms()));
    provisioner.on_tick(&Alone::default(), &mut cx);
    assert!(cx.jobs.is_empty());
    cx.policy.paused = None;
    provisioner.on_tick(&Alone::default(), &mut cx);
    cx.is_closing = true;
    cx.jobs.end(&JobId::Step(id.clone()));
    provisioner.on_result(ready(&id), &Alone::default(), &mut cx);
    assert!(matches!(life(&cx, &id), Lifecycle::Eligible { .. }));
    assert!(cx.jobs.is_empty());
}
