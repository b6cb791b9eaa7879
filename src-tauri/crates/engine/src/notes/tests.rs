use std::time::Duration;

use lever::OpportunityId;
use serde_json::{Value, json};

use super::Notes;
use crate::context::Context;
use crate::context::done::Noted;
use crate::context::workbench::{START_MS, Workbench, add_linked};
use crate::jobs::{JobId, Lost};
use padwatch_domain::change::Change;
use padwatch_domain::note::outcome::{Found, Sent};
use padwatch_domain::note::{Note, PartState, Stage};
use padwatch_domain::search::Look;

/// A candidate with a note of one part that the person has said yes to.
fn add_note(cx: &mut Context<'_>, state: &Value) -> OpportunityId {
    let (id, pad) = add_linked(cx, "ada", "ABCD1234");
    let note = json!({
        "opportunity": id.as_str(),
        "pad": pad.as_str(),
        "stage": {
            "state": "sending",
            "draft": {
                "text": "mine", "secret": false, "choice": {}, "file": null, "notices": [],
                "offers": {"summary": false, "transcript": false, "reports": false},
            },
            "parts": [{
                "marker": "padwatch-note-0123456789abcdef0123456789abcdef",
                "what": {"kind": "text", "text": "mine"},
                "state": state,
                "tries": 0,
            }],
            "halted": null,
            "sinceMs": START_MS,
        },
    });
    let note: Note = serde_json::from_value(note).unwrap();
    assert!(cx.try_commit(&[Change::Noted(Box::new(note), None)]));
    id
}

fn part(cx: &Context<'_>, id: &OpportunityId) -> Option<PartState> {
    let note = cx.store.ledger.note(id).unwrap().unwrap();
    note.turn().map(|(_, part)| part.state)
}

#[test]
fn a_part_is_in_flight_on_the_disk_before_it_is_sent() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let id = add_note(&mut cx, &json!({"state": "waiting"}));
    Notes::default().on_tick(&mut cx);
    assert_eq!(part(&cx, &id), Some(PartState::InFlight));
    assert_eq!(cx.jobs.started(), [JobId::Note(id)]);
}

#[test]
fn a_part_that_lever_took_is_sent_once() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let id = add_note(&mut cx, &json!({"state": "waiting"}));
    let mut notes = Notes::default();
    notes.on_tick(&mut cx);
    cx.jobs.end(&JobId::Note(id.clone()));
    notes.on_result(Noted::Sent(id.clone(), Sent::There), &mut cx);
    let note = cx.store.ledger.note(&id).unwrap().unwrap();
    assert!(matches!(note.stage, Stage::Added { .. }), "{note:?}");
    notes.on_tick(&mut cx);
    assert!(cx.jobs.is_empty());
    assert_eq!(notes.next_wake(cx.elapsed(), &cx), None);
}

#[test]
fn a_part_whose_job_was_lost_is_looked_for_and_not_sent_again() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let id = add_note(&mut cx, &json!({"state": "waiting"}));
    let mut notes = Notes::default();
    notes.on_tick(&mut cx);
    cx.jobs.end(&JobId::Note(id.clone()));
    notes.on_lost(&id, Lost::Panicked, &mut cx);
    assert!(matches!(part(&cx, &id), Some(PartState::Uncertain { .. })));
    let next = notes.next_wake(cx.elapsed(), &cx).unwrap();
    bench.pass(next.saturating_sub(cx.elapsed()));
    notes.on_tick(&mut cx);
    assert_eq!(cx.jobs.started(), [JobId::Note(id.clone())]);
    assert!(matches!(part(&cx, &id), Some(PartState::Uncertain { .. })));
}

#[test]
fn what_was_in_flight_at_the_end_of_a_run_is_looked_for() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let id = add_note(&mut cx, &json!({"state": "inFlight"}));
    let mut notes = Notes::default();
    notes.on_start(&mut cx);
    let uncertain = part(&cx, &id);
    assert!(
        matches!(uncertain, Some(PartState::Uncertain { .. })),
        "{uncertain:?}"
    );
    notes.on_result(
        Noted::Looked(id.clone(), Found::Looked(Look::Found(1))),
        &mut cx,
    );
    assert_eq!(part(&cx, &id), None);
}

#[test]
fn nothing_is_sent_while_lever_is_in_trouble() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    add_note(&mut cx, &json!({"state": "waiting"}));
    let trouble = padwatch_domain::service_error::of_lever(&lever::Error::WrongKey);
    cx.close_gate(trouble, cx.elapsed());
    let mut notes = Notes::default();
    bench.pass(Duration::from_secs(1));
    notes.on_tick(&mut cx);
    assert!(cx.jobs.is_empty());
    assert_eq!(notes.next_wake(cx.elapsed(), &cx), None);
}
