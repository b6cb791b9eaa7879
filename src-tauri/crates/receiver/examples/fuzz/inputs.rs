//! Requests as bad as chance can make them, and what must hold for every one of them.

use std::collections::BTreeMap;

use futures_util::future::try_join_all;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use padwatch_receiver::{
    Handler, Judgement, LONGEST_BODY, LONGEST_HEAD, PathSecret, PublicAddress, Refusal, Relay,
    Window, judge,
};
use rand::rngs::SmallRng;
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use transport::SecretString;

const SECRET: &str = "0123456789abcdef0123456789abcdef";
const SIGNING_TOKEN: &str = "lever-test-signing-token-0123456789abcdef";
const NOW: i64 = 1_767_225_600_000;

/// Pieces that parsers stumble over.
const PIECES: &[&[u8]] = &[
    b"\r\n",
    b"\n",
    b"\r",
    b"\r\n\r\n",
    b"\0",
    b" ",
    b"\t",
    b":",
    b"\xff\xfe",
    b"HTTP/1.1",
    b"HTTP/1.0",
    b"HTTP/0.9",
    b"POST ",
    b"GET ",
    b"0\r\n\r\n",
    b"/lever/",
    b"%2e%2e/",
    b"{",
    b"}",
    b"[",
    b"\"",
    b"\"data\":{}",
    b"\"token\":null",
    b"\"triggeredAt\":1e9",
    b"\\u0000",
    b"9223372036854775808",
    b"\r\n0\r\n\r\n",
    b"7;x\r\n",
    b"ffffffff\r\n",
];

/// Whole lines that mean something, or nearly do.
const LINES: &[&[u8]] = &[
    b"Host: 127.0.0.1:4000\r\n",
    b"Host: evil.test\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Transfer-Encoding : chunked\r\n",
    b"Transfer-Encoding: gzip, chunked\r\n",
    b"transfer-encoding:\tx\r\n",
    b"X: y\nTransfer-Encoding: chunked\r\n",
    b"Content-Length: 0\r\n",
    b"Content-Length: 18446744073709551616\r\n",
    b"Content-Length: -1\r\n",
    b"Expect: 100-continue\r\n",
    b"Connection: upgrade\r\n",
    b" folded\r\n",
    b": nameless\r\n",
    b"X-Forwarded-Host: evil.test\r\n",
];

/// Where an input ended up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fate {
    /// More bytes would have been waited for.
    Unfinished,
    /// Refused, for the reason of that name.
    Refused(String),
    /// Acknowledged without effect.
    Nothing,
    /// Taken for a press of the Verify button.
    Test,
    /// Taken for a press of the Verify button of a webhook whose token isn't known.
    UnknownTest,
    /// Stored.
    Event,
}

/// Inputs from a seed: requests that would be accepted, and what chance makes of them.
pub(crate) struct Inputs {
    rng: SmallRng,
    good: Vec<Vec<u8>>,
}

impl Inputs {
    /// The same seed gives the same inputs.
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            rng: SmallRng::seed_from_u64(seed),
            good: good_requests(),
        }
    }

    fn below(&mut self, end: usize) -> usize {
        self.rng.random_range(0..end.max(1))
    }

    fn one_of(&mut self, all: &[&'static [u8]]) -> &'static [u8] {
        let at = self.below(all.len());
        all.get(at).copied().unwrap_or_default()
    }

    /// Where a line of the head starts.
    fn line_start(&mut self, raw: &[u8]) -> usize {
        let starts: Vec<usize> = (2..raw.len().min(LONGEST_HEAD))
            .filter(|at| raw.get(at - 2..*at) == Some(b"\r\n"))
            .collect();
        let chosen = self.below(starts.len());
        starts.get(chosen).copied().unwrap_or_default()
    }

    fn good(&mut self) -> Vec<u8> {
        let at = self.below(self.good.len());
        self.good.get(at).cloned().unwrap_or_default()
    }

    fn noise(&mut self) -> Vec<u8> {
        let mut bytes = vec![0; self.below(600)];
        self.rng.fill_bytes(&mut bytes);
        bytes
    }

    /// One change at one place.
    fn change(&mut self, raw: &mut Vec<u8>) {
        let from = self.below(raw.len() + 1);
        let to = (from + self.below(24)).min(raw.len());
        match self.below(12) {
            0 => raw.truncate(from),
            1 => drop(raw.drain(from..to)),
            2 => drop(raw.splice(from..to, self.one_of(PIECES).iter().copied())),
            3 => drop(raw.splice(from..from, self.one_of(PIECES).iter().copied())),
            4 => {
                let again = raw.get(from..to).unwrap_or_default().to_vec();
                drop(raw.splice(to..to, again));
            }
            5 => drop(raw.splice(from..from, std::iter::repeat_n(b'a', LONGEST_HEAD / 2))),
            6 => raw.extend(self.good()),
            7..=9 => {
                let start = self.line_start(raw);
                drop(raw.splice(start..start, self.one_of(LINES).iter().copied()));
            }
            _ => {
                let bit = 1 << self.below(8);
                if let Some(byte) = raw.get_mut(from) {
                    *byte ^= bit;
                }
            }
        }
    }
}

impl Iterator for Inputs {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        if self.below(20) == 0 {
            return Some(self.noise());
        }
        let mut raw = self.good();
        for _ in 0..self.below(5) {
            self.change(&mut raw);
        }
        Some(raw)
    }
}

