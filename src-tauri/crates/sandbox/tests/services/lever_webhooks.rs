use std::sync::Arc;
use std::time::Duration;

use http::Method;
use sandbox::OpportunityId;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::watch;
use transport::SecretString;

use crate::support::Tried;

/// What a receiver got, request by request.
type Got = Arc<watch::Sender<Vec<String>>>;

/// A receiver that answers with these statuses in turn, and with the last one for ever.
async fn receiver(statuses: &'static [u16]) -> (String, Got) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/lever/x", listener.local_addr().unwrap());
    let got = Got::default();
    let store = got.clone();
    tokio::spawn(async move {
        for turn in 0.. {
            let Ok((mut socket, _)) = listener.accept().await else {
                return;
            };
            let mut text = String::new();
            let mut buffer = vec![0; 65_536];
            while !whole(&text) {
                let read = socket.read(&mut buffer).await.unwrap_or(0);
                if read == 0 {
                    break;
                }
                text.push_str(&String::from_utf8_lossy(&buffer[..read]));
            }
            store.send_modify(|got| got.push(text));
            let status = statuses.get(turn).or(statuses.last()).unwrap();
            let reply = format!(
                "HTTP/1.1 {status} X\r\nlocation: /elsewhere\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            );
            let _ = socket.write_all(reply.as_bytes()).await;
        }
    });
    (url, got)
}

fn whole(text: &str) -> bool {
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| {
        line.to_ascii_lowercase()
            .strip_prefix("content-length: ")?
            .parse::<usize>()
            .ok()
    });
    body.len() >= length.unwrap_or(0)
}

/// Waits for so many requests, and gives their bodies.
async fn bodies(got: &Got, count: usize) -> Vec<Value> {
    let mut got = got.subscribe();
    let complete = got.wait_for(|got| got.len() >= count);
    let complete = tokio::time::timeout(Duration::from_secs(20), complete).await;
    let got = complete.expect("the deliveries come").unwrap();
    got.iter()
        .map(|text| {
            serde_json::from_str(text.split_once("\r\n\r\n").unwrap().1).unwrap_or(Value::Null)
        })
        .collect()
}

async fn act(tried: &Tried, command: Value) -> Value {
    let done = tried.control("api/webhooks", Some(command)).await;
    assert_eq!(done.status, 200, "{}", done.text);
    done.body
}

/// A webhook for stage changes, switched on, with short pauses. Gives its id and token.
async fn hook(tried: &Tried, url: &str) -> (String, String) {
    act(
        tried,
        json!({"do": "switchEvents", "event": "candidateStageChange", "on": true}),
    )
    .await;
    act(
        tried,
        json!({"do": "setManners", "manners": {"retryAfterMs": 5}}),
    )
    .await;
    let made = act(
        tried,
        json!({"do": "add", "event": "candidateStageChange", "url": url}),
    )
    .await;
    (
        made["webhook"].as_str().unwrap().into(),
        made["signatureToken"].as_str().unwrap().into(),
    )
}

fn move_to(tried: &Tried, id: &OpportunityId, stage: &str) {
    tried.world(|world| world.move_to_stage(id, stage).unwrap());
}

fn is_signed(body: &Value, key: &str) -> bool {
    let key = SecretString::from(key);
    let (token, at) = (
        body["token"].as_str().unwrap(),
        body["triggeredAt"].as_i64().unwrap(),
    );
    body["signature"] == json!(lever::webhook::sign(&key, token, at))
}

#[tokio::test]
async fn a_webhook_needs_https_and_an_event_that_there_is() {
    let tried = Tried::start().await;
    let plain = tried
        .lever_post(
            "/webhooks",
            json!({"url": "http://example.test/x", "event": "candidateStageChange"}),
        )
        .await;
    assert_eq!(plain.status, 400, "https alone");
    let unknown = tried
        .lever_post(
            "/webhooks",
            json!({"url": "https://example.test/x", "event": "candidateTagged"}),
        )
        .await;
    assert_eq!(unknown.status, 400, "no such event");
}

