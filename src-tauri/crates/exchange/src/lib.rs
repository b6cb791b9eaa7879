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

mod caller;
mod chance;
mod clock;
mod failure;
pub mod json;
mod pace;
mod proxy;
mod reply;
mod request;
pub mod retry;
mod root;
mod transport;
mod web;

pub use caller::Caller;
pub use chance::{Chance, SeededChance, SystemChance};
pub use clock::{Clock, FastClock, SystemClock, VirtualClock};
pub use failure::{Failure, Why};
pub use json::{Listed, Skipped};
pub use pace::{Pace, Rate};
pub use proxy::{BadProxy, Proxy, ProxyAddress};
pub use reply::Reply;
pub use request::{Body, Repeat, Request};
pub use root::{ApiRoot, BadRoot};
/// A secret that can't be printed or serialised, and is wiped from memory when dropped.
pub use secrecy::{ExposeSecret, SecretString};
pub use transport::Transport;
pub use web::{Web, WebUnavailable};
