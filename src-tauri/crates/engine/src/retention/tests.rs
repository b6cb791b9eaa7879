use std::time::Duration;

use lever::{DeletedOpportunity, Listed, Opportunity, OpportunityId, Skipped};
use serde_json::json;

use super::Retention;
use crate::context::Context;
use crate::context::done::Retained;
use crate::context::workbench::{Workbench, add, add_waiting};
use crate::jobs::{JobId, Lost};
use padwatch_domain::lifecycle::Lifecycle;

const DAY: Duration = Duration::from_secs(24 * 3600);
const NOBODY: &dyn Fn(&OpportunityId) -> bool = &|_| false;

fn is_known(cx: &Context<'_>, id: &OpportunityId) -> bool {
    cx.store.ledger.row(id).unwrap().is_some()
}

fn read(id: &OpportunityId, is_anonymized: bool) -> Opportunity {
    serde_json::from_value(json!({"id": id.as_str(), "isAnonymized": is_anonymized})).unwrap()
}

#[test]
fn who_lever_deleted_is_removed_one_by_one() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let mut retention = Retention::new(cx.elapsed());
    let ids: Vec<_> = ["a", "b"].map(|id| add_waiting(&mut cx, id)).into();
    bench.pass(DAY);
    retention.on_idle(NOBODY, &mut cx);
    assert_eq!(cx.jobs.started(), [JobId::Deletions]);
    let deleted = ids.iter().map(|id| DeletedOpportunity { id: id.clone() });
    let deleted = Listed {
        rows: deleted.collect(),
        skipped: Skipped::default(),
    };
    let until_ms = cx.now_ms();
    retention.on_result(Retained::DeletionsRead(Ok(deleted), until_ms), &mut cx);
    let mut left = Vec::new();
    while retention.next_wake(cx.elapsed(), &cx).is_some() {
        retention.on_tick(&mut cx);
        left.push(ids.iter().filter(|id| is_known(&cx, id)).count());
    }
    assert_eq!(left, [1, 0]);
}

#[test]
fn who_is_over_for_long_is_removed_unless_lever_lists_them() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let mut retention = Retention::new(cx.elapsed());
    let ids = ["gone", "listed"].map(|id| add(&mut cx, id, Lifecycle::Skipped));
    bench.pass(DAY * 1000);
    let is_listed = |id: &OpportunityId| id.as_str() == "listed";
    retention.on_idle(&is_listed, &mut cx);
    retention.on_tick(&mut cx);
    retention.on_tick(&mut cx);
    assert_eq!(ids.map(|id| is_known(&cx, &id)), [false, true]);
}

#[test]
fn who_was_anonymised_is_removed_and_who_is_there_stays() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let mut retention = Retention::new(cx.elapsed());
    let ids = ["a", "b"].map(|id| add_waiting(&mut cx, id));
    for (id, is_anonymized) in ids.iter().zip([true, false]) {
        let read = Box::new(Ok(read(id, is_anonymized)));
        retention.on_result(Retained::PersonRead(id.clone(), read), &mut cx);
    }
    retention.on_tick(&mut cx);
    assert_eq!(ids.map(|id| is_known(&cx, &id)), [false, true]);
}

#[test]
fn a_list_of_deletions_that_was_lost_is_asked_for_again() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let mut retention = Retention::new(cx.elapsed());
    bench.pass(DAY);
    retention.on_idle(NOBODY, &mut cx);
    cx.jobs.end(&JobId::Deletions);
    retention.on_idle(NOBODY, &mut cx);
    assert_eq!(cx.jobs.started(), []);
    retention.on_lost(JobId::Deletions, Lost::GivenUp, &mut cx);
    retention.on_idle(NOBODY, &mut cx);
    assert_eq!(cx.jobs.started(), [JobId::Deletions]);
}
