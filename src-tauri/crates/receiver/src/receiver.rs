use std::future::Future;
use std::net::Ipv4Addr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::net::TcpListener;
use tokio::sync::{Mutex, watch};
use tokio::task::JoinSet;
use transport::{Clock, SecretString};

use crate::admit::Door;
use crate::connection::Visit;
use crate::desk::Desk;
use crate::front_door::{self, MOST_VISITORS};
use crate::health::{Health, Record};
use crate::judge::Judge;
use crate::private_line::{self, Asking};
use crate::{Inbox, PathSecret, PublicAddress, Window};

/// Between the end of a part and its new start.
const BEFORE_A_NEW_START: Duration = Duration::from_millis(500);

/// What a receiver is told.
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
    /// The time.
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
    let (asking, questions) = private_line::line(MOST_VISITORS);
    let judge = Judge {
        tokens: config.tokens,
        window: config.window,
        clock: config.clock,
    };
    let desk = Desk {
        judge: judge.clone(),
        inbox,
        record: record.clone(),
    };
    let entrance = Entrance {
        port: config.port,
        secret: config.secret,
        public: config.public,
        judge,
        asking,
        record: record.clone(),
    };
    let health = record.watch();
    let questions = Arc::new(Mutex::new(questions));

    let mut parts = JoinSet::new();
    parts.spawn(keep_up("entrance", record.clone(), move || {
        entrance.clone().keep()
    }));
    parts.spawn(keep_up("server", record.clone(), {
        let record = record.clone();
        move || {
            let (questions, desk, record) = (questions.clone(), desk.clone(), record.clone());
            async move {
                private_line::keep_open(&mut *questions.lock().await, &desk, &record).await;
            }
        }
    }));
    parts.spawn(async move { record.announce_refusals().await });
    Running { health, parts }
}

impl Running {
    /// How it is doing.
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
        tokio::time::sleep(BEFORE_A_NEW_START).await;
    }
}

#[derive(Clone)]
struct Entrance {
    port: Option<u16>,
    secret: PathSecret,
    public: Vec<PublicAddress>,
    judge: Judge,
    asking: Asking,
    record: Record,
}

impl Entrance {
    /// Listens until that is of no use any more.
    async fn keep(self) {
        let port = self.record.watch().borrow().port.or(self.port);
        let error = match listen(port).await {
            Ok((listener, taken)) => {
                self.record
                    .listening(taken, port.filter(|kept| *kept != taken));
                front_door::keep(listener, self.visit(taken)).await
            }
            Err(error) => error,
        };
        tracing::warn!(%error, "no webhooks can be received for a moment");
    }

    fn visit(&self, port: u16) -> Visit {
        let door = Door {
            port,
            secret: self.secret.clone(),
            public: self.public.clone(),
        };
        Visit {
            door: Arc::new(door),
            judge: self.judge.clone(),
            line: self.asking.clone(),
            record: self.record.clone(),
        }
    }
}

/// Listens on the port that is to be kept, or on another if it can't be had: Windows refuses some
/// ports with other words than "in use", so any refusal counts.
async fn listen(kept: Option<u16>) -> std::io::Result<(TcpListener, u16)> {
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
        tokio::time::sleep(10 * BEFORE_A_NEW_START).await;
        assert_eq!(starts.load(Ordering::SeqCst), 3, "the third start stays");
        kept_up.abort();
    }
}