#[tokio::test]
async fn the_api_creates_and_removes_webhooks() {
    let tried = Tried::start().await;
    let new = json!({"url": "https://example.test/x", "event": "candidateStageChange"});
    let made = tried.lever_post("/webhooks", new.clone()).await;
    assert_eq!(made.status, 201);
    let token = made
        .at("/data/configuration/signatureToken")
        .as_str()
        .unwrap();
    assert!(token.len() == 48 && token.bytes().all(|byte| byte.is_ascii_hexdigit()));
    assert_eq!(
        made.at("/data/configuration/conditions/origins")
            .as_array()
            .unwrap()
            .len(),
        6
    );
    assert_eq!(
        tried.lever_post("/webhooks", new).await.status,
        201,
        "the same again is kept too"
    );
    let listed = tried.lever_get("/webhooks").await;
    assert_eq!(listed.column("id").len(), 2);
    assert!(listed.body.get("hasNext").is_none());
    assert!(!listed.text.contains("signatureToken"));
    let id = made.at("/data/id").as_str().unwrap();
    assert_eq!(
        tried
            .lever(Method::DELETE, &format!("/webhooks/{id}"), None)
            .await
            .status,
        204
    );
    assert_eq!(
        tried
            .lever(Method::DELETE, &format!("/webhooks/{id}"), None)
            .await
            .status,
        404
    );
    let unconditional = tried
        .lever_post(
            "/webhooks",
            json!({"url": "https://example.test/x", "event": "candidateDeleted"}),
        )
        .await;
    assert!(unconditional.at("/data/configuration/conditions").is_null());
}

#[tokio::test]
async fn a_stage_change_is_delivered_signed_once_its_group_is_on() {
    let tried = Tried::start().await;
    let (url, got) = receiver(&[200]).await;
    let id = tried.candidate();
    let (_, key) = hook(&tried, &url).await;
    act(
        &tried,
        json!({"do": "switchEvents", "event": "candidateStageChange", "on": false}),
    )
    .await;
    move_to(&tried, &id, "Offer");
    act(
        &tried,
        json!({"do": "switchEvents", "event": "candidateStageChange", "on": true}),
    )
    .await;
    let to = tried.world(|world| world.lever.stage_named("Phone Screen").unwrap());
    move_to(&tried, &id, "Phone Screen");
    let body = &bodies(&got, 1).await[0];
    assert_eq!(body["event"], "candidateStageChange");
    assert_eq!(body["data"]["opportunityId"], json!(id));
    assert_eq!(
        (&body["data"]["fromStageId"], &body["data"]["toStageId"]),
        (&json!("offer"), &json!(to))
    );
    assert!(body["id"].is_string());
    assert!(is_signed(body, &key));
    let head = got.borrow()[0].to_ascii_lowercase();
    assert!(
        head.starts_with("post /lever/x ") && head.contains("user-agent: lever-webhooks"),
        "{head}"
    );
    assert!(head.contains("content-type: application/json") && head.contains("content-length:"));
}

#[tokio::test]
async fn what_is_not_received_is_tried_five_times_more() {
    let tried = Tried::start().await;
    let (url, got) = receiver(&[500, 302, 401, 503, 404, 500]).await;
    let id = tried.candidate();
    let (_, key) = hook(&tried, &url).await;
    move_to(&tried, &id, "Offer");
    let tries = bodies(&got, 6).await;
    assert!(
        tries
            .iter()
            .all(|body| body == &tries[0] && is_signed(body, &key))
    );
    let over = async || tried.control("api/webhooks", None).await;
    let mut log = over().await;
    while log.at("/deliveries/0/tries/5").is_null() {
        log = over().await;
    }
    assert_eq!(
        log.at("/deliveries/0/tries/1/status"),
        &json!(302),
        "a redirect is no success"
    );
    assert_eq!(
        log.at("/deliveries/0/dueAt"),
        &Value::Null,
        "and then it is lost"
    );
    let number = log.at("/deliveries/0/number").clone();
    act(&tried, json!({"do": "rerun", "delivery": number})).await;
    assert_eq!(bodies(&got, 7).await[6], tries[0]);
}

