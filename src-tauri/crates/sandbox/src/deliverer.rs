//! Carries what webhooks are told, as Lever does: no redirects, five more tries
//! (contracts/lever.md, 5.6).

use std::time::Duration;

use http::Method;
use tokio::task::JoinSet;
use transport::{Idempotency, Request, Transport, Web, WebUnavailable};

use crate::lever::delivery::{Parcel, Try};
use crate::shared::SharedWorld;

/// How long a receiver may take. Lever's own patience is unknown.
const PATIENCE: Duration = Duration::from_secs(10);
/// Without anything planned, the world is looked at so often.
const LOOKS_EVERY: Duration = Duration::from_secs(60);

/// Delivers until it is dropped.
pub(crate) struct Deliverer {
    world: SharedWorld,
    web: Web,
}

impl Deliverer {
    /// # Errors
    /// When the TLS parts of this computer can't be used.
    pub(crate) fn new(world: SharedWorld) -> Result<Self, WebUnavailable> {
        Ok(Self {
            world,
            web: Web::new("Lever-Webhooks")?,
        })
    }

    pub(crate) async fn run(self) {
        let mut under_way = JoinSet::new();
        loop {
            let (parcels, wait) = self.world.quietly(|world| {
                let now = world.now();
                let deliveries = &mut world.lever.webhooks.deliveries;
                let parcels = deliveries.take_due(now);
                (parcels, deliveries.next_due().map(|due| due - now))
            });
            for parcel in parcels {
                under_way.spawn(deliver(self.world.clone(), self.web.clone(), parcel));
            }
            let wait = wait
                .and_then(|ms| u64::try_from(ms).ok())
                .map(Duration::from_millis);
            tokio::select! {
                () = self.world.used() => {}
                () = self.world.clock().sleep(wait.unwrap_or(LOOKS_EVERY)) => {}
                Some(_) = under_way.join_next(), if !under_way.is_empty() => {}
            }
        }
    }
}

async fn deliver(world: SharedWorld, web: Web, parcel: Parcel) {
    let outcome = match parcel.url.parse() {
        Err(_) => Err("the address can't be read".to_owned()),
        Ok(url) => {
            let request = Request::new(Method::POST, url, Idempotency::NotIdempotent)
                .with_body("application/json", parcel.body);
            match tokio::time::timeout(PATIENCE, web.send(request)).await {
                Err(_) => Err("it took too long".to_owned()),
                Ok(reply) => reply
                    .map(|reply| reply.status.as_u16())
                    .map_err(|failure| failure.to_string()),
            }
        }
    };
    world.quietly(|world| {
        let (lever, mut moment) = world.lever_and_moment();
        let outcome = Try {
            at: moment.now,
            status: outcome.clone().ok(),
            failure: outcome.err(),
        };
        lever
            .webhooks
            .deliveries
            .note(parcel.number, outcome, &mut moment);
    });
}
