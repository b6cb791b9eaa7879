//! Slow clients and forged requests against a receiver, and how long an honest event takes
//! meanwhile. All in one process, so the memory measured is that of attackers and receiver both.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{Instant, interval};
use transport::{Clock as _, SystemClock};

use crate::support::{self, Tried};

/// What is let loose.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Storm {
    pub(crate) lasting: Duration,
    /// Clients that send one byte now and then, and come back when they are thrown out.
    pub(crate) dripping: usize,
    /// A second.
    pub(crate) forged: u32,
    /// A second.
    pub(crate) honest: u32,
}

/// What was measured.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    /// Times from connecting to the reply, ascending.
    pub(crate) acknowledged: Vec<Duration>,
    /// The same, at the same moments, from a server that answers without looking: what this
    /// computer takes for it with all else that it has to do.
    pub(crate) yardstick: Vec<Duration>,
    /// Honest events without a 200.
    pub(crate) missed: usize,
    pub(crate) stored: usize,
    /// Forged requests with the status that they should have.
    pub(crate) refused: u64,
    /// Forged requests that were closed without a word, or could not even connect.
    pub(crate) unanswered: u64,
    /// Requests without effect as the receiver counted them, by reason.
    pub(crate) counted: Vec<(String, u64)>,
    /// Resident memory in KB, where the system tells.
    pub(crate) before_kb: Option<u64>,
    pub(crate) most_kb: Option<u64>,
    pub(crate) after_kb: Option<u64>,
}

impl Measured {
    /// How much more memory was in use at the worst moment, in KB.
    pub(crate) fn grown_kb(&self) -> Option<u64> {
        Some(self.most_kb?.saturating_sub(self.before_kb?))
    }

    pub(crate) fn as_json(&self) -> Value {
        json!({
            "acknowledged": self.acknowledged.len(), "missed": self.missed, "stored": self.stored,
            "p50_ms": within_ms(&self.acknowledged, 0.5),
            "p99_ms": within_ms(&self.acknowledged, 0.99),
            "max_ms": within_ms(&self.acknowledged, 1.0),
            "yardstick_p50_ms": within_ms(&self.yardstick, 0.5),
            "yardstick_p99_ms": within_ms(&self.yardstick, 0.99),
            "forged_refused": self.refused, "forged_unanswered": self.unanswered,
            "counted": self.counted.iter().cloned().collect::<BTreeMap<_, _>>(),
            "rss_before_kb": self.before_kb, "rss_most_kb": self.most_kb,
            "rss_after_kb": self.after_kb, "rss_grown_kb": self.grown_kb(),
        })
    }
}

/// The time within which that share of them came, in ms. They ascend.
pub(crate) fn within_ms(times: &[Duration], share: f64) -> f64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "a share of a small count"
    )]
    let rank = (times.len() as f64 * share).ceil() as usize;
    let time = times.get(rank.saturating_sub(1)).or(times.last());
    time.map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0)
}

impl Storm {
    pub(crate) async fn rage(self) -> io::Result<Measured> {
        let tried = Arc::new(Tried::start_with(None, Arc::new(SystemClock::new())).await?);
        // Everything is used once before the memory is read.
        let now = SystemClock::new().now_ms();
        tried.post(&support::signed("first", now)).await?;
        let before_kb = resident_kb();

        let mut around = JoinSet::new();
        for _ in 0..self.dripping {
            around.spawn(drip(tried.port));
        }
        let (refused, unanswered) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        around.spawn(forge(
            tried.port,
            self.forged,
            refused.clone(),
            unanswered.clone(),
        ));
        let most = Arc::new(AtomicU64::new(0));
        around.spawn(watch_memory(most.clone()));
        let yardstick = yardstick(&mut around).await?;
        let (honest, plain) = self.honest_events(tried.port, yardstick).await;
        around.shutdown().await;

        let missed = honest.iter().filter(|time| time.is_none()).count();
        let most_kb = Some(most.load(Ordering::Relaxed)).filter(|most| *most > 0);
        Ok(Measured {
            acknowledged: ascending(honest),
            yardstick: ascending(plain),
            missed,
            counted: counted(&tried),
            stored: tried.inbox.stored().len(),
            refused: refused.load(Ordering::Relaxed),
            unanswered: unanswered.load(Ordering::Relaxed),
            before_kb,
            most_kb: most_kb.max(resident_kb()),
            after_kb: resident_kb(),
        })
    }

