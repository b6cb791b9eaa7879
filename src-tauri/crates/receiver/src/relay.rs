//! Reads a request for tiny_http, which has no limits of its own.
//!
//! The relay counts: bytes to the empty line that ends a head, then as many more as tiny_http says
//! that there are. It understands nothing of what it reads, and refuses only bytes that tiny_http
//! must not be given or that two programs could read in two ways.

use std::io;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::sync::{Mutex, watch};
use tokio::time::timeout;

use crate::Refusal;
use crate::chunked::Chunked;
use crate::handler::{Framing, Handler};
use crate::limits::{CHUNK, HEAD_WITHIN, LONGEST_HEAD};
use crate::server::Server;

/// The way of requests to the handler, through tiny_http.
pub struct Relay {
    server: Arc<Mutex<Server>>,
    is_broken: Arc<watch::Sender<bool>>,
}

impl Relay {
    /// Starts tiny_http before the handler.
    ///
    /// # Errors
    /// When the system has no socket or no thread for it.
    pub async fn start(handler: Handler) -> io::Result<Self> {
        let server = Server::start(handler).await?;
        Ok(Self {
            server: Arc::new(Mutex::new(server)),
            is_broken: Arc::default(),
        })
    }

    /// Waits until tiny_http has failed to answer. After that, this relay answers nothing.
    pub(crate) async fn broken(&self) {
        // The sender lives as long as this relay.
        let _ = self.is_broken.subscribe().wait_for(|broken| *broken).await;
    }

    /// Reads one request to its end, and at most a chunk beyond. Returns its body. There is no
    /// deadline here: the caller's is for the whole of it.
    ///
    /// # Errors
    /// The reason why this request is refused.
    pub async fn read(&self, from: &mut (impl AsyncRead + Unpin)) -> Result<Vec<u8>, Refusal> {
        let mut raw = Vec::with_capacity(CHUNK);
        let head_end = read_head(from, &mut raw).await?;
        let head = raw.get(..head_end).unwrap_or_default().to_vec();
        let length = match self.check(head).await? {
            Framing::Length(length) => length,
            Framing::Chunked => return read_chunks(from, raw.split_off(head_end)).await,
        };
        while raw.len() < head_end + length {
            read_more(from, &mut raw).await?;
        }
        if raw.len() > head_end + length {
            return Err(Refusal::Malformed);
        }
        Ok(raw.split_off(head_end))
    }

    /// How the body that follows a head comes.
    async fn check(&self, head: Vec<u8>) -> Result<Framing, Refusal> {
        is_safe(&head)?;
        let mut server = self.server.clone().lock_owned().await;
        if *self.is_broken.borrow() {
            return Err(Refusal::NotAnswered);
        }
        // A task of its own: a connection that ends must not leave its answer to the next one.
        let is_broken = self.is_broken.clone();
        let checking = tokio::spawn(async move {
            let checked = timeout(HEAD_WITHIN, server.check(&head)).await;
            checked
                .unwrap_or_else(|late| Err(late.into()))
                .unwrap_or_else(|_| {
                    is_broken.send_replace(true);
                    Err(Refusal::NotAnswered)
                })
        });
        checking.await.unwrap_or(Err(Refusal::NotAnswered))
    }
}

/// Reads a body in chunks, of which some came with the head.
async fn read_chunks(
    from: &mut (impl AsyncRead + Unpin),
    mut unread: Vec<u8>,
) -> Result<Vec<u8>, Refusal> {
    let mut chunked = Chunked::default();
    while !chunked.take(&unread)? {
        unread.clear();
        read_more(from, &mut unread).await?;
    }
    Ok(chunked.into_body())
}

/// Reads until the head is complete. Returns where it ends.
async fn read_head(
    from: &mut (impl AsyncRead + Unpin),
    raw: &mut Vec<u8>,
) -> Result<usize, Refusal> {
    let mut searched = 0;
    loop {
        read_more(from, raw).await?;
        let end = end_of_head(raw, searched);
        if end.unwrap_or(raw.len()) > LONGEST_HEAD {
            return Err(Refusal::HeadTooLong);
        }
        if let Some(end) = end {
            return Ok(end);
        }
        searched = raw.len();
    }
}

async fn read_more(from: &mut (impl AsyncRead + Unpin), raw: &mut Vec<u8>) -> Result<(), Refusal> {
    let mut chunk = [0; CHUNK];
    match from.read(&mut chunk).await {
        Ok(read @ 1..) => {
            raw.extend_from_slice(chunk.get(..read).unwrap_or_default());
            Ok(())
        }
        Ok(0) | Err(_) => Err(Refusal::HungUp),
    }
}

