//! The CoderPad Interview API, as far as somebody needs it who makes pads for interviews, follows
//! them and keeps what was written in them. The facts are in contracts/coderpad.md.
//!
//! - [`Client`] asks. What it asks is plain data from [`requests`], carried by [`transport`].
//! - [`Client::create_pad`] sends once, and its [`CreateError`] keeps "no pad was made" apart from
//!   "a pad may have been made": the service has no way to make a request twice without harm.
//! - [`Client::pads`] reads a list completely or says that it could not.
//! - [`link`] recognises the address of a pad, [`history`] replays what was typed in one.

#![cfg_attr(
    not(feature = "client"),
    allow(dead_code, reason = "what only the client reads")
)]

mod account;
mod answer;
#[cfg(feature = "client")]
mod client;
mod creation;
mod date;
mod environment;
mod error;
mod event;
pub mod history;
mod ids;
mod lenient;
pub mod link;
mod listing;
mod metadata;
mod new_pad;
mod organization;
mod pad;
mod pad_change;
#[cfg(feature = "client")]
mod paging;
mod question;
mod quota;
pub mod requests;
mod service_text;

#[cfg(test)]
mod scripted;

pub use account::Account;
#[cfg(feature = "client")]
pub use client::{Client, DEFAULT_RATE};
pub use creation::{CreateError, CreatedPad, Refusal, UnclearCause, UnclearOutcome};
pub use environment::{Environment, EnvironmentFile};
pub use error::Error;
pub use event::{Event, EventKind, Events};
pub use ids::{BadPadId, EnvironmentId, PadId, QuestionId, TeamId};
pub use link::PadLink;
pub use listing::{PadPage, PadSort, PageRef, UnreadPad};
pub use metadata::Metadata;
pub use new_pad::NewPad;
pub use organization::{Organization, Person, Team};
pub use pad::{Pad, PadState};
pub use pad_change::PadChange;
pub use question::{Question, Questions};
pub use quota::Quota;
