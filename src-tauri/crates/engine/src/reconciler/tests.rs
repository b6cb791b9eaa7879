use std::collections::HashMap;
use std::time::Duration;

use lever::OpportunityId;

use super::Reconciler;
use crate::context::Context;
use crate::context::done::Reconciled;
use crate::context::workbench::{Workbench, add, life};
use crate::jobs::JobId;
use padwatch_domain::lifecycle::{Asker, Consent, Intent, Lifecycle};
use padwatch_domain::marker::Marker;
use padwatch_domain::pad_search::PadSearch;
use padwatch_domain::transition::scan::ScanResult;

fn add_intent(cx: &mut Context<'_>, id: &str) -> OpportunityId {
    let marker = Marker::fresh(OpportunityId::new(id), cx.wiring.rng.as_ref());
    let asker = cx.reader().map(|key| Asker {
        key,
        for_others: false,
    });
    let intent = Intent {
        marker,
        written_ms: cx.now_ms(),
        consent: Consent::Rules,
        beside: Vec::new(),
        asker,
        secrecy: Default::default(),
    };
    add(cx, id, Lifecycle::Intent { intent })
}

/// A complete look that found nothing.
fn nothing() -> ScanResult {
    ScanResult {
        found: HashMap::new(),
        incomplete: None,
        unread: 0,
        others_incomplete: None,
        server_ahead_ms: None,
    }
}

#[test]
fn an_intent_of_the_last_run_is_looked_for_before_anything_else() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let id = add_intent(&mut cx, "a");
    cx.store.is_recovered = false;
    let mut reconciler = Reconciler::new(None, cx.elapsed());
    reconciler.on_tick(true, &mut cx);
    assert!(cx.store.is_recovered);
    assert!(matches!(life(&cx, &id), Lifecycle::Uncertain { .. }));
    assert!(reconciler.next_wake(true, &cx).is_some());
}

#[test]
fn a_pad_counts_as_not_created_after_three_looks_over_two_minutes() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let id = add_intent(&mut cx, "a");
    cx.store.is_recovered = false;
    let mut reconciler = Reconciler::new(None, cx.elapsed());
    reconciler.on_tick(true, &mut cx);
    let before = cx.elapsed();
    let asks = |cx: &Context<'_>| match life(cx, &id) {
        Lifecycle::Uncertain { search, .. } => search.asks,
        other => panic!("{other:?}"),
    };
    let mut looks = 0;
    while !asks(&cx) {
        let next = reconciler.next_wake(true, &cx).unwrap();
        bench.pass(next.saturating_sub(cx.elapsed()));
        reconciler.on_tick(true, &mut cx);
        cx.jobs.end(&JobId::PadLook);
        let looked = Reconciled::Looked(vec![id.clone()], nothing());
        reconciler.on_result(looked, &mut cx);
        looks += 1;
    }
    assert!(looks >= 3, "{looks}");
    let took = cx.elapsed() - before;
    assert!(took >= Duration::from_secs(120), "{took:?}");
}

#[test]
fn looks_with_earlier_keys_that_find_nothing_prove_nothing() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let id = add_intent(&mut cx, "a");
    cx.store.is_recovered = false;
    let mut reconciler = Reconciler::new(None, cx.elapsed());
    reconciler.on_tick(true, &mut cx);
    for _ in 0..10 {
        bench.pass(Duration::from_secs(600));
        let looked = Reconciled::Looked(vec![id.clone()], nothing());
        reconciler.on_stale_result(looked, &mut cx);
    }
    let Lifecycle::Uncertain { search, .. } = life(&cx, &id) else {
        panic!("{:?}", life(&cx, &id))
    };
    assert!(!search.asks);
}

#[test]
fn what_the_person_decided_is_no_longer_looked_for() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let id = add_intent(&mut cx, "a");
    let mut reconciler = Reconciler::new(None, cx.elapsed());
    reconciler.look_for(id.clone(), cx.elapsed());
    assert!(reconciler.next_wake(true, &cx).is_some());
    reconciler.decided(&id);
    assert_eq!(reconciler.next_wake(true, &cx), None);
}

#[test]
fn a_lost_ledgers_pads_are_searched_for_once_everybody_is_known() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let mut reconciler = Reconciler::new(Some(PadSearch::AfterDamage), cx.elapsed());
    reconciler.on_tick(false, &mut cx);
    assert_eq!(cx.jobs.started(), []);
    reconciler.on_tick(true, &mut cx);
    assert_eq!(cx.jobs.started(), [JobId::PadSearch]);
    reconciler.on_lost(&JobId::PadSearch, cx.elapsed());
    cx.jobs.end(&JobId::PadSearch);
    reconciler.on_tick(true, &mut cx);
    assert_eq!(cx.jobs.started(), [JobId::PadSearch]);
}
