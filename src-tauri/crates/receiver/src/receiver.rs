use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::Ipv4Addr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt as _;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use transport::{Clock, SecretString};

use crate::connection::{Connection, Store};
use crate::health::{Health, Record};
use crate::judge::Judge;
use crate::limits::BEFORE_RESTART;
use crate::{Handler, Inbox, PathSecret, PublicAddress, Relay, Window, listener};

/// What a receiver needs.
pub struct Config {
    /// The port to keep; `None` to choose one. When another program has it, another is taken, and
    /// [`Health::port_changed_from`] says so.
    pub port: Option<u16>,
    /// The secret in the path.
    pub secret: PathSecret,
    /// The addresses of the person's tunnels. Only these and our local names are answered.
    pub public: Vec<PublicAddress>,
    /// The signing tokens, one for each webhook (contracts/lever.md, 5.4). They may change at any
    /// time.
    pub tokens: watch::Receiver<Vec<SecretString>>,
    /// How old, and how new, an event may be.
    pub window: Window,
    /// Decides how old an event is.
    pub clock: Arc<dyn Clock>,
}

/// A receiver at work. It ends when this is dropped.
pub struct Running {
    health: watch::Receiver<Health>,
    parts: JoinSet<()>,
}

/// Starts a receiver on 127.0.0.1, within a tokio runtime. It listens soon after, and does so until
/// it is stopped: whatever part of it ends is started again.
#[must_use]
pub fn start(config: Config, inbox: Arc<dyn Inbox>) -> Running {
    let record = Record::new(config.clock.clone());
    let health = record.watch();
    let listening = Listening {
        config: Arc::new(config),
        store: Store::new(inbox),
        record: record.clone(),
    };
    let mut parts = JoinSet::new();
    parts.spawn(keep_up("listener", record.clone(), move || {
        listening.clone().keep()
    }));
    parts.spawn(async move { record.announce_refusals().await });
    Running { health, parts }
}

impl Running {
    /// The health, as it changes.
    #[must_use]
    pub fn health(&self) -> watch::Receiver<Health> {
        self.health.clone()
    }

    /// The port, as soon as it listens.
    pub async fn port(&mut self) -> Option<u16> {
        let listening = self.health.wait_for(|health| health.port.is_some()).await;
        listening.ok()?.port
    }

    /// Stops. When this returns, the port is free.
    pub async fn stop(mut self) {
        self.parts.shutdown().await;
    }
}

/// Runs a part again whenever it ends, be it by a panic.
async fn keep_up<Part>(name: &'static str, record: Record, part: impl Fn() -> Part)
where
    Part: Future<Output = ()>,
{
    loop {
        // What a part shares with the next one (a queue, a record) is whole after each of its steps.
        let _ = AssertUnwindSafe(part()).catch_unwind().await;
        record.restarted(name);
        tokio::time::sleep(BEFORE_RESTART).await;
    }
}

/// What it takes to listen.
#[derive(Clone)]
struct Listening {
    config: Arc<Config>,
    store: Store,
    record: Record,
}

impl Listening {
    /// Listens until the port or tiny_http fails.
    async fn keep(self) {
        let Err(error) = self.try_keep().await;
        tracing::warn!(%error, "no webhooks can be received for a moment");
    }

    async fn try_keep(self) -> io::Result<Infallible> {
        let kept = self.record.watch().borrow().port.or(self.config.port);
        let (listener, port) = listen(kept).await?;
        let config = self.config;
        let relay = Relay::start(Handler {
            port,
            secret: config.secret.clone(),
            public: config.public.clone(),
        });
        let relay = Arc::new(relay.await?);
        let connection = Connection {
            relay: relay.clone(),
            judge: Judge {
                tokens: config.tokens.clone(),
                window: config.window,
                clock: config.clock.clone(),
            },
            store: self.store,
            record: self.record.clone(),
        };
        let serve = |socket, make_room| connection.clone().serve(socket, make_room);
        let changed_from = kept.filter(|kept| *kept != port);
        self.record.listening(port, changed_from);
        tokio::select! {
            error = listener::accept_all(listener, serve) => Err(error),
            () = relay.broken() => Err(io::Error::other("tiny_http no longer answers")),
        }
    }
}

/// Listens on the port that is to be kept, or on another if it can't be had: Windows refuses some
/// ports with other words than "in use", so any refusal counts.
async fn listen(kept: Option<u16>) -> io::Result<(TcpListener, u16)> {
    let kept = match kept {
        Some(port) => TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.ok(),
        None => None,
    };
    let listener = match kept {
        Some(listener) => listener,
        None => TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?,
    };
    let port = listener.local_addr()?.port();
    Ok((listener, port))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use transport::VirtualClock;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_part_that_ends_or_panics_is_started_again_and_counted() {
        let record = Record::new(Arc::new(VirtualClock::starting_at(0)));
        let mut health = record.watch();
        let starts = Arc::new(AtomicU32::new(0));
        let counted = starts.clone();
        let kept_up = tokio::spawn(keep_up("a part", record, move || {
            let start = counted.fetch_add(1, Ordering::SeqCst);
            async move {
                assert_ne!(start, 0, "a panic that this test asked for");
                if start > 1 {
                    std::future::pending::<()>().await;
                }
            }
        }));
        health
            .wait_for(|health| health.restarts == 2)
            .await
            .unwrap();
        tokio::time::sleep(10 * BEFORE_RESTART).await;
        assert_eq!(starts.load(Ordering::SeqCst), 3, "the third start stays");
        kept_up.abort();
    }
}
