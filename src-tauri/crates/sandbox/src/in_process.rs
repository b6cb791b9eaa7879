//! Both services as a transport, without sockets.

use std::time::Duration;

use async_trait::async_trait;
use transport::{Failure, FailureKind, Reply, Request, Transport};

use crate::answer::Wire;
use crate::incoming::{Incoming, Service};
use crate::shared::SharedWorld;
use crate::world::Sites;

/// The root of the simulated Lever API.
pub const LEVER_ROOT: &str = "http://127.0.0.1:1/v1";
/// The root of the simulated CoderPad.
pub const CODERPAD_ROOT: &str = "http://127.0.0.1:2";
/// Where the history of edits lies.
pub const HISTORY_ROOT: &str = "http://127.0.0.1:3";

/// `transport::Web` gives up after so long; so does this.
const PATIENCE: Duration = Duration::from_secs(45);

/// Carries requests to the world in the same process. Waits go by the world's clock: under a
/// paused runtime they cost nothing.
#[derive(Clone)]
pub struct InProcess {
    world: SharedWorld,
}

impl InProcess {
    /// A transport to this world. It moves to [`LEVER_ROOT`], [`CODERPAD_ROOT`] and
    /// [`HISTORY_ROOT`].
    #[must_use]
    pub fn new(world: SharedWorld) -> Self {
        world.with(|world| world.settle_at(&sites()));
        Self { world }
    }

    /// The world behind it.
    #[must_use]
    pub fn world(&self) -> &SharedWorld {
        &self.world
    }
}

fn sites() -> Sites {
    let lever = LEVER_ROOT.trim_end_matches("/v1").to_owned();
    Sites {
        lever,
        coderpad: CODERPAD_ROOT.to_owned(),
        history: HISTORY_ROOT.to_owned(),
    }
}

#[async_trait]
impl Transport for InProcess {
    async fn send(&self, request: Request) -> Result<Reply, Failure> {
        let service = match (request.url.host_str(), request.url.port()) {
            (Some("127.0.0.1"), Some(1)) => Service::Lever,
            (Some("127.0.0.1"), Some(2)) => Service::CoderPad,
            (Some("127.0.0.1"), Some(3)) => Service::History,
            _ => return Err(Failure::NotSent(FailureKind::NoRoute)),
        };
        let answer = self
            .world
            .answer(service, &Incoming::from_request(&request));
        let clock = self.world.clock();
        let drip = match &answer.wire {
            Wire::Drip { over, .. } => *over,
            _ => Duration::ZERO,
        };
        let takes = answer.delay.saturating_add(drip);
        if takes >= PATIENCE {
            clock.sleep(PATIENCE).await;
            return Err(Failure::Unclear(FailureKind::TimedOut));
        }
        if !takes.is_zero() {
            clock.sleep(takes).await;
        }
        match answer.wire {
            Wire::Reply(reply) | Wire::Drip { reply, .. } => Ok(reply),
            Wire::CutOff(_) | Wire::Closed => Err(Failure::Unclear(FailureKind::Broken)),
            // `transport::Web` stops reading at its limit.
            Wire::Endless(_) => Err(Failure::Unclear(FailureKind::TooLarge)),
            Wire::Refused => Err(Failure::NotSent(FailureKind::Refused)),
        }
    }
}