#[tokio::test]
async fn nobody_there_counts_as_not_received_and_success_ends_it() {
    let tried = Tried::start().await;
    let (url, got) = receiver(&[500, 204]).await;
    let id = tried.candidate();
    hook(&tried, &url).await;
    act(
        &tried,
        json!({"do": "add", "event": "candidateStageChange", "url": "http://127.0.0.1:1/"}),
    )
    .await;
    move_to(&tried, &id, "Offer");
    bodies(&got, 2).await;
    let given_up = tried.running.world.until(|world| {
        let second = world.lever.webhooks.deliveries.iter().nth(1)?;
        second.tries.get(5).map(|_| ())
    });
    tokio::time::timeout(Duration::from_secs(20), given_up)
        .await
        .expect("six tries");
    let log = tried.control("api/webhooks", None).await;
    assert!(log.at("/deliveries/1/tries/0/failure").is_string());
    assert_eq!(log.at("/deliveries/0/tries").as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn the_verify_button_sends_an_empty_signed_event() {
    let tried = Tried::start().await;
    let (url, got) = receiver(&[200]).await;
    let (webhook, key) = hook(&tried, &url).await;
    act(&tried, json!({"do": "verify", "webhook": webhook})).await;
    let body = &bodies(&got, 1).await[0];
    assert_eq!(
        (&body["event"], &body["data"]),
        (&json!("candidateHired"), &json!({}))
    );
    assert!(body.get("id").is_none());
    assert!(is_signed(body, &key));
}

#[tokio::test]
async fn deliveries_can_come_twice_without_id_shuffled_and_signed_again() {
    let tried = Tried::start().await;
    let (url, got) = receiver(&[500, 500, 200]).await;
    let id = tried.candidate();
    let (_, key) = hook(&tried, &url).await;
    let manners = json!({"twice": true, "omitId": true, "shuffleKeys": true, "signAgain": true, "retryAfterMs": 5});
    act(&tried, json!({"do": "setManners", "manners": manners})).await;
    move_to(&tried, &id, "Offer");
    let tries = bodies(&got, 4).await;
    assert!(
        tries
            .iter()
            .all(|body| body.get("id").is_none() && is_signed(body, &key))
    );
    assert_eq!(tries[0]["token"], tries[1]["token"], "twice the same");
    assert_ne!(tries[0]["token"], tries[3]["token"], "signed again");
    let first = got.borrow()[0].clone();
    assert!(
        first
            .split_once("\r\n\r\n")
            .unwrap()
            .1
            .starts_with("{\"data\":"),
        "{first}"
    );
}

#[tokio::test]
async fn two_events_can_come_out_of_order() {
    let tried = Tried::start().await;
    let (url, got) = receiver(&[200]).await;
    let id = tried.candidate();
    hook(&tried, &url).await;
    act(
        &tried,
        json!({"do": "setManners", "manners": {"outOfOrder": true}}),
    )
    .await;
    move_to(&tried, &id, "Offer");
    move_to(&tried, &id, "Phone Screen");
    let came = bodies(&got, 2).await;
    assert_eq!(
        came[1]["data"]["toStageId"], "offer",
        "the first event comes last"
    );
}

#[tokio::test]
async fn every_flaw_is_what_it_says() {
    let tried = Tried::start().await;
    let (url, got) = receiver(&[200]).await;
    let (webhook, key) = hook(&tried, &url).await;
    let flaws = [
        "wrongSignature",
        "noSignature",
        "stale",
        "future",
        "unknownEvent",
        "noData",
        "replayedToken",
        "huge",
        "notJson",
    ];
    let mut last_token = Value::Null;
    for (number, flaw) in flaws.iter().enumerate() {
        act(
            &tried,
            json!({"do": "sendFlawed", "webhook": webhook, "flaw": flaw, "opportunity": "o"}),
        )
        .await;
        let body = bodies(&got, number + 1).await[number].clone();
        match *flaw {
            "wrongSignature" => assert!(!is_signed(&body, &key)),
            "noSignature" => assert!(body.get("signature").is_none()),
            "notJson" => assert!(body.is_null()),
            _ => assert!(is_signed(&body, &key), "{flaw}"),
        }
        match *flaw {
            "replayedToken" => assert_eq!(body["token"], last_token),
            "unknownEvent" => assert_eq!(body["event"], "candidateTeleported"),
            "noData" => assert!(body.get("data").is_none()),
            "huge" => assert!(body.to_string().len() > 1_000_000),
            _ => {}
        }
        last_token = body["token"].clone();
    }
}