/// Where the empty line after the headers ends. The first `searched` bytes are known not to
/// complete it, so that a sender who drips bytes doesn't make us search everything each time.
fn end_of_head(raw: &[u8], searched: usize) -> Option<usize> {
    let from = searched.saturating_sub(3);
    let rest = raw.get(from..)?;
    let at = rest.windows(4).position(|four| four == b"\r\n\r\n")?;
    Some(from + at + 4)
}

/// Refuses what tiny_http must not be given. Lever's requests are plain (contracts/lever.md, 5.2).
fn is_safe(head: &[u8]) -> Result<(), Refusal> {
    let mut lines = head.split_inclusive(|byte| *byte == b'\n');
    let first = lines.clone().next().unwrap_or_default();
    if !lines.all(is_plain) {
        return Err(Refusal::Malformed);
    }
    // tiny_http 0.12 has a thread wait for itself, for ever, where it means to refuse a version.
    let is_newer = |version: &[u8]| version == b"HTTP/2.0" || version == b"HTTP/3.0";
    if first.windows(8).any(is_newer) {
        return Err(Refusal::OtherVersion);
    }
    Ok(())
}

/// A line ends with CR LF, and neither stands alone in it: some programs take one for a line's end,
/// some don't. Nor does it begin with a space, which to some makes it a part of the one before.
fn is_plain(line: &[u8]) -> bool {
    line.strip_suffix(b"\r\n").is_some_and(|line| {
        !line.iter().any(|byte| matches!(byte, 0 | b'\r'))
            && !line.starts_with(b" ")
            && !line.starts_with(b"\t")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PathSecret;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    async fn relay() -> Relay {
        let handler = Handler {
            port: 4000,
            secret: PathSecret::kept(SECRET.into()).unwrap(),
            public: Vec::new(),
        };
        Relay::start(handler).await.unwrap()
    }

    async fn read(relay: &Relay, line: &str, length: u64) -> Result<Vec<u8>, Refusal> {
        let raw = format!("{line}\r\nHost: localhost:4000\r\nContent-Length: {length}\r\n\r\n{{}}");
        relay.read(&mut raw.as_bytes()).await
    }

    fn line() -> String {
        format!("POST /lever/{SECRET} HTTP/1.1")
    }

    /// Each of them ends the process, or holds up what reads the next, if tiny_http is left to it.
    #[tokio::test]
    async fn no_length_or_version_or_silence_harms_tiny_http() {
        let relay = relay().await;
        for (line, length, refusal) in [
            (line(), 1 << 40, Refusal::BodyTooLong),
            (line(), u64::MAX, Refusal::BodyTooLong),
            ("POST / HTTP/1.1".to_owned(), 1 << 40, Refusal::OtherPath),
            (
                "POST / HTTP/2.0 HTTP/1.1".to_owned(),
                2,
                Refusal::OtherVersion,
            ),
            ("PRI * HTTP/3.0".to_owned(), 2, Refusal::OtherVersion),
            (line(), 50_000, Refusal::HungUp),
            (line(), 1_000, Refusal::HungUp),
        ] {
            for _ in 0..20 {
                assert_eq!(read(&relay, &line, length).await, Err(refusal), "{line}");
            }
        }
        assert_eq!(read(&relay, &line(), 2).await, Ok(b"{}".to_vec()));
        assert!(!*relay.is_broken.borrow());
    }

    #[tokio::test]
    async fn a_server_that_ends_breaks_the_relay() {
        let relay = relay().await;
        assert!(read(&relay, &line(), 2).await.is_ok());
        relay.server.lock().await.end_for_test();
        assert_eq!(read(&relay, &line(), 2).await, Err(Refusal::NotAnswered));
        relay.broken().await;
        assert_eq!(read(&relay, &line(), 2).await, Err(Refusal::NotAnswered));
    }

    #[tokio::test]
    async fn a_connection_that_ends_leaves_no_answer_to_the_next() {
        let relay = relay().await;
        for _ in 0..100 {
            tokio::select! {
                biased;
                read = read(&relay, "GET / HTTP/1.1", 1_000_000) => panic!("too fast: {read:?}"),
                () = tokio::task::yield_now() => {}
            }
            assert_eq!(read(&relay, &line(), 2).await, Ok(b"{}".to_vec()));
        }
    }
}
