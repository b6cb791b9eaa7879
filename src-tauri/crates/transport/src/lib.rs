//! One HTTP exchange as plain data.
//!
//! A [`Request`] says what to ask and, in its [`Repeat`], whether asking twice could do harm.
//! A [`Transport`] carries it exactly once. A [`Caller`] adds what every caller of a web service
//! needs around that: a pace that is kept, the pure [`retry`] policy, and same-origin redirects.
//! Time and chance come from outside ([`Clock`], [`Chance`]), so that tests own them.
//!
//! ```text
//! lever, coderpad ──► Caller ──► pace ──► Transport (the web, or a sandbox in the same process)
//!                        └──── retry (pure) ◄───┘
//! ```

#[cfg(feature = "client")]
mod caller;
mod chance;
mod clock;
#[cfg(feature = "client")]
mod clocks;
mod failure;
pub mod json;
#[cfg(feature = "client")]
mod pace;
mod proxy;
mod random;
mod reply;
mod request;
pub mod retry;
mod root;
mod transport;
#[cfg(feature = "client")]
mod web;

#[cfg(feature = "client")]
pub use caller::Caller;
pub use chance::Chance;
pub use clock::Clock;
#[cfg(feature = "client")]
pub use clocks::{FastClock, SystemClock, VirtualClock};
pub use failure::{Failure, Why};
pub use json::{Listed, Skipped};
#[cfg(feature = "client")]
pub use pace::{Pace, Rate};
pub use proxy::{BadProxy, Proxy, ProxyAddress};
pub use random::{SeededChance, SystemChance};
pub use reply::Reply;
pub use request::{Body, Repeat, Request};
pub use root::{ApiRoot, BadRoot};
/// A secret that can't be printed or serialised, and is wiped from memory when dropped.
pub use secrecy::{ExposeSecret, SecretString};
pub use transport::Transport;
#[cfg(feature = "client")]
pub use web::{Web, WebUnavailable};
