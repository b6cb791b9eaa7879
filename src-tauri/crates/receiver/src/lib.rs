//! The local receiver for Lever's webhooks.
//!
//! It hears that something happened, checks that Lever said so, stores where to look, and
//! answers. What is said to have happened is not believed: the signature doesn't cover it
//! (contracts/lever.md, 5.3). It is optional; asking Lever every now and then stays the truth.
//!
//! ```text
//! Lever ──► the person's tunnel ──► listener ──► connection ──► judge ──► Inbox (the caller's)
//!                                   how many     how long         the body
//!                                                   │ ▲
//!                                                 relay: how many bytes
//!                                            head   │ ▲   length of the body
//!                                                   ▼ │
//!                                     tiny_http: server ──► handler: to us, and as Lever does?
//! ```

mod chunked;
mod connection;
mod handler;
mod health;
mod inbox;
mod judge;
mod limits;
mod listener;
mod path_secret;
mod public_address;
mod receiver;
mod refusal;
mod relay;
mod server;

pub use handler::Handler;
pub use health::{Health, Test};
pub use inbox::{Delivery, Inbox, InboxUnavailable, Taken};
pub use judge::{Judgement, Window, judge};
pub use limits::{LONGEST_BODY, LONGEST_HEAD};
pub use path_secret::PathSecret;
pub use public_address::{BadAddress, PublicAddress};
pub use receiver::{Config, Running, start};
pub use refusal::Refusal;
pub use relay::Relay;
