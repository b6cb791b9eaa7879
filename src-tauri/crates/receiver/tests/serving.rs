//! What Lever finds: every answer over a real connection.

#[cfg(test)]
mod support;

use std::sync::Arc;

use padwatch_receiver::{Refusal, Test};
use serde_json::json;
use support::{NOW, OPPORTUNITY, TOKEN, TRIGGERED_AT, Tried, posted, signed, vector};
use transport::VirtualClock;

#[tokio::test]
async fn the_contracts_vector_is_stored_and_then_acknowledged() {
    let tried = Tried::start().await.unwrap();
    assert_eq!(tried.post(&vector()).await.unwrap(), Some(200));
    let [delivery] = &tried.inbox.stored()[..] else {
        panic!("one delivery")
    };
    assert_eq!(delivery.token, TOKEN);
    assert_eq!(delivery.opportunity.as_str(), OPPORTUNITY);
    assert_eq!(delivery.triggered_at_ms, TRIGGERED_AT);
    let health = tried.running.health().borrow().clone();
    assert_eq!((health.accepted, health.refused_in_all()), (1, 0));
    assert!(health.last_event_ms >= Some(NOW));
}

#[tokio::test]
async fn a_reply_is_the_same_for_everybody_and_carries_nothing() {
    let tried = Tried::start().await.unwrap();
    let body = vector().to_string();
    let reply = support::exchange(tried.port, &posted(tried.port, body.as_bytes()))
        .await
        .unwrap();
    let expected = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    assert_eq!(String::from_utf8(reply).unwrap(), expected);
}

#[tokio::test]
async fn a_replayed_event_is_acknowledged_and_stored_once() {
    let tried = Tried::start().await.unwrap();
    for _ in 0..3 {
        assert_eq!(tried.post(&vector()).await.unwrap(), Some(200));
    }
    // The id is not signed: another one makes no other event.
    let mut renamed = vector();
    renamed["id"] = json!("88888888-8888-4888-8888-888888888888");
    assert_eq!(tried.post(&renamed).await.unwrap(), Some(200));
    assert_eq!(tried.inbox.stored().len(), 1);
    let health = tried.running.health().borrow().clone();
    assert_eq!((health.accepted, health.seen_before), (1, 3));
}

#[tokio::test]
async fn an_event_that_cannot_be_stored_is_taken_the_next_time() {
    let tried = Tried::start().await.unwrap();
    tried.inbox.refuse(1);
    assert_eq!(tried.post(&vector()).await.unwrap(), Some(503));
    assert_eq!(tried.post(&vector()).await.unwrap(), Some(200));
    assert_eq!(tried.inbox.stored().len(), 1);
    let health = tried.running.health().borrow().clone();
    assert_eq!(health.refused.get(&Refusal::NotStored), Some(&1));
}

#[tokio::test]
async fn the_verify_button_is_seen_with_and_without_a_signing_token() {
    let tried = Tried::start().await.unwrap();
    let mut test = vector();
    test["data"] = json!({});
    test["event"] = json!("candidateHired");
    test.as_object_mut().unwrap().remove("id");

    assert_eq!(tried.post(&test).await.unwrap(), Some(200));
    let last = tried.running.health().borrow().last_test;
    assert!(
        matches!(last, Some(Test { verified: true, .. })),
        "{last:?}"
    );

    tried.tokens.send_replace(Vec::new());
    assert_eq!(tried.post(&test).await.unwrap(), Some(200));
    let last = tried.running.health().borrow().last_test;
    assert!(
        matches!(
            last,
            Some(Test {
                verified: false,
                ..
            })
        ),
        "{last:?}"
    );
    assert_eq!(
        tried.post(&vector()).await.unwrap(),
        Some(503),
        "an event is another matter"
    );
    assert_eq!(tried.inbox.stored(), []);
}

#[tokio::test]
async fn a_replaced_signing_token_shows_and_then_works_once_it_is_known() {
    let tried = Tried::start().await.unwrap();
    tried.tokens.send_replace(vec!["the-old-one".into()]);
    for count in 1..=3 {
        assert_eq!(tried.post(&vector()).await.unwrap(), Some(401));
        let health = tried.running.health().borrow().clone();
        assert_eq!(health.wrong_signatures_in_a_row, count);
    }
    tried
        .tokens
        .send_replace(vec!["the-old-one".into(), support::SIGNING_TOKEN.into()]);
    assert_eq!(tried.post(&vector()).await.unwrap(), Some(200));
    assert_eq!(tried.running.health().borrow().wrong_signatures_in_a_row, 0);
}

#[tokio::test]
async fn events_in_any_order_are_all_taken() {
    let tried = Tried::start().await.unwrap();
    for (token, at) in [
        ("later", NOW),
        ("earlier", NOW - 60_000),
        ("between", NOW - 30_000),
    ] {
        assert_eq!(tried.post(&signed(token, at)).await.unwrap(), Some(200));
    }
    assert_eq!(tried.inbox.stored().len(), 3);
}

