use lever::OpportunityId;
use lever::webhook::EventKind;
use padwatch_receiver::{Delivery, Taken};

use super::{Channels, WebhookChoice, Webhooks};
use crate::context::workbench::{START_MS, Workbench};
use crate::context::{Context, Signal};
use crate::snapshot::webhooks::WebhookState;

fn webhooks<'a>(cx: &Context<'_>, wires: &'a Channels) -> Webhooks<'a> {
    Webhooks::new(&cx.store.ledger, wires, cx.elapsed()).unwrap()
}

fn delivery(token: &str) -> Delivery {
    Delivery {
        token: token.to_owned(),
        opportunity: OpportunityId::new("ada"),
        kind: EventKind::CandidateStageChange,
        triggered_at_ms: START_MS,
    }
}

#[test]
fn an_event_is_a_hint_once_however_often_it_comes() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let wires = Channels::new();
    let mut webhooks = webhooks(&cx, &wires);
    assert_eq!(webhooks.take(&delivery("one"), &mut cx), Ok(Taken::New));
    assert_eq!(webhooks.take(&delivery("one"), &mut cx), Ok(Taken::Seen));
    let hints = cx.signals.iter();
    let hints = hints.filter(|signal| matches!(signal, Signal::Hinted));
    assert_eq!(hints.count(), 1);
    assert_eq!(cx.store.ledger.hint_backlog().unwrap().count, 1);
}

#[test]
fn where_to_listen_follows_the_choice_and_outlives_a_restart() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let wires = Channels::new();
    let choice = WebhookChoice {
        on: true,
        public_address: "pads.example.com".to_owned(),
        port: Some(4321),
    };
    let mut first = webhooks(&cx, &wires);
    assert_eq!(first.choose_webhooks(&choice, &mut cx), Ok(()));
    let place = |wires: &Channels| wires.place.borrow().as_ref().map(|place| place.port);
    assert_eq!(place(&wires), Some(Some(4321)));
    let wires = Channels::new();
    let mut again = webhooks(&cx, &wires);
    again.publish_listening_place();
    assert_eq!(place(&wires), Some(Some(4321)));
    assert_ne!(again.webhook_state(&cx), WebhookState::Off);
    let off = WebhookChoice::default();
    assert_eq!(again.choose_webhooks(&off, &mut cx), Ok(()));
    assert_eq!(place(&wires), None);
}

#[test]
fn an_address_that_lever_cannot_reach_changes_nothing() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let wires = Channels::new();
    let mut webhooks = webhooks(&cx, &wires);
    let choice = WebhookChoice {
        on: true,
        public_address: "127.0.0.1".to_owned(),
        port: None,
    };
    assert!(webhooks.choose_webhooks(&choice, &mut cx).is_err());
    assert!(wires.place.borrow().is_none());
    assert_eq!(webhooks.webhook_state(&cx), WebhookState::Off);
}
