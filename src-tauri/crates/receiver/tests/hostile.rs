//! What everyone else is to find: the right status, nothing stored, and room for Lever.

#[cfg(test)]
mod support;

use std::io;
use std::time::Duration;

use padwatch_receiver::Refusal;
use serde_json::{Value, json};
use support::{NOW, SECRET, Tried, posted, signed, vector};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Sends it and asserts that it is refused for that reason, with no effect but the count.
async fn refused(raw: impl AsRef<[u8]>, status: Option<u16>, reason: Refusal) -> io::Result<()> {
    let tried = Tried::start().await?;
    let text = String::from_utf8_lossy(raw.as_ref()).replace("PORT", &tried.port.to_string());
    let got = tried.send(text.as_bytes()).await?;
    let shown: String = text.chars().take(200).collect();
    assert_eq!(got, status, "{shown}");
    let mut health = tried.running.health();
    let counted = health.wait_for(|health| health.refused_in_all() > 0).await;
    let counted = counted.map_err(io::Error::other)?;
    assert_eq!(counted.refused, [(reason, 1)].into(), "{shown}");
    assert_eq!(tried.inbox.stored(), []);
    Ok(())
}

fn request(line: &str, headers: &[&str]) -> String {
    let headers: String = headers
        .iter()
        .map(|header| format!("{header}\r\n"))
        .collect();
    format!("{}\r\n{headers}\r\n{{}}", line.replace("SECRET", SECRET))
}

const LINE: &str = "POST /lever/SECRET HTTP/1.1";
const HOST: &str = "Host: 127.0.0.1:PORT";
const LENGTH: &str = "Content-Length: 2";
const CHUNKED: &str = "Transfer-Encoding: chunked";

#[tokio::test]
async fn wrong_path_method_and_host_are_refused() {
    let line = "POST /lever/wrong-wrong-wrong-wrong-wrong HTTP/1.1";
    refused(
        request(line, &[HOST, LENGTH]),
        Some(404),
        Refusal::OtherPath,
    )
    .await
    .unwrap();
    for method in ["GET", "PUT", "OPTIONS", "HEAD", "TRACE"] {
        let line = LINE.replace("POST", method);
        refused(
            request(&line, &[HOST, LENGTH]),
            Some(405),
            Refusal::OtherMethod,
        )
        .await
        .unwrap();
    }
    for host in [
        "Host: evil.test",
        "Host: evil.test:PORT",
        "Host: 127.0.0.1:1",
        "X-Host: a",
    ] {
        refused(
            request(LINE, &[host, LENGTH]),
            Some(421),
            Refusal::OtherHost,
        )
        .await
        .unwrap();
    }
}

#[tokio::test]
async fn requests_that_could_be_smuggled_are_refused() {
    for header in [
        "Transfer-Encoding: chunked",
        "transfer-encoding:identity",
        "Transfer-Encoding: gzip, chunked",
    ] {
        refused(
            request(LINE, &[HOST, LENGTH, header]),
            Some(501),
            Refusal::Encoded,
        )
        .await
        .unwrap();
    }
    for (line, headers) in [
        (LINE, &[HOST, "Transfer-Encoding: identity"][..]),
        (LINE, &[HOST, "Transfer-Encoding: gzip, chunked"]),
        (LINE, &[HOST, CHUNKED, CHUNKED]),
        ("POST /lever/SECRET HTTP/1.0", &[HOST, CHUNKED]),
    ] {
        refused(request(line, headers), Some(501), Refusal::Encoded)
            .await
            .unwrap();
    }
    for headers in [
        &[HOST, LENGTH, LENGTH][..],
        &[HOST, LENGTH, "Content-Length: 0"],
        &[HOST, LENGTH, HOST],
        &[HOST, LENGTH, "Transfer-Encoding : chunked"],
        &[HOST, LENGTH, "X: y\nTransfer-Encoding: chunked"],
    ] {
        refused(request(LINE, headers), Some(400), Refusal::Malformed)
            .await
            .unwrap();
    }
    let two = request(LINE, &[HOST, LENGTH]).repeat(2);
    refused(two, Some(400), Refusal::Malformed).await.unwrap();
}

#[tokio::test]
async fn huge_and_endless_parts_are_cut_off() {
    let huge = request(LINE, &[HOST, "Content-Length: 65537"]) + &"a".repeat(70_000);
    refused(huge, Some(413), Refusal::BodyTooLong)
        .await
        .unwrap();
    let endless_line = format!("POST /{}", "a".repeat(1_000_000));
    refused(endless_line, Some(431), Refusal::HeadTooLong)
        .await
        .unwrap();
    let endless_headers = format!("{LINE}\r\n{}", "X: y\r\n".repeat(100_000));
    refused(endless_headers, Some(431), Refusal::HeadTooLong)
        .await
        .unwrap();
    let endless_body = request(LINE, &[HOST, LENGTH]) + &"a".repeat(1_000_000);
    refused(endless_body, Some(400), Refusal::Malformed)
        .await
        .unwrap();
}