#[tokio::test]
async fn long_bodies_up_to_the_limit_are_read_whole() {
    let tried = Tried::start().await.unwrap();
    let mut event = vector();
    let room = padwatch_receiver::LONGEST_BODY - event.to_string().len();
    event["padding"] = json!("a".repeat(room - r#","padding":"""#.len()));
    assert_eq!(event.to_string().len(), padwatch_receiver::LONGEST_BODY);
    assert_eq!(tried.post(&event).await.unwrap(), Some(200));
    assert_eq!(tried.inbox.stored().len(), 1);
}

#[tokio::test]
async fn a_body_that_a_tunnel_sends_in_chunks_is_taken() {
    let tried = Tried::start().await.unwrap();
    for (number, size) in [1_000, 40, 7].into_iter().enumerate() {
        let event = signed(&format!("chunked-{number}"), NOW).to_string();
        let whole = String::from_utf8(posted(tried.port, event.as_bytes())).unwrap();
        let (head, _) = whole.split_once("\r\n\r\n").unwrap();
        let length = format!("Content-Length: {}", event.len());
        let mut raw = head.replace(&length, "transfer-encoding: Chunked") + "\r\n\r\n";
        for chunk in event.as_bytes().chunks(size) {
            let text = std::str::from_utf8(chunk).unwrap();
            raw += &format!("{:x}\r\n{text}\r\n", chunk.len());
        }
        raw += "0\r\n\r\n";
        assert_eq!(tried.send(raw.as_bytes()).await.unwrap(), Some(200));
        assert_eq!(tried.inbox.stored().len(), number + 1);
    }
}

#[tokio::test]
async fn what_lever_reruns_out_of_its_history_of_two_weeks_is_taken() {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let tried = Tried::start().await.unwrap();
    for (token, age) in [("hours", DAY / 4), ("days", 3 * DAY), ("weeks", 14 * DAY)] {
        let event = signed(token, NOW - age);
        assert_eq!(tried.post(&event).await.unwrap(), Some(200), "{token}");
        assert_eq!(tried.post(&event).await.unwrap(), Some(200), "{token}");
    }
    assert_eq!(tried.inbox.stored().len(), 3);
}

#[tokio::test]
async fn verify_of_a_webhook_whose_token_is_not_stored_yet_gets_its_mark() {
    let tried = Tried::start().await.unwrap();
    let token = "of-a-second-webhook";
    let mut test = signed("verify", NOW);
    test["data"] = json!({});
    let signature = lever::webhook::sign(&token.into(), "verify", NOW);
    test["signature"] = json!(signature);
    assert_eq!(tried.post(&test).await.unwrap(), Some(200));
    let health = tried.running.health().borrow().clone();
    assert!(!health.last_test.unwrap().verified);
    assert_eq!(
        health.wrong_signatures_in_a_row, 0,
        "the token didn't change"
    );
    test["data"] = json!({"opportunityId": OPPORTUNITY});
    assert_eq!(tried.post(&test).await.unwrap(), Some(401), "no event");
    tried
        .tokens
        .send_replace(vec![support::SIGNING_TOKEN.into(), token.into()]);
    test["data"] = json!({});
    assert_eq!(tried.post(&test).await.unwrap(), Some(200));
    let last = tried.running.health().borrow().last_test;
    assert!(last.unwrap().verified);
}

#[tokio::test]
async fn a_panic_in_the_inbox_is_refused_and_counted_as_a_restart() {
    let tried = Tried::start().await.unwrap();
    let mut health = tried.running.health();
    for round in 1..=3 {
        tried.inbox.panic(1);
        let event = signed(&format!("round-{round}"), NOW);
        let status = tried.post(&event).await.unwrap();
        assert!(
            status.is_some_and(|status| status >= 500),
            "Lever must try again: {status:?}"
        );
        health
            .wait_for(|health| health.restarts == round)
            .await
            .unwrap();
        assert_eq!(tried.post(&event).await.unwrap(), Some(200));
    }
    assert_eq!(tried.inbox.stored().len(), 3);
    assert!(health.borrow().last_restart_ms >= Some(NOW));
}

#[tokio::test]
async fn a_port_in_use_is_left_to_its_owner_and_the_change_is_told() {
    let owner = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let kept = owner.local_addr().unwrap().port();
    let clock = Arc::new(VirtualClock::starting_at(NOW));
    let tried = Tried::start_with(Some(kept), clock).await.unwrap();
    assert_ne!(tried.port, kept);
    assert_eq!(
        tried.running.health().borrow().port_changed_from,
        Some(kept)
    );
    assert_eq!(tried.post(&vector()).await.unwrap(), Some(200));
}

#[tokio::test]
async fn a_port_is_kept_from_one_start_to_the_next() {
    let first = Tried::start().await.unwrap();
    let port = first.port;
    assert_eq!(first.post(&vector()).await.unwrap(), Some(200));
    first.running.stop().await;
    let clock = Arc::new(VirtualClock::starting_at(NOW));
    let second = Tried::start_with(Some(port), clock).await.unwrap();
    assert_eq!(second.port, port);
    assert_eq!(second.running.health().borrow().port_changed_from, None);
}