/// Tried at one time, each with a relay of its own.
const AT_ONCE: usize = 4;

/// Tries so many inputs; counts where they ended up.
///
/// # Errors
/// The first input for which something doesn't hold, and what that is.
pub(crate) fn try_inputs(seed: u64, inputs: usize) -> Result<BTreeMap<Fate, u64>, String> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    let relays = runtime.block_on(try_join_all((0..AT_ONCE).map(|_| relay())))?;
    let inputs = Inputs::new(seed).take(inputs).enumerate();
    let tried = stream::iter(inputs.zip(relays.iter().cycle()))
        .map(async |((number, raw), relay)| {
            fuzz_request(&raw, relay).await.map_err(|wrong| {
                format!(
                    "seed {seed}, input {number}: {wrong}: {}",
                    raw.escape_ascii()
                )
            })
        })
        .buffer_unordered(AT_ONCE);
    let counted = tried.try_fold(BTreeMap::new(), async |mut fates, fate| {
        *fates.entry(fate).or_default() += 1;
        Ok(fates)
    });
    runtime.block_on(counted)
}

/// One input: the whole way of a request through what is decided about it.
///
/// # Errors
/// What doesn't hold and must.
pub(crate) async fn fuzz_request(raw: &[u8], relay: &Relay) -> Result<Fate, &'static str> {
    let whole = verdict(raw, relay).await?;
    for end in [raw.len() / 2, raw.len().saturating_sub(1)] {
        let part = verdict(raw.get(..end).unwrap_or_default(), relay).await?;
        holds_for_a_part(&part, &whole)?;
    }
    match whole {
        // Chunks may take as much again.
        Verdict::Unfinished if raw.len() > LONGEST_HEAD + 2 * LONGEST_BODY => Err("waits for ever"),
        Verdict::Unfinished => Ok(Fate::Unfinished),
        Verdict::Refused(refusal) => Ok(Fate::Refused(format!("{refusal:?}"))),
        Verdict::Admitted(body) => {
            holds_for_the_admitted(raw, &body)?;
            judged(&body)
        }
    }
}

async fn relay() -> Result<Relay, String> {
    let handler = Handler {
        port: 4000,
        secret: PathSecret::kept(SECRET.into()).ok_or("it is no secret")?,
        public: PublicAddress::parse("pad.example.com/hooks")
            .into_iter()
            .collect(),
    };
    let relay = Relay::start(handler).await;
    relay.map_err(|error| error.to_string())
}

/// What the relay and tiny_http make of the bytes of one connection.
enum Verdict {
    /// More must come.
    Unfinished,
    /// The body, exactly as long as it was said to be.
    Admitted(Vec<u8>),
    /// Refused, whatever else comes.
    Refused(Refusal),
}

async fn verdict(raw: &[u8], relay: &Relay) -> Result<Verdict, &'static str> {
    let mut rest = raw;
    match relay.read(&mut rest).await {
        Ok(body) if rest.is_empty() => Ok(Verdict::Admitted(body)),
        // More came than was read at once.
        Ok(_) => Ok(Verdict::Refused(Refusal::Malformed)),
        Err(Refusal::HungUp) => Ok(Verdict::Unfinished),
        Err(Refusal::NotAnswered) => Err("tiny_http is no more"),
        Err(refusal) => Ok(Verdict::Refused(refusal)),
    }
}

/// However a request is cut into pieces, the end is the same.
fn holds_for_a_part(part: &Verdict, whole: &Verdict) -> Result<(), &'static str> {
    match (part, whole) {
        (Verdict::Refused(_), Verdict::Admitted(_)) => Err("refused in parts, admitted as a whole"),
        (Verdict::Refused(_), Verdict::Unfinished) => {
            Err("refused in parts, unfinished as a whole")
        }
        (Verdict::Admitted(_), Verdict::Admitted(_) | Verdict::Unfinished) => {
            Err("a part was admitted")
        }
        _ => Ok(()),
    }
}

