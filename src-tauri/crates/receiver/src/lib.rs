//! The local receiver for Lever's webhooks.
//!
//! It hears that something happened, checks that it was Lever who said so, stores where to look,
//! and answers. What is said to have happened is not believed: the signature doesn't cover it
//! (contracts/lever.md, 5.3). It is optional; asking Lever every now and then stays the truth.
//!
//! ```text
//! Lever ──► the person's tunnel ──► front door ──► private line ──► desk ──► Inbox
//!                                   (tokio)        (tiny_http)      │        (the caller's)
//!                                   time, size,    one connection,  judge,
//!                                   number, host,  heads of our     store,
//!                                   path, judge    own making       answer
//! ```

pub mod admit;
mod connection;
mod desk;
mod front_door;
mod health;
mod inbox;
mod judge;
mod path_secret;
mod private_line;
mod public_address;
mod receiver;
mod refusal;

pub use health::{Health, Test};
pub use inbox::{Delivery, Inbox, InboxUnavailable, Taken};
pub use judge::{Judgement, Window, judge};
pub use path_secret::PathSecret;
pub use public_address::{BadAddress, PublicAddress};
pub use receiver::{Config, Running, start};
pub use refusal::Refusal;
