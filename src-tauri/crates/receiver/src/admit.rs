//! Who is let in: the whole of what is decided about a request before its body is looked at, as a
//! pure function of its bytes.
//!
//! Stricter than HTTP asks for. Lever's requests are plain (contracts/lever.md, 5.2), so whatever
//! two parsers could read in two ways is refused.

use crate::{PathSecret, PublicAddress, Refusal};

/// The longest request line and headers, in bytes.
pub const LONGEST_HEAD: usize = 8 * 1024;
/// The longest body, in bytes. Lever's own are far below one KB.
pub const LONGEST_BODY: usize = 64 * 1024;
/// More headers than this, no tunnel adds.
const MOST_HEADERS: usize = 64;

/// What a request must know to be let in.
#[derive(Debug, Clone)]
pub struct Door {
    /// The port on which we listen; it is part of our local names.
    pub port: u16,
    /// The secret in the path.
    pub secret: PathSecret,
    /// The names that tunnels give us.
    pub public: Vec<PublicAddress>,
}

/// What is to be done with the bytes that came so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict<'raw> {
    /// More must come.
    Unfinished,
    /// Let in: this is the body, exactly as long as it was said to be.
    Admitted(&'raw [u8]),
    /// Not let in, whatever else comes.
    Refused(Refusal),
}

/// Decides about the bytes of one connection, from its first one on.
#[must_use]
pub fn admit<'raw>(raw: &'raw [u8], door: &Door) -> Verdict<'raw> {
    let Some(head_end) = end_of_head(raw, 0) else {
        return match raw.len() {
            0..LONGEST_HEAD => Verdict::Unfinished,
            _ => Verdict::Refused(Refusal::HeadTooLong),
        };
    };
    let Some((head, rest)) = raw.split_at_checked(head_end) else {
        return Verdict::Unfinished;
    };
    match admit_head(head, door) {
        Err(refusal) => Verdict::Refused(refusal),
        Ok(body) if rest.len() < body => Verdict::Unfinished,
        Ok(body) if rest.len() > body => Verdict::Refused(Refusal::Malformed),
        Ok(_) => Verdict::Admitted(rest),
    }
}

/// Where the empty line after the headers ends. The first `searched` bytes are known not to
/// complete it, so that a sender who drips bytes doesn't make us read everything again each time.
pub(crate) fn end_of_head(raw: &[u8], searched: usize) -> Option<usize> {
    let from = searched.saturating_sub(3);
    let at = raw
        .get(from..)?
        .windows(4)
        .position(|four| four == b"\r\n\r\n")?;
    Some(from + at + 4)
}

/// Decides about a complete head; says how many bytes of body follow.
pub(crate) fn admit_head(head: &[u8], door: &Door) -> Result<usize, Refusal> {
    if head.len() > LONGEST_HEAD {
        return Err(Refusal::HeadTooLong);
    }
    if !has_clean_lines(head) {
        return Err(Refusal::Malformed);
    }
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(head) {
        Ok(httparse::Status::Complete(length)) if length == head.len() => {}
        Err(httparse::Error::TooManyHeaders) => return Err(Refusal::HeadTooLong),
        Err(httparse::Error::Version) => return Err(Refusal::OtherVersion),
        Ok(_) | Err(_) => return Err(Refusal::Malformed),
    }
    let named = |name| Headers {
        all: request.headers,
        name,
    };
    // Who asks comes first: to a stranger, everything but the right path and name looks alike.
    is_ours(named("host").only()?, door)?;
    is_the_way(request.path.unwrap_or_default(), door)?;
    if request.method != Some("POST") {
        return Err(Refusal::OtherMethod);
    }
    if named("transfer-encoding").first().is_some() {
        return Err(Refusal::Encoded);
    }
    if named("expect").first().is_some() {
        return Err(Refusal::Expects);
    }
    length(named("content-length").only()?)
}

