//! Padwatch without a desktop: rules, ledger, watching, making and following.
//!
//! A host builds a [`Wiring`], calls [`start`], runs the [`Engine`] on a thread of its own, and
//! talks to it through the [`Handle`]:
//!
//! ```text
//! hint ──► watch ──► rules ──► ledger ──► making ──► CoderPad, Lever
//!                                │
//!                       snapshot, announcements ──► the host
//! ```
//!
//! What is decided is pure and lives in `padwatch_domain`; what is stored, in `padwatch_ledger`.
//! Effects: `watch`, [`making`]. State: the one `owner` that everybody sends messages to.

mod accounts;
mod drive;
mod export;
pub mod following;
mod gate;
#[cfg(test)]
mod golden;
mod handle;
mod hindrances;
mod jobs;
mod listening;
pub mod listing;
mod mailbox;
pub mod making;
pub mod note;
mod opening;
mod owner;
pub mod postings;
pub mod profile;
pub mod questions;
pub mod record;
pub mod restarts;
mod restraints;
pub mod snapshot;
mod view;
mod waiting;
mod watch;
pub mod waypoint;
pub mod webhooks;
mod wiring;

pub use handle::Handle;
pub use listening::listen;
pub use mailbox::{Answer, Hint, HintSource, Keys};
pub use opening::{Engine, start};
pub use snapshot::Snapshot;
pub use wiring::Wiring;
