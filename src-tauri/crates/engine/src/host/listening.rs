//! Keeps a receiver where the settings want one, and leads its events to the ledger.

use std::sync::Arc;

use padwatch_receiver::{
    Config, Delivery, Health, Inbox, InboxUnavailable, Running, Taken, Window,
};
use tokio::sync::watch;
use transport::Clock;

use super::handle::Handle;
use crate::webhooks::Place;

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
        let taken = self.0.webhook_blocking(delivery);
        taken.map_err(|problem| {
            tracing::warn!(code = ?problem.code(), "an event could not be stored");
            InboxUnavailable
        })
    }
}
