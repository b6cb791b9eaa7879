//! Keeps a receiver where the settings want one, and leads its events to the ledger.

use std::sync::Arc;

use padwatch_receiver::{
    Config, Delivery, Health, Inbox, InboxUnavailable, PathSecret, PublicAddress, Running, Taken,
    Window,
};
use tokio::sync::watch;
use transport::{Clock, SecretString};

use super::Request;
use crate::handle::{self, Handle};

/// Where to listen.
#[derive(Clone)]
pub(crate) struct Place {
    /// The port to keep, if it can be had.
    pub(crate) port: Option<u16>,
    /// The secret in the path.
    pub(crate) secret: PathSecret,
    /// The tunnel's address.
    pub(crate) public: Vec<PublicAddress>,
}

/// What the owner tells the receiver.
pub(crate) struct Wires {
    /// Where to listen; `None`: nowhere.
    pub(crate) place: watch::Sender<Option<Place>>,
    /// What events may be signed with.
    pub(crate) tokens: watch::Sender<Vec<SecretString>>,
}

impl Place {
    /// Returns true if a receiver at the other place need not be restarted. The port is no reason: the
    /// receiver itself says which one it has, unless the user asks for another.
    fn is_served_by(&self, other: &Self, listening_on: Option<u16>) -> bool {
        let same_port = self.port.is_none() || self.port == other.port || self.port == listening_on;
        self.secret.exposed() == other.secret.exposed() && self.public == other.public && same_port
    }
}

impl Wires {
    pub(crate) fn new() -> Self {
        Self {
            place: watch::Sender::new(None),
            tokens: watch::Sender::new(Vec::new()),
        }
    }
}

/// Listens for webhooks whenever they are switched on, until the engine ends. Runs on the
/// runtime of its caller, away from the engine's own thread.
pub async fn listen(engine: Handle, clock: Arc<dyn Clock>) {
    let (mut place, tokens) = engine.wires();
    loop {
        let wanted = place.borrow_and_update().clone();
        let Some(wanted) = wanted else {
            if place.changed().await.is_err() {
                return;
            }
            continue;
        };
        let config = Config {
            port: wanted.port,
            secret: wanted.secret.clone(),
            public: wanted.public.clone(),
            tokens: tokens.clone(),
            window: Window::default(),
            clock: clock.clone(),
        };
        let running = padwatch_receiver::start(config, Arc::new(ToOwner(engine.clone())));
        let goes_on = report(&engine, &running, &wanted, &mut place).await;
        running.stop().await;
        if !goes_on {
            return;
        }
    }
}

/// Passes the receiver's health to the engine, until another place is wanted. Returns false if the
/// engine has ended.
async fn report(
    engine: &Handle,
    running: &Running,
    served: &Place,
    place: &mut watch::Receiver<Option<Place>>,
) -> bool {
    let mut health = running.health();
    loop {
        tokio::select! {
            changed = place.changed() => {
                let port = health.borrow().port;
                let wanted = place.borrow_and_update();
                let same = wanted.as_ref().is_some_and(|wanted| wanted.is_served_by(served, port));
                if changed.is_err() || !same {
                    return changed.is_ok();
                }
            }
            changed = health.changed() => {
                let now: Health = health.borrow_and_update().clone();
                if changed.is_err() || !engine.receiver_is(now).await {
                    return false;
                }
            }
        }
    }
}

/// Hands events to the owner, and waits until they are on the disk.
pub(super) struct ToOwner(pub(super) Handle);

impl Inbox for ToOwner {
    fn accept(&self, delivery: Delivery) -> Result<Taken, InboxUnavailable> {
        let taken = self
            .0
            .ask_blocking(|reply| handle::Request::Webhooks(Request::Take(delivery, reply)));
        taken.map_err(|problem| {
            tracing::warn!(code = ?problem.code, "an event could not be stored");
            InboxUnavailable
        })
    }
}
