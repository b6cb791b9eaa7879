//! What is decided about a request before its body is read.
//!
//! Stricter than HTTP asks for. Lever's requests are plain (contracts/lever.md, 5.2), so what two
//! programs could read in two ways is refused.

use tiny_http::{HTTPVersion, Header, Method, Request};

use crate::limits::{LONGEST_BODY, MOST_HEADERS};
use crate::{PathSecret, PublicAddress, Refusal};

/// Checks requests by where they are sent and how.
#[derive(Debug, Clone)]
pub struct Handler {
    /// The port on which we listen; it is part of our local names.
    pub port: u16,
    /// The secret in the path.
    pub secret: PathSecret,
    /// The names that tunnels give us.
    pub public: Vec<PublicAddress>,
}

/// How a body comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing {
    /// So many bytes.
    Length(usize),
    /// In chunks: some tunnels send requests on so.
    Chunked,
}

impl Handler {
    /// How the body comes.
    pub(crate) fn check(&self, request: &Request) -> Result<Framing, Refusal> {
        let headers = request.headers();
        // One of them is our own.
        if headers.len() > MOST_HEADERS + 1 {
            return Err(Refusal::HeadTooLong);
        }
        if !headers.iter().all(is_clean) {
            return Err(Refusal::Malformed);
        }
        // Who asks comes first: to a stranger, everything but the right path and name looks alike.
        is_ours(only(headers, "Host")?, self)?;
        is_the_way(request.url(), self)?;
        if *request.method() != Method::Post {
            return Err(Refusal::OtherMethod);
        }
        if !matches!(request.http_version(), HTTPVersion(1, 0 | 1)) {
            return Err(Refusal::OtherVersion);
        }
        if values(headers, "Expect").next().is_some() {
            return Err(Refusal::Expects);
        }
        let encoding = only(headers, "Transfer-Encoding").map_err(|_| Refusal::Encoded)?;
        let Some(encoding) = encoding else {
            return length(only(headers, "Content-Length")?).map(Framing::Length);
        };
        // Beside a length, or on an older version, it could be read in two ways.
        let is_alone = values(headers, "Content-Length").next().is_none()
            && matches!(request.http_version(), HTTPVersion(1, 1));
        if is_alone && encoding.trim().eq_ignore_ascii_case("chunked") {
            return Ok(Framing::Chunked);
        }
        Err(Refusal::Encoded)
    }
}

/// A name of the characters that names have, and a value without control characters.
fn is_clean(header: &Header) -> bool {
    let name = header.field.as_str().as_str();
    let fits_name = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let fits_value = |byte: u8| byte == b'\t' || !byte.is_ascii_control();
    !name.is_empty() && name.bytes().all(fits_name) && header.value.as_str().bytes().all(fits_value)
}

fn values<'a>(headers: &'a [Header], name: &'static str) -> impl Iterator<Item = &'a str> {
    let of_that_name = headers
        .iter()
        .filter(move |header| header.field.equiv(name));
    of_that_name.map(|header| header.value.as_str())
}

/// The one value; two of one name could be read in two ways.
fn only<'a>(headers: &'a [Header], name: &'static str) -> Result<Option<&'a str>, Refusal> {
    let mut values = values(headers, name);
    match (values.next(), values.next()) {
        (value, None) => Ok(value),
        (_, Some(_)) => Err(Refusal::Malformed),
    }
}

