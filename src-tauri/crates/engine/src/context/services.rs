//! The two services, with the keys in use.

use std::sync::Arc;

use coderpad::{PadPage, PadSort};
use futures_util::stream::BoxStream;
use lever::UserId;
use transport::{ApiRoot, Clock, SecretString};

use crate::config::EngineConfig;
use crate::jobs::failpoint::{Failpoint, Failpoints, Side};
use crate::mailbox::Keys;
use padwatch_domain::problem::Problem;
use padwatch_domain::settings::Settings;

/// What the steps work with.
#[derive(Clone)]
pub(crate) struct Services {
    /// Lever, with its key.
    pub lever: lever::Client,
    /// CoderPad, with its key.
    pub coderpad: coderpad::Client,
    /// Where pads live, to recognise their links.
    pub coderpad_root: ApiRoot,
    /// The Lever user on whose behalf we write.
    pub acting_user: Option<UserId>,
    /// Whether pads are made for other CoderPad users too.
    pub makes_for_others: bool,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Who wants to know how far we are.
    pub failpoints: Arc<dyn Failpoints>,
}

impl Services {
    /// The lists that a pad of ours can be in, page by page, the newest first.
    pub(crate) fn lists_of_pads(
        &self,
    ) -> Vec<BoxStream<'static, Result<PadPage, coderpad::Error>>> {
        let mut lists = vec![self.coderpad.pads(PadSort::CreatedNewest)];
        if self.makes_for_others {
            lists.push(self.coderpad.organization_pads(PadSort::CreatedNewest));
        }
        lists
    }

    /// The same, asking each time once: for what the engine itself tries again later.
    #[must_use]
    pub(crate) fn trying_once(mut self) -> Self {
        self.lever = self.lever.without_retries();
        self.coderpad = self.coderpad.without_retries();
        self
    }

    /// Runs a request between the two sides of its failpoint.
    pub(crate) async fn between<T>(&self, at: Failpoint, request: impl Future<Output = T>) -> T {
        self.failpoints.pass(Side::Before, at);
        let outcome = request.await;
        self.failpoints.pass(Side::After, at);
        outcome
    }
}

impl EngineConfig {
    /// Clients for both services, if both keys are there.
    pub(crate) fn services(&self, keys: Keys, settings: &Settings) -> Option<Services> {
        let (lever_key, coderpad_key) = (keys.lever?, keys.coderpad?);
        Some(Services {
            lever: self.lever(lever_key),
            coderpad: self.coderpad(coderpad_key),
            coderpad_root: self.coderpad_root.clone(),
            acting_user: settings.acting_user.clone(),
            makes_for_others: settings.pads.are_for_others(),
            clock: self.clock.clone(),
            failpoints: self.failpoints.clone(),
        })
    }

    pub(crate) fn lever(&self, key: SecretString) -> lever::Client {
        self.lever_at(self.lever_root.clone(), key)
    }

    pub(crate) fn lever_at(&self, root: ApiRoot, key: SecretString) -> lever::Client {
        let (clock, rng) = (self.clock.clone(), self.rng.clone());
        lever::Client::new(self.transport.clone(), root, key, clock, rng)
            .with_rate_limiter(self.lever_limiter.clone())
    }

    pub(crate) fn coderpad(&self, key: SecretString) -> coderpad::Client {
        let (clock, rng) = (self.clock.clone(), self.rng.clone());
        coderpad::Client::new(
            self.transport.clone(),
            self.coderpad_root.clone(),
            key,
            clock,
            rng,
        )
        .with_rate_limiter(self.coderpad_limiter.clone())
    }
}

/// What a person reads where something needs a key.
pub(crate) fn keys_missing() -> Problem {
    Problem::KeysMissing
}
