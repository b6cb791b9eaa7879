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
//! Pure: [`rules`], [`life`], `links`, `stages`, `gate`, `view`, and every `settle`. Effects:
//! `watch`, [`making`]. State: [`ledger`], and the one `owner` that everybody sends messages to.
mod accounts;
pub mod announcement;
mod backoff;
pub mod blast_radius;
mod creation_off;
mod delivery;
mod drive;
mod export;
mod failing;
mod folding;
pub mod following;
mod gate;
#[cfg(test)]
mod golden;
pub mod handle;
mod hindrances;
pub mod identity;
pub mod interview;
pub mod invitation;
mod jobs;
mod keeping;
pub mod ledger;
pub mod life;
mod links;
pub mod listing;
pub mod making;
mod marker;
pub mod note;
mod opening;
mod owner;
mod pause;
pub mod postings;
pub mod problem;
pub mod profile;
pub mod questions;
pub mod quiet_hours;
mod readings;
pub mod record;
pub mod restarts;
mod restraints;
mod rival;
pub mod row;
pub mod rules;
mod scope;
pub mod secrecy;
pub mod set_up;
pub mod settings;
mod settings_limits;
pub mod snapshot;
mod stages;
mod stored_settings;
pub mod trouble;
mod view;
mod waiting;
mod watch;
mod watcher;
pub mod waypoint;
pub mod webhooks;
mod wiring;

pub use announcement::{Announcement, News};
pub use handle::{Handle, Hint, HintSource, Keys};
pub use links::ProfilePad;
pub use marker::Marker;
pub use opening::{Engine, start};
pub use problem::{Problem, ProblemCode};
pub use settings::Settings;
pub use snapshot::Snapshot;
pub use stored_settings::NotSettings;
pub use wiring::Wiring;