/// Only names that are known to lead here are answered, so that no web page can reach us by
/// pointing a name of its own to 127.0.0.1.
fn is_ours(host: Option<&str>, handler: &Handler) -> Result<(), Refusal> {
    let host = host.unwrap_or_default().trim();
    let local = host.rsplit_once(':').is_some_and(|(name, port)| {
        (name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost"))
            && port.parse() == Ok(handler.port)
    });
    if local || handler.public.iter().any(|address| address.is_host(host)) {
        return Ok(());
    }
    Err(Refusal::OtherHost)
}

/// `/lever/<secret>`, with the tunnel's own path before it if it has one and doesn't take it away.
fn is_the_way(path: &str, handler: &Handler) -> Result<(), Refusal> {
    let secret = path.strip_prefix("/lever/").or_else(|| {
        handler
            .public
            .iter()
            .find_map(|address| path.strip_prefix(address.path())?.strip_prefix("/lever/"))
    });
    match secret {
        Some(secret) if handler.secret.is(secret) => Ok(()),
        _ => Err(Refusal::OtherPath),
    }
}

fn length(stated: Option<&str>) -> Result<usize, Refusal> {
    let digits = stated.ok_or(Refusal::NoLength)?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal::Malformed);
    }
    match digits.parse() {
        Ok(length) if length <= LONGEST_BODY => Ok(length),
        // Nothing but too large a number is left as a reason.
        _ => Err(Refusal::BodyTooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Relay;
    use crate::limits::LONGEST_HEAD;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    async fn relay() -> Relay {
        let handler = Handler {
            port: 4000,
            secret: PathSecret::kept(SECRET.into()).unwrap(),
            public: vec![PublicAddress::parse("pad.example.com/hooks").unwrap()],
        };
        Relay::start(handler).await.unwrap()
    }

    fn request(line: &str, headers: &[&str], body: &str) -> String {
        let line = line.replace("SECRET", SECRET);
        let headers: String = headers
            .iter()
            .map(|header| format!("{header}\r\n"))
            .collect();
        format!("{line}\r\n{headers}\r\n{body}")
    }

    async fn read(raw: &str, relay: &Relay) -> Result<Vec<u8>, Refusal> {
        relay.read(&mut raw.as_bytes()).await
    }

    const LINE: &str = "POST /lever/SECRET HTTP/1.1";
    const TWO: &str = "Content-Length: 2";
    const HOST: &str = "Host: 127.0.0.1:4000";

    #[tokio::test]
    async fn requests_of_levers_are_read_by_every_way_they_come() {
        let relay = relay().await;
        let agent = "User-Agent: Lever-Webhooks";
        let json = "Content-Type: application/json";
        for (line, host) in [
            (LINE, HOST),
            (LINE, "host: LOCALHOST:4000"),
            (LINE, "Host: pad.example.com"),
            (LINE, "Host: Pad.Example.com:443"),
            ("POST /hooks/lever/SECRET HTTP/1.1", "Host: pad.example.com"),
            ("POST /lever/SECRET HTTP/1.0", HOST),
        ] {
            let raw = request(line, &[agent, json, host, "content-length: 2"], "{}");
            assert_eq!(read(&raw, &relay).await, Ok(b"{}".to_vec()), "{raw}");
        }
    }

    #[tokio::test]
    async fn every_beginning_of_a_good_request_is_waited_for() {
        let relay = relay().await;
        let raw = request(LINE, &[HOST, "Content-Length: 2"], "{}");
        for end in 0..raw.len() {
            let hung_up = Err(Refusal::HungUp);
            assert_eq!(read(&raw[..end], &relay).await, hung_up, "{end}");
        }
    }

    /// What is wrong, the first line, and the headers.
    const WRONG: [(Refusal, &str, &[&str]); 36] = [
        (
            Refusal::OtherMethod,
            "GET /lever/SECRET HTTP/1.1",
            &[HOST, TWO],
        ),
        (
            Refusal::OtherMethod,
            "OPTIONS /lever/SECRET HTTP/1.1",
            &[HOST, TWO],
        ),
        (
            Refusal::OtherMethod,
            "post /lever/SECRET HTTP/1.1",
            &[HOST, TWO],
        ),
        (Refusal::OtherPath, "POST / HTTP/1.1", &[HOST, TWO]),
        (Refusal::OtherPath, "POST /lever/ HTTP/1.1", &[HOST, TWO]),
        (
            Refusal::OtherPath,
            "POST /lever/SECRET/ HTTP/1.1",
            &[HOST, TWO],
        ),
        (
            Refusal::OtherPath,
            "POST /lever/SECRET?a=b HTTP/1.1",
            &[HOST, TWO],
        ),
        (
            Refusal::OtherPath,
            "POST /x/lever/SECRET HTTP/1.1",
            &[HOST, TWO],
        ),
        (
            Refusal::OtherPath,
            "POST /lever/1123456789abcdef0123456789abcdef HTTP/1.1",
            &[HOST, TWO],
        ),
        (Refusal::OtherHost, LINE, &["Host: evil.test:4000", TWO]),
        (Refusal::OtherHost, LINE, &["Host: 127.0.0.1:4001", TWO]),
        (Refusal::OtherHost, LINE, &["Host: 127.0.0.1", TWO]),
        (Refusal::OtherHost, LINE, &[TWO]),
        (Refusal::Malformed, LINE, &[HOST, HOST, TWO]),
        (Refusal::Malformed, LINE, &[HOST, TWO, TWO]),
        (Refusal::Malformed, LINE, &[HOST, "Content-Length: +2"]),
        (Refusal::Malformed, LINE, &[HOST, "Content-Length: 2, 2"]),
        (Refusal::Malformed, LINE, &[HOST, "Content-Length:"]),
        (Refusal::Malformed, LINE, &[HOST, TWO, " folded: x"]),
        (
            Refusal::Malformed,
            LINE,
            &[HOST, TWO, "Transfer-Encoding : chunked"],
        ),
        (
            Refusal::Malformed,
            LINE,
            &[HOST, TWO, "X: a\nTransfer-Encoding: chunked"],
        ),
        (Refusal::Malformed, LINE, &[HOST, TWO, "X: a\rb"]),
        (Refusal::NoLength, LINE, &[HOST]),
        (Refusal::BodyTooLong, LINE, &[HOST, "Content-Length: 65537"]),
        (
            Refusal::BodyTooLong,
            LINE,
            &[HOST, "Content-Length: 99999999999999999999999999"],
        ),
        (
            Refusal::Encoded,
            LINE,
            &[HOST, "Transfer-Encoding: chunked, chunked"],
        ),
        (
            Refusal::Encoded,
            LINE,
            &[HOST, TWO, "transfer-encoding: identity"],
        ),
        (Refusal::Expects, LINE, &[HOST, TWO, "Expect: 100-continue"]),
        (
            Refusal::OtherVersion,
            "POST /lever/SECRET HTTP/2.0",
            &[HOST, TWO],
        ),
        (
            Refusal::OtherVersion,
            "POST /lever/SECRET HTTP/0.9",
            &[HOST, TWO],
        ),
        (Refusal::Malformed, LINE, &[HOST, TWO, ": nameless"]),
        (Refusal::Malformed, LINE, &[HOST, TWO, "X: \u{1}"]),
        (Refusal::Malformed, LINE, &[HOST, TWO, "X: \u{e9}"]),
        (Refusal::Malformed, LINE, &[HOST, TWO, "Expect: another"]),
        (Refusal::Malformed, "POST /lever/SECRET", &[HOST, TWO]),
        (Refusal::Malformed, "hello", &[]),
    ];

    #[tokio::test]
    async fn each_wrong_thing_has_its_own_answer() {
        let relay = relay().await;
        for (expected, line, headers) in WRONG {
            let raw = request(line, headers, "{}");
            assert_eq!(read(&raw, &relay).await, Err(expected), "{raw}");
        }
    }

    #[tokio::test]
    async fn nothing_may_follow_the_body() {
        let second = request(LINE, &[HOST, "Content-Length: 2"], "{}");
        let raw = request(LINE, &[HOST, "Content-Length: 2"], &format!("{{}}{second}"));
        assert_eq!(read(&raw, &relay().await).await, Err(Refusal::Malformed));
    }

    #[tokio::test]
    async fn a_head_has_its_limits_with_or_without_an_end() {
        let relay = relay().await;
        let endless = format!("POST /{}", "a".repeat(LONGEST_HEAD));
        let long = format!("X: {}", "a".repeat(LONGEST_HEAD));
        let many = vec!["X: a"; MOST_HEADERS + 1];
        for raw in [
            endless,
            request(LINE, &[HOST, &long], ""),
            request(LINE, &many, ""),
        ] {
            assert_eq!(read(&raw, &relay).await, Err(Refusal::HeadTooLong), "{raw}");
        }
    }
}