/// The headers of one name.
#[derive(Clone, Copy)]
struct Headers<'head> {
    all: &'head [httparse::Header<'head>],
    name: &'static str,
}

impl<'head> Headers<'head> {
    fn values(self) -> impl Iterator<Item = &'head [u8]> {
        self.all
            .iter()
            .filter(move |header| header.name.eq_ignore_ascii_case(self.name))
            .map(|header| header.value)
    }

    fn first(self) -> Option<&'head [u8]> {
        self.values().next()
    }

    /// The one value as text; two of one name could be read in two ways.
    fn only(self) -> Result<Option<&'head str>, Refusal> {
        let mut values = self.values();
        let first = values.next();
        if values.next().is_some() {
            return Err(Refusal::Malformed);
        }
        first
            .map(std::str::from_utf8)
            .transpose()
            .map_err(|_| Refusal::Malformed)
    }
}

/// Lines end with CR LF, and neither character stands alone: some parsers take one for a line's
/// end, some don't.
fn has_clean_lines(head: &[u8]) -> bool {
    let mut after_cr = false;
    for &byte in head {
        if byte == 0 || after_cr != (byte == b'\n') {
            return false;
        }
        after_cr = byte == b'\r';
    }
    !after_cr
}

/// Only names that are known to lead here are answered, so that no web page can reach us by
/// pointing a name of its own to 127.0.0.1.
fn is_ours(host: Option<&str>, door: &Door) -> Result<(), Refusal> {
    let host = host.unwrap_or_default().trim();
    let local = host.rsplit_once(':').is_some_and(|(name, port)| {
        (name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost"))
            && port.parse() == Ok(door.port)
    });
    if local || door.public.iter().any(|address| address.is_host(host)) {
        return Ok(());
    }
    Err(Refusal::OtherHost)
}

/// `/lever/<secret>`, with the tunnel's own path before it if it has one and doesn't take it away.
fn is_the_way(path: &str, door: &Door) -> Result<(), Refusal> {
    let secret = path.strip_prefix("/lever/").or_else(|| {
        door.public
            .iter()
            .find_map(|address| path.strip_prefix(address.path())?.strip_prefix("/lever/"))
    });
    match secret {
        Some(secret) if door.secret.is(secret) => Ok(()),
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

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    fn door() -> Door {
        Door {
            port: 4000,
            secret: PathSecret::kept(SECRET.into()).unwrap(),
            public: vec![PublicAddress::parse("pad.example.com/hooks").unwrap()],
        }
    }

    fn request(line: &str, headers: &[&str], body: &str) -> String {
        let line = line.replace("SECRET", SECRET);
        let headers: String = headers
            .iter()
            .map(|header| format!("{header}\r\n"))
            .collect();
        format!("{line}\r\n{headers}\r\n{body}")
    }

    fn refused(raw: &str) -> Refusal {
        match admit(raw.as_bytes(), &door()) {
            Verdict::Refused(refusal) => refusal,
            other => panic!("{other:?}: {raw}"),
        }
    }

    const LINE: &str = "POST /lever/SECRET HTTP/1.1";
    const HOST: &str = "Host: 127.0.0.1:4000";

    #[test]
    fn what_lever_sends_is_let_in_however_it_comes_here() {
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
            assert_eq!(
                admit(raw.as_bytes(), &door()),
                Verdict::Admitted(b"{}"),
                "{raw}"
            );
        }
    }

    #[test]
    fn every_beginning_of_a_good_request_is_unfinished() {
        let raw = request(LINE, &[HOST, "Content-Length: 2"], "{}");
        for end in 0..raw.len() {
            assert_eq!(
                admit(&raw.as_bytes()[..end], &door()),
                Verdict::Unfinished,
                "{end}"
            );
        }
    }

    #[test]
    fn each_wrong_thing_has_its_own_answer() {
        let two = "Content-Length: 2";
        for (expected, line, headers) in [
            (
                Refusal::OtherMethod,
                "GET /lever/SECRET HTTP/1.1",
                &[HOST, two][..],
            ),
            (
                Refusal::OtherMethod,
                "OPTIONS /lever/SECRET HTTP/1.1",
                &[HOST, two],
            ),
            (
                Refusal::OtherMethod,
                "post /lever/SECRET HTTP/1.1",
                &[HOST, two],
            ),
            (Refusal::OtherPath, "POST / HTTP/1.1", &[HOST, two]),
            (Refusal::OtherPath, "POST /lever/ HTTP/1.1", &[HOST, two]),
            (
                Refusal::OtherPath,
                "POST /lever/SECRET/ HTTP/1.1",
                &[HOST, two],
            ),
            (
                Refusal::OtherPath,
                "POST /lever/SECRET?a=b HTTP/1.1",
                &[HOST, two],
            ),
            (
                Refusal::OtherPath,
                "POST /x/lever/SECRET HTTP/1.1",
                &[HOST, two],
            ),
            (
                Refusal::OtherPath,
                "POST /lever/1123456789abcdef0123456789abcdef HTTP/1.1",
                &[HOST, two],
            ),
            (Refusal::OtherHost, LINE, &["Host: evil.test:4000", two]),
            (Refusal::OtherHost, LINE, &["Host: 127.0.0.1:4001", two]),
            (Refusal::OtherHost, LINE, &["Host: 127.0.0.1", two]),
            (Refusal::OtherHost, LINE, &[two]),
            (Refusal::Malformed, LINE, &[HOST, HOST, two]),
            (Refusal::Malformed, LINE, &[HOST, two, two]),
            (Refusal::Malformed, LINE, &[HOST, "Content-Length: +2"]),
            (Refusal::Malformed, LINE, &[HOST, "Content-Length: 2, 2"]),
            (Refusal::Malformed, LINE, &[HOST, "Content-Length:"]),
            (Refusal::Malformed, LINE, &[HOST, two, " folded: x"]),
            (
                Refusal::Malformed,
                LINE,
                &[HOST, two, "Transfer-Encoding : chunked"],
            ),
            (
                Refusal::Malformed,
                LINE,
                &[HOST, two, "X: a\nTransfer-Encoding: chunked"],
            ),
            (Refusal::Malformed, LINE, &[HOST, two, "X: a\rb"]),
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
                &[HOST, "Transfer-Encoding: chunked"],
            ),
            (
                Refusal::Encoded,
                LINE,
                &[HOST, two, "transfer-encoding: identity"],
            ),
            (Refusal::Expects, LINE, &[HOST, two, "Expect: 100-continue"]),
            (
                Refusal::OtherVersion,
                "POST /lever/SECRET HTTP/2.0",
                &[HOST, two],
            ),
            (Refusal::Malformed, "POST /lever/SECRET", &[HOST, two]),
            (Refusal::Malformed, "hello", &[]),
        ] {
            assert_eq!(
                refused(&request(line, headers, "{}")),
                expected,
                "{line} {headers:?}"
            );
        }
    }

    #[test]
    fn nothing_may_follow_the_body() {
        let second = request(LINE, &[HOST, "Content-Length: 2"], "{}");
        let raw = request(LINE, &[HOST, "Content-Length: 2"], &format!("{{}}{second}"));
        assert_eq!(refused(&raw), Refusal::Malformed);
    }

    #[test]
    fn a_head_has_its_limits_with_or_without_an_end() {
        let endless = format!("POST /{}", "a".repeat(LONGEST_HEAD));
        assert_eq!(refused(&endless), Refusal::HeadTooLong);
        let long = format!("X: {}", "a".repeat(LONGEST_HEAD));
        assert_eq!(
            refused(&request(LINE, &[HOST, &long], "")),
            Refusal::HeadTooLong
        );
        let many = vec!["X: a"; MOST_HEADERS + 1];
        assert_eq!(refused(&request(LINE, &many, "")), Refusal::HeadTooLong);
    }
}
