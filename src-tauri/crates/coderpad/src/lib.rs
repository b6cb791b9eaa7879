//! The CoderPad Interview API: creating pads for interviews, following them, and reading what was
//! written in them. The facts are in contracts/coderpad.md.
//!
//! - [`Client`] asks, an endpoint a file; everything else is plain data.
//! - [`Client::create_pad`] sends once, and its [`CreateError`] keeps "no pad was created" apart
//!   from "a pad may have been created": the service has no idempotency key.
//! - [`Client::pads`] reads a list completely or says that it could not.
//! - [`link`] recognizes the address of a pad, [`history`] replays what was typed in one.

#[cfg(feature = "client")]
mod client;
mod creation;
mod environment;
mod error;
mod event;
pub mod history;
mod ids;
mod lenient;
pub mod link;
mod listing;
mod metadata;
mod organization;
mod pad;
mod question;
mod quota;

#[cfg(test)]
mod scripted;

#[cfg(feature = "client")]
pub use client::{Client, DEFAULT_RATE, PadChange};
pub use creation::{CreateError, CreatedPad, NewPad, Refusal, UnclearCause, UnclearOutcome};
pub use environment::{Environment, EnvironmentFile};
pub use error::Error;
pub use event::{Event, EventKind, Events};
pub use ids::{BadPadId, EnvironmentId, PadId, QuestionId, TeamId};
pub use link::PadLink;
pub use listing::{PadPage, PadSort, UnreadPad};
pub use metadata::Metadata;
pub use organization::{Account, Organization, Person, Team};
pub use pad::{Pad, PadAddresses, PadExtras, PadState, PadTraits};
pub use question::{Question, Questions};
pub use quota::Quota;