    /// How long each event took, and how long the same took on the yardstick.
    async fn honest_events(self, receiver: u16, yardstick: u16) -> (Times, Times) {
        let clock = SystemClock::new();
        let mut pace = interval(Duration::from_secs(1) / self.honest);
        let (mut honest, mut plain) = (JoinSet::new(), JoinSet::new());
        let started = Instant::now();
        for number in 0_u32.. {
            pace.tick().await;
            if started.elapsed() > self.lasting {
                break;
            }
            let event = support::signed(&format!("honest-{number}"), clock.now_ms());
            let body = event.to_string();
            for (port, times) in [(receiver, &mut honest), (yardstick, &mut plain)] {
                times.spawn(acknowledged(port, support::posted(port, body.as_bytes())));
            }
        }
        (honest.join_all().await, plain.join_all().await)
    }
}

/// `None` for what was not acknowledged.
type Times = Vec<Option<Duration>>;

async fn acknowledged(port: u16, raw: Vec<u8>) -> Option<Duration> {
    let sent = Instant::now();
    let reply = support::exchange(port, &raw).await.ok()?;
    (support::status(&reply) == Some(200)).then(|| sent.elapsed())
}

fn ascending(times: Times) -> Vec<Duration> {
    let mut times: Vec<_> = times.into_iter().flatten().collect();
    times.sort_unstable();
    times
}

/// Starts a server that says yes to whatever it reads. Returns its port.
async fn yardstick(around: &mut JoinSet<()>) -> io::Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let port = listener.local_addr()?.port();
    around.spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            tokio::spawn(async move {
                let _ = socket.read(&mut [0; 4096]).await;
                let _ = socket.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
            });
        }
    });
    Ok(port)
}

fn counted(tried: &Tried) -> Vec<(String, u64)> {
    let health = tried.running.health();
    let refused = &health.borrow().refused;
    refused
        .iter()
        .map(|(reason, count)| (format!("{reason:?}"), *count))
        .collect()
}

/// One byte every 100 ms, for ever.
async fn drip(port: u16) {
    loop {
        if let Ok(mut socket) = TcpStream::connect(("127.0.0.1", port)).await {
            for byte in support::posted(port, &[b' '; 60_000]) {
                if socket.write_all(&[byte]).await.is_err() {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Requests that get as far as they can: most know the way and are stopped by their signature.
async fn forge(port: u16, a_second: u32, refused: Arc<AtomicU64>, unanswered: Arc<AtomicU64>) {
    let now = SystemClock::new().now_ms();
    let mut event = support::signed("forged", now);
    if let Some(signature) = event.get_mut("signature") {
        *signature = json!("0".repeat(64));
    }
    let wrong_signature = Arc::new(support::posted(port, event.to_string().as_bytes()));
    let wrong_path = Arc::new(b"POST /lever/guess HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".to_vec());
    let mut pace = interval(Duration::from_secs(1) / a_second);
    let mut under_way = JoinSet::new();
    for number in 0_u32.. {
        pace.tick().await;
        while under_way.try_join_next().is_some() {}
        let (raw, expected) = match number % 4 {
            0 => (wrong_path.clone(), 421),
            _ => (wrong_signature.clone(), 401),
        };
        let (refused, unanswered) = (refused.clone(), unanswered.clone());
        under_way.spawn(async move {
            let reply = support::exchange(port, &raw).await.unwrap_or_default();
            let counter = match support::status(&reply) {
                Some(status) if status == expected => refused,
                _ => unanswered,
            };
            counter.fetch_add(1, Ordering::Relaxed);
        });
    }
}

async fn watch_memory(most: Arc<AtomicU64>) {
    let mut pace = interval(Duration::from_millis(100));
    loop {
        pace.tick().await;
        most.fetch_max(resident_kb().unwrap_or(0), Ordering::Relaxed);
    }
}

/// This process's resident memory, in KB. Linux only.
fn resident_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse().ok()
}
