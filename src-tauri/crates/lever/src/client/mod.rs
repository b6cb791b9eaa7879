//! What asks Lever: an endpoint a file, each with its requests and the shapes of its answers.

mod account;
mod answer;
mod call;
mod files;
mod interviews;
mod links_and_tags;
mod notes;
mod opportunities;
mod paging;
pub mod permissions;
mod postings;
mod webhooks;

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use serde::de::DeserializeOwned;
use transport::{
    ApiRoot, Caller, Clock, ExposeSecret as _, Listed, Rate, RateLimiter, Reply, Rng, SecretString,
    Transport,
};

use self::answer::Page;
use self::call::Call;
use crate::Error;

/// Half of what Lever allows a key, in bursts too (contracts/lever.md, 1.6): other programs may
/// use the same key.
pub const DEFAULT_RATE: Rate = Rate {
    per_second: 5.0,
    burst: 10,
};

/// Asks Lever. Clones are cheap and share one rate limit.
///
/// Reads are sent again by the policy of [`transport::retry`], and so are writes that may be done
/// twice without harm. What creates a new thing (a note, a file, a webhook) is sent once.
#[derive(Clone)]
pub struct Client {
    caller: Caller,
    authorization: HeaderValue,
}

impl Client {
    /// A client that keeps to the [`DEFAULT_RATE`].
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the key is wiped from memory as soon as the header is made"
    )]
    pub fn new(
        transport: Arc<dyn Transport>,
        root: ApiRoot,
        key: SecretString,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
    ) -> Self {
        let limiter = RateLimiter::new(DEFAULT_RATE, clock.clone());
        Self {
            caller: Caller::new(transport, root, clock, rng).with_rate_limiter(limiter),
            authorization: basic(&key),
        }
    }

    /// Keeps to this rate limit instead of one of its own: for several clients with one key.
    #[must_use]
    pub fn with_rate_limiter(mut self, limiter: RateLimiter) -> Self {
        self.caller = self.caller.with_rate_limiter(limiter);
        self
    }

    /// A client that sends each request once: for what failed before and has a backoff of its own.
    #[must_use]
    pub fn without_retries(&self) -> Self {
        let mut client = self.clone();
        client.caller = client.caller.without_retries();
        client
    }

    /// The root of the service that is asked.
    #[must_use]
    pub fn root(&self) -> &ApiRoot {
        self.caller.root()
    }

    async fn send(&self, call: &Call) -> Result<Reply, Error> {
        let authorization = self.authorization.clone();
        let request = call.request.clone().authorized(authorization);
        Ok(self.caller.call(request).await?)
    }

    async fn one<T: DeserializeOwned>(&self, call: Call) -> Result<T, Error> {
        answer::one(&call, &self.send(&call).await?)
    }

    async fn all<T: DeserializeOwned>(&self, call: Call) -> Result<Listed<T>, Error> {
        let page = |call: Call| async move { self.page(&call).await };
        paging::read_all(call, self.caller.clock(), page).await
    }

    async fn done(&self, call: Call) -> Result<(), Error> {
        answer::done(&call, &self.send(&call).await?)
    }

    async fn page<T: DeserializeOwned>(&self, call: &Call) -> Result<Page<T>, Error> {
        answer::page(call, &self.send(call).await?)
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("root", self.root())
            .finish_non_exhaustive()
    }
}

/// The key is the user name, the password is empty (contracts/lever.md, 1.2).
fn basic(key: &SecretString) -> HeaderValue {
    let credentials = STANDARD.encode(format!("{}:", key.expose_secret().trim()));
    // Base64 always fits into a header. If it did not, no key is what is sent: Lever says 401.
    HeaderValue::try_from(format!("Basic {credentials}"))
        .unwrap_or_else(|_| HeaderValue::from_static("Basic Og=="))
}
