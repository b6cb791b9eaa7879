//! A receiver to try things on, and the other end of its connections.
#![allow(dead_code, reason = "each test and example uses its own part of this")]

use std::collections::HashSet;
use std::io;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use padwatch_receiver::{
    Config, Delivery, Inbox, InboxUnavailable, PathSecret, PublicAddress, Running, Taken, Window,
};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::timeout;
use transport::{Clock, SecretString, VirtualClock};

pub(crate) const SECRET: &str = "0123456789abcdef0123456789abcdef";
/// Key and first vector of contracts/lever.md, 5.3.
pub(crate) const SIGNING_TOKEN: &str = "lever-test-signing-token-0123456789abcdef";
pub(crate) const TOKEN: &str = "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f6071";
pub(crate) const TRIGGERED_AT: i64 = 1_767_225_600_123;
pub(crate) const SIGNATURE: &str =
    "08fc742b538a56b73833c5ffc65659f502239a2ae5e569ca3a22c97f25986c77";
pub(crate) const OPPORTUNITY: &str = "11111111-1111-4111-8111-111111111111";
pub(crate) const NOW: i64 = TRIGGERED_AT + 1_000;

/// An inbox in memory, which can be made to fail.
#[derive(Default)]
pub(crate) struct Memory {
    stored: Mutex<Vec<Delivery>>,
    tokens: Mutex<HashSet<String>>,
    refusing: AtomicU32,
    panicking: AtomicU32,
}

impl Memory {
    pub(crate) fn stored(&self) -> Vec<Delivery> {
        locked(&self.stored).clone()
    }

    /// The next so many deliveries can't be stored.
    pub(crate) fn refuse(&self, times: u32) {
        self.refusing.store(times, Ordering::SeqCst);
    }

    /// The next so many deliveries end the thread that brings them.
    pub(crate) fn panic(&self, times: u32) {
        self.panicking.store(times, Ordering::SeqCst);
    }
}

impl Inbox for Memory {
    fn accept(&self, delivery: Delivery) -> Result<Taken, InboxUnavailable> {
        assert!(!take_one(&self.panicking), "a panic that a test asked for");
        if take_one(&self.refusing) {
            return Err(InboxUnavailable);
        }
        if !locked(&self.tokens).insert(delivery.token.clone()) {
            return Ok(Taken::Seen);
        }
        locked(&self.stored).push(delivery);
        Ok(Taken::New)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn take_one(counter: &AtomicU32) -> bool {
    let less = |count: u32| count.checked_sub(1);
    counter
        .fetch_update(Ordering::SeqCst, Ordering::SeqCst, less)
        .is_ok()
}

/// A receiver that listens, and all that belongs to it.
pub(crate) struct Tried {
    pub(crate) running: Running,
    pub(crate) port: u16,
    pub(crate) inbox: Arc<Memory>,
    pub(crate) tokens: watch::Sender<Vec<SecretString>>,
}

impl Tried {
    /// With the contract's key, at the contract's time.
    pub(crate) async fn start() -> io::Result<Self> {
        Self::start_with(None, Arc::new(VirtualClock::starting_at(NOW))).await
    }

    pub(crate) async fn start_with(port: Option<u16>, clock: Arc<dyn Clock>) -> io::Result<Self> {
        let inbox = Arc::new(Memory::default());
        let (tokens, known) = watch::channel(vec![SIGNING_TOKEN.into()]);
        let config = Config {
            port,
            secret: PathSecret::kept(SECRET.into()).ok_or(io::ErrorKind::InvalidInput)?,
            public: PublicAddress::parse("pad.example.com")
                .into_iter()
                .collect(),
            tokens: known,
            window: Window::default(),
            clock,
        };
        let mut running = padwatch_receiver::start(config, inbox.clone());
        let port = running.port().await.ok_or(io::ErrorKind::NotConnected)?;
        Ok(Self {
            running,
            port,
            inbox,
            tokens,
        })
    }

    /// The status for an event.
    pub(crate) async fn post(&self, event: &Value) -> io::Result<Option<u16>> {
        self.send(&posted(self.port, event.to_string().as_bytes()))
            .await
    }

    /// The status for whatever bytes; `None` if the connection is closed without one.
    pub(crate) async fn send(&self, raw: &[u8]) -> io::Result<Option<u16>> {
        Ok(status(&exchange(self.port, raw).await?))
    }
}

/// The contract's first vector as an event.
pub(crate) fn vector() -> Value {
    json!({
        "id": "77777777-7777-4777-8777-777777777777", "event": "candidateStageChange",
        "triggeredAt": TRIGGERED_AT, "token": TOKEN, "signature": SIGNATURE,
        "data": { "opportunityId": OPPORTUNITY, "candidateId": OPPORTUNITY },
    })
}

/// An event signed as Lever signs it, with a token of its own.
pub(crate) fn signed(token: &str, triggered_at_ms: i64) -> Value {
    let signature = lever::webhook::sign(&SIGNING_TOKEN.into(), token, triggered_at_ms);
    let mut event = vector();
    if let Some(fields) = event.as_object_mut() {
        fields.insert("token".to_owned(), token.into());
        fields.insert("triggeredAt".to_owned(), triggered_at_ms.into());
        fields.insert("signature".to_owned(), signature.into());
    }
    event
}

/// A request as Lever sends it.
pub(crate) fn posted(port: u16, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST /lever/{SECRET} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\
         User-Agent: Lever-Webhooks\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// Sends bytes, and reads until the other side has nothing more to say.
pub(crate) async fn exchange(port: u16, raw: &[u8]) -> io::Result<Vec<u8>> {
    let mut socket = TcpStream::connect(("127.0.0.1", port)).await?;
    // A receiver that has heard enough may close before everything is sent.
    let _ = socket.write_all(raw).await;
    let mut reply = Vec::new();
    match timeout(Duration::from_secs(20), socket.read_to_end(&mut reply)).await? {
        Err(error) if error.kind() != io::ErrorKind::ConnectionReset => Err(error),
        Ok(_) | Err(_) => Ok(reply),
    }
}

/// The status in a reply.
pub(crate) fn status(reply: &[u8]) -> Option<u16> {
    let line = std::str::from_utf8(reply).ok()?;
    line.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()
}

/// Sends bytes and says that no more will come; reads what is answered.
pub(crate) async fn exchange_and_hang_up(port: u16, raw: &[u8]) -> io::Result<Vec<u8>> {
    let mut socket = TcpStream::connect(("127.0.0.1", port)).await?;
    let _ = socket.write_all(raw).await;
    let _ = socket.shutdown().await;
    let mut reply = Vec::new();
    // What was reset was refused.
    let _ = timeout(Duration::from_secs(20), socket.read_to_end(&mut reply)).await?;
    Ok(reply)
}