/// Read once more, in the plainest way there is.
fn holds_for_the_admitted(raw: &[u8], body: &[u8]) -> Result<(), &'static str> {
    let end = raw.windows(4).position(|four| four == b"\r\n\r\n");
    let (head, rest) = raw.split_at(end.ok_or("the head has no end")? + 4);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let mut lines = head.trim_start().split("\r\n");
    let mut line = lines.next().unwrap_or_default().split(' ');
    let wrong = [
        (
            head.len() > LONGEST_HEAD || body.len() > LONGEST_BODY,
            "it is too long",
        ),
        (
            head.replace("\r\n", "").contains(['\r', '\n', '\0']),
            "a line has two readings",
        ),
        (line.next() != Some("post"), "the method is another"),
        (
            !line.next().is_some_and(|path| path.ends_with(SECRET)),
            "the secret is missing",
        ),
        (
            values(lines.clone(), "host").len() != 1,
            "the host is not one",
        ),
    ];
    if let Some((_, what)) = wrong.into_iter().find(|(wrong, _)| *wrong) {
        return Err(what);
    }
    let length = values(lines.clone(), "content-length");
    match values(lines, "transfer-encoding").as_slice() {
        [] if length != [body.len().to_string()] => Err("the length is another"),
        [] if rest != body => Err("the body is not the end"),
        [] => Ok(()),
        [one] if one != "chunked" || !length.is_empty() => Err("it is encoded"),
        [_] if joined(rest).as_deref() != Some(body) => Err("the chunks are others"),
        [_] => Ok(()),
        _ => Err("it is encoded twice"),
    }
}

/// A body in chunks, read once more in the plainest way there is.
fn joined(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let (line, behind) = rest.split_at(end);
        let line = std::str::from_utf8(line.split(|byte| *byte == b';').next()?).ok()?;
        let size = usize::from_str_radix(line.trim_end(), 16).ok()?;
        rest = behind.get(2..)?;
        if size == 0 {
            return rest.ends_with(b"\r\n").then_some(body);
        }
        body.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size..)?.strip_prefix(b"\r\n")?;
    }
}

fn values<'a>(lines: impl Iterator<Item = &'a str>, name: &str) -> Vec<String> {
    let value = |line: &str| match line.split_once(':') {
        // Zeros before a number change nothing.
        Some((key, value)) if key.trim() == name => Some(value.trim().to_owned()),
        _ => None,
    };
    lines
        .filter_map(value)
        .map(|value| match value.parse::<u64>() {
            Ok(number) => number.to_string(),
            Err(_) => value,
        })
        .collect()
}

fn judged(body: &[u8]) -> Result<Fate, &'static str> {
    let token = SecretString::from(SIGNING_TOKEN);
    match judge(body, std::slice::from_ref(&token), NOW, Window::default()) {
        Judgement::Refused(refusal) => Ok(Fate::Refused(format!("{refusal:?}"))),
        Judgement::Nothing => Ok(Fate::Nothing),
        Judgement::Test { verified: true } => Ok(Fate::Test),
        Judgement::Test { verified: false } => Ok(Fate::UnknownTest),
        Judgement::Event(delivery) => {
            let at = delivery.triggered_at_ms;
            let signature = lever::webhook::sign(&token, &delivery.token, at);
            let signed = body
                .windows(signature.len())
                .any(|part| part == signature.as_bytes());
            if signed {
                Ok(Fate::Event)
            } else {
                Err("an event was believed unsigned")
            }
        }
    }
}

fn good_requests() -> Vec<Vec<u8>> {
    let signature = lever::webhook::sign(&SIGNING_TOKEN.into(), "0a1b2c", NOW);
    let event = |name: &str, data: &str| {
        format!(
            r#"{{"id":"7","event":"{name}","triggeredAt":{NOW},"token":"0a1b2c","signature":"{signature}","data":{data}}}"#
        )
    };
    let opportunity = r#"{"opportunityId":"11111111-1111-4111-8111-111111111111"}"#;
    let long = format!(
        r#"{{"opportunityId":"a","padding":"{}"}}"#,
        "x".repeat(3_000)
    );
    let mut requests = Vec::new();
    for (path, host) in [("", "127.0.0.1:4000"), ("/hooks", "pad.example.com")] {
        for body in [
            event("candidateStageChange", opportunity),
            event("interviewUpdated", &long),
            event("unknown", opportunity),
            event("candidateHired", "{}"),
            "{}".to_owned(),
        ] {
            let length = body.len();
            requests.push(
                format!(
                    "POST {path}/lever/{SECRET} HTTP/1.1\r\nHost: {host}\r\n\
                     User-Agent: Lever-Webhooks\r\nContent-Type: application/json\r\n\
                     Content-Length: {length}\r\n\r\n{body}"
                )
                .into_bytes(),
            );
            requests.push(
                format!(
                    "POST {path}/lever/{SECRET} HTTP/1.1\r\nHost: {host}\r\n\
                     Transfer-Encoding: chunked\r\n\r\n{length:x}\r\n{body}\r\n0\r\n\r\n"
                )
                .into_bytes(),
            );
        }
    }
    requests
}
