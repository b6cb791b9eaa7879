use tokio::sync::mpsc;

use super::Outbox;
use crate::context::Context;
use crate::context::workbench::{Workbench, add_linked};
use padwatch_domain::announcement::{Announcement, News};
use padwatch_domain::change::Change;
use padwatch_domain::set_up::{SetUp, SetUpStep};

fn announce(cx: &mut Context<'_>, id: &str, pad: &str) {
    let (id, pad_id) = add_linked(cx, id, pad);
    let row = cx.store.ledger.row(&id).unwrap().unwrap();
    let link = format!("https://app.coderpad.io/{pad}");
    let news = News::PadReady {
        who: row.who(),
        pad: pad_id,
        link,
        adopted: false,
    };
    assert!(cx.try_commit(&[Change::Announced(news)]));
}

fn heard(heard: &mut mpsc::Receiver<Announcement>) -> Vec<String> {
    std::iter::from_fn(|| heard.try_recv().ok())
        .filter_map(|one| one.news.who().map(|who| who.opportunity.to_string()))
        .collect()
}

#[test]
fn announcements_come_in_order_and_once() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let (sender, mut receiver) = mpsc::channel(8);
    let mut outbox = Outbox::new(sender);
    announce(&mut cx, "a", "ABCD1234");
    announce(&mut cx, "b", "EFGH5678");
    outbox.on_tick(None, &mut cx);
    outbox.on_tick(None, &mut cx);
    assert_eq!(heard(&mut receiver), ["a", "b"]);
}

#[test]
fn a_host_that_is_full_gets_the_rest_later() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let (sender, mut receiver) = mpsc::channel(1);
    let mut outbox = Outbox::new(sender);
    announce(&mut cx, "a", "ABCD1234");
    announce(&mut cx, "b", "EFGH5678");
    outbox.on_tick(None, &mut cx);
    assert_eq!(heard(&mut receiver), ["a"]);
    outbox.on_tick(None, &mut cx);
    assert_eq!(heard(&mut receiver), ["b"]);
}

#[test]
fn what_was_handed_out_and_not_shown_comes_again_after_a_restart() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    announce(&mut cx, "a", "ABCD1234");
    for _ in 0..2 {
        let (sender, mut receiver) = mpsc::channel(8);
        Outbox::new(sender).on_tick(None, &mut cx);
        assert_eq!(heard(&mut receiver), ["a"]);
    }
    cx.shown(1);
    let (sender, mut receiver) = mpsc::channel(8);
    Outbox::new(sender).on_tick(None, &mut cx);
    assert!(heard(&mut receiver).is_empty());
}

#[test]
fn nobody_is_announced_before_set_up_is_finished() {
    let bench = Workbench::new();
    let mut cx = bench.context();
    let (sender, mut receiver) = mpsc::channel(8);
    let mut outbox = Outbox::new(sender);
    cx.policy.set_up = SetUp::stopped_at(SetUpStep::Coderpad);
    announce(&mut cx, "a", "ABCD1234");
    outbox.on_tick(None, &mut cx);
    assert!(heard(&mut receiver).is_empty());
    cx.policy.set_up = SetUp::default();
    outbox.on_tick(None, &mut cx);
    assert_eq!(heard(&mut receiver), ["a"]);
}