#[tokio::test]
async fn no_length_an_expectation_and_another_version_are_refused() {
    refused(request(LINE, &[HOST]), Some(411), Refusal::NoLength)
        .await
        .unwrap();
    let expects = request(LINE, &[HOST, LENGTH, "Expect: 100-continue"]);
    refused(expects, Some(417), Refusal::Expects).await.unwrap();
    let line = LINE.replace("1.1", "2.0");
    refused(
        request(&line, &[HOST, LENGTH]),
        Some(505),
        Refusal::OtherVersion,
    )
    .await
    .unwrap();
    refused(
        "\x16\x03\x01\x02\0\x01\0\x01\r\n\r\n",
        Some(400),
        Refusal::Malformed,
    )
    .await
    .unwrap();
}

#[tokio::test]
async fn bodies_that_are_no_event_of_levers_are_refused() {
    let changed = |key: &str, value: Value| {
        let mut event = vector();
        event[key] = value;
        event.to_string()
    };
    let day = 24 * 60 * 60 * 1000;
    for (body, status, reason) in [
        (String::new(), 400, Refusal::NotAnEvent),
        ("not json".to_owned(), 400, Refusal::NotAnEvent),
        ("[".repeat(60_000), 400, Refusal::NotAnEvent),
        (changed("token", Value::Null), 400, Refusal::NotAnEvent),
        (
            changed("triggeredAt", json!("soon")),
            400,
            Refusal::NotAnEvent,
        ),
        (changed("signature", Value::Null), 401, Refusal::Unsigned),
        (
            changed("signature", json!("0".repeat(64))),
            401,
            Refusal::WrongSignature,
        ),
        (
            changed("triggeredAt", json!(NOW)),
            401,
            Refusal::WrongSignature,
        ),
        (
            signed("old", NOW - 16 * day).to_string(),
            400,
            Refusal::TooOld,
        ),
        (signed("new", NOW + day).to_string(), 400, Refusal::TooNew),
    ] {
        let raw = String::from_utf8(posted(0, body.as_bytes())).unwrap();
        let raw = raw.replace("127.0.0.1:0", "127.0.0.1:PORT");
        refused(raw, Some(status), reason).await.unwrap();
    }
}

#[tokio::test]
async fn events_without_a_usable_opportunity_are_acknowledged_only() {
    let tried = Tried::start().await.unwrap();
    for (number, data) in [
        json!({ "opportunityId": "../../users" }),
        json!({ "opportunityId": 7 }),
        json!({ "contactId": "22222222-2222-4222-8222-222222222222" }),
        json!([1]),
    ]
    .into_iter()
    .enumerate()
    {
        let mut event = signed(&format!("token-{number}"), NOW);
        event["data"] = data;
        assert_eq!(tried.post(&event).await.unwrap(), Some(200), "{event}");
    }
    assert_eq!(tried.inbox.stored(), []);
    assert_eq!(tried.running.health().borrow().ignored, 4);
}

#[tokio::test]
async fn a_connection_that_hangs_up_early_is_forgotten() {
    let tried = Tried::start().await.unwrap();
    let mut socket = TcpStream::connect(("127.0.0.1", tried.port)).await.unwrap();
    socket.write_all(b"POST /lever").await.unwrap();
    drop(socket);
    let mut health = tried.running.health();
    let health = health
        .wait_for(|health| health.refused_in_all() > 0)
        .await
        .unwrap();
    assert_eq!(health.refused, [(Refusal::HungUp, 1)].into());
}

#[tokio::test]
async fn a_request_that_is_never_finished_ends_at_its_deadline() {
    let tried = Tried::start().await.unwrap();
    let mut socket = TcpStream::connect(("127.0.0.1", tried.port)).await.unwrap();
    let raw = posted(tried.port, vector().to_string().as_bytes());
    socket.write_all(&raw[..raw.len() - 1]).await.unwrap();
    let mut reply = Vec::new();
    let ended = socket.read_to_end(&mut reply);
    let in_time = tokio::time::timeout(Duration::from_secs(15), ended).await;
    in_time.unwrap().unwrap();
    assert_eq!(support::status(&reply), Some(408));
    assert_eq!(tried.inbox.stored(), []);
}

#[tokio::test]
async fn the_slowest_connections_make_room_for_later_ones() {
    let tried = Tried::start().await.unwrap();
    let mut slow = Vec::new();
    for _ in 0..200 {
        let mut socket = TcpStream::connect(("127.0.0.1", tried.port)).await.unwrap();
        socket.write_all(b"POST /lever/").await.unwrap();
        slow.push(socket);
        if slow.len() % 40 == 0 {
            let event = signed(&format!("after-{}", slow.len()), NOW);
            let status = tokio::time::timeout(Duration::from_secs(2), tried.post(&event));
            assert_eq!(status.await.unwrap().unwrap(), Some(200));
        }
    }
    assert_eq!(tried.inbox.stored().len(), 5);
    // The first ones are gone, the last ones still may continue.
    assert_eq!(slow[0].read(&mut [0; 1]).await.unwrap_or(0), 0);
    let last = slow.last_mut().unwrap();
    let kept = tokio::time::timeout(Duration::from_millis(50), last.read(&mut [0; 1])).await;
    assert!(kept.is_err(), "the newest was thrown out: {kept:?}");
}
