//! One HTTP exchange as plain data.
//!
//! A [`Request`] says what to ask and, in its [`Idempotency`], what asking twice would do.
//! A [`Transport`] sends it exactly once. A [`Caller`] adds what every caller of a web service
//! needs around that: a rate limit, the pure [`retry`] policy, and redirects within the origin.
//! Time and randomness come from outside ([`Clock`], [`Rng`]), so that tests control them.
//!
//! ```text
//! lever, coderpad ──► Caller ──► RateLimiter ──► Transport (the web, or a sandbox in this process)
//!                        └─────── retry (pure) ◄─────┘
//! ```

#[cfg(feature = "client")]
mod caller;
mod clock;
pub mod json;
mod proxy;
#[cfg(feature = "client")]
mod rate_limiter;
mod reply;
mod request;
pub mod retry;
mod rng;
mod root;
mod token_bucket;
mod transport;
#[cfg(feature = "client")]
mod web;

#[cfg(feature = "client")]
pub use caller::Caller;
pub use clock::Clock;
#[cfg(feature = "client")]
pub use clock::{FastClock, SystemClock, VirtualClock};
pub use json::{Listed, Skipped};
pub use proxy::{BadProxy, Proxy, ProxyAddress};
#[cfg(feature = "client")]
pub use rate_limiter::RateLimiter;
pub use reply::Reply;
pub use request::{Body, Idempotency, Request};
pub use rng::{Rng, SeededRng, SystemRng};
pub use root::{ApiRoot, BadRoot};
/// A secret that can't be printed or serialized, and is wiped from memory when dropped.
pub use secrecy::{ExposeSecret, SecretString};
pub use token_bucket::{Rate, TokenBucket};
pub use transport::{Failure, FailureKind, Transport};
#[cfg(feature = "client")]
pub use web::{Web, WebUnavailable};
