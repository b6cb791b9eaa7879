//! Padwatch without a desktop: one actor, its components, and all requests to the services.
//!
//! A host builds a [`EngineConfig`], calls [`start`], runs the [`Engine`] on a thread of its own, and
//! talks to it through the [`Handle`]:
//!
//! ```text
//! hint ──► watcher ──► rules ──► ledger ──► provisioner ──► CoderPad, Lever
//!                                   │
//!                          snapshot, announcements ──► the host
//! ```
//!
//! What is decided is pure and lives in `padwatch_domain`; what is stored, in `padwatch_ledger`. The
//! `owner` owns the components and gives each its turn; a component changes the world through the
//! `context` and nothing else. docs/architecture.md lists them.

mod accounts;
mod circuit_breaker;
mod config;
mod context;
mod drive;
#[cfg(test)]
mod golden;
mod hindrances;
mod host;
mod jobs;
mod ledger_problem;
pub mod listing;
mod mailbox;
mod notes;
mod outages;
mod outbox;
mod owner;
pub mod postings;
pub mod profile;
mod provisioner;
pub mod questions;
mod reconciler;
pub mod record;
mod rehearsal;
pub mod restarts;
mod restraints;
mod retention;
pub mod snapshot;
mod tracker;
mod view;
mod waiting;
mod watcher;
pub mod webhooks;

pub use config::EngineConfig;
pub use host::{Engine, Handle, listen, start};
pub use jobs::failpoint;
pub use mailbox::{Answer, Hint, HintSource, Keys};
pub use snapshot::Snapshot;
