//! What the log says of bad requests: one line each, and nothing of what was in them.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

#[cfg(test)]
mod support;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use support::{NOW, OPPORTUNITY, SECRET, SIGNATURE, SIGNING_TOKEN, TOKEN, Tried, posted, signed};
use tokio::sync::watch;
use tokio::time::timeout;

/// Everything that is logged.
#[derive(Clone, Default)]
struct Log(Arc<watch::Sender<Vec<u8>>>);

impl Log {
    fn start() -> Self {
        let log = Self::default();
        let written = log.clone();
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(move || written.clone())
            .init();
        log
    }

    fn text(&self) -> String {
        text(&self.0.borrow())
    }

    /// The lines about refusals, as soon as there are so many.
    async fn refusals(&self, count: usize) -> Vec<String> {
        let mut log = self.0.subscribe();
        let complete = log.wait_for(|bytes| refusals(bytes).len() >= count);
        let bytes = timeout(Duration::from_secs(20), complete).await;
        refusals(&bytes.unwrap().unwrap())
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn refusals(bytes: &[u8]) -> Vec<String> {
    let text = text(bytes);
    let lines = text.lines().filter(|line| line.contains("refused"));
    lines.map(str::to_owned).collect()
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send_modify(|all| all.extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A candidate's data, where a line of the log might pick it up.
const NAME: &str = "Ada Lovelace";
const MAIL: &str = "ada@example.com";

fn changed(key: &str, value: Value) -> String {
    let mut event = signed(TOKEN, NOW);
    event["data"]["name"] = NAME.into();
    event["data"]["email"] = MAIL.into();
    event[key] = value;
    event.to_string()
}

/// One bad request for each of many reasons.
fn bad(port: u16) -> Vec<(&'static str, String)> {
    let day = 24 * 60 * 60 * 1000;
    let body = |body: String| String::from_utf8(posted(port, body.as_bytes())).unwrap();
    let whole = body(changed("event", "candidateHired".into()));
    let with = |header: &str| whole.replacen("\r\n", &format!("\r\n{header}\r\n"), 1);
    let length = whole
        .lines()
        .find(|line| line.starts_with("Content-Length"));
    let length = length.unwrap();
    vec![
        (
            "OtherPath",
            whole.replace(SECRET, &format!("{NAME}-{MAIL}").replace(' ', "-")),
        ),
        ("OtherHost", whole.replace("127.0.0.1", "ada.example.com")),
        ("OtherMethod", whole.replacen("POST", "PUT", 1)),
        ("Encoded", with("Transfer-Encoding: chunked")),
        ("Malformed", with(&format!("X: {NAME}\n{MAIL}"))),
        ("NoLength", whole.replace(&format!("{length}\r\n"), "")),
        (
            "BodyTooLong",
            whole.replace(length, "Content-Length: 70000"),
        ),
        ("HeadTooLong", with(&format!("X: {}", NAME.repeat(1_000)))),
        ("NotAnEvent", body(format!("{NAME} <{MAIL}>"))),
        ("Unsigned", body(changed("signature", Value::Null))),
        (
            "WrongSignature",
            body(changed("signature", json!("0".repeat(64)))),
        ),
        ("TooOld", body(signed(TOKEN, NOW - 16 * day).to_string())),
        ("TooNew", body(signed(TOKEN, NOW + day).to_string())),
    ]
}

#[tokio::test]
async fn each_bad_request_is_one_line_that_names_the_reason_alone() {
    let log = Log::start();
    let tried = Tried::start().await.unwrap();
    let bad = bad(tried.port);
    for (reason, raw) in &bad {
        let status = tried.send(raw.as_bytes()).await.unwrap();
        assert!(status.is_some_and(|status| status >= 400), "{reason}");
    }
    // A good one, and a press of Verify, leave no more behind.
    assert_eq!(tried.post(&support::vector()).await.unwrap(), Some(200));
    let mut test = support::vector();
    test["data"] = json!({});
    assert_eq!(tried.post(&test).await.unwrap(), Some(200));

    // One more: once it is told, all before it are, and what there should not be too.
    let (again, raw) = &bad[0];
    tried.send(raw.as_bytes()).await.unwrap();
    let lines = log.refusals(bad.len() + 1).await;
    assert_eq!(lines.len(), bad.len() + 1, "{lines:#?}");
    for (reason, _) in &bad {
        let named = lines
            .iter()
            .filter(|line| line.contains(&format!("reason={reason}")));
        let sent = if reason == again { 2 } else { 1 };
        assert_eq!(named.count(), sent, "{reason}: {lines:#?}");
    }
    let text = log.text();
    for private in [
        "Ada",
        "ada@",
        "ada.example",
        SECRET,
        SIGNING_TOKEN,
        TOKEN,
        SIGNATURE,
        OPPORTUNITY,
    ] {
        assert!(!text.contains(private), "{private} is in {text}");
    }
}
