//! The ledger: our SQLite database, the only truth about what we did.
//!
//! An intent must be on the disk before its request leaves, so every commit is synced
//! (`synchronous=FULL`, and `fullfsync` where macOS needs it). Changes come as a slice of
//! [`Change`](padwatch_domain::change::Change)s and are one transaction: all of them, or none. What
//! can't be written waits in a queue that nothing passes. One row that can't be read is
//! quarantined; it doesn't condemn the others.

mod age;
mod aside;
mod beginning;
mod care;
mod database;
mod deliveries;
mod duplicates;
mod error;
mod forgetting;
mod from_prose;
mod history;
mod interviews;
mod listing;
mod markers;
mod notes;
mod outbox;
mod pending;
mod permissions;
mod persons;
mod place;
mod postings;
mod prose;
mod quarantine;
mod row;
mod rows;
mod schema;
mod sections;
mod sightings;
mod state;
mod suspects;
mod writing;

#[cfg(test)]
mod tests;

pub use beginning::Found;
pub use database::Ledger;
pub use deliveries::{Event, HintBacklog, StoredHint};
pub use error::LedgerError;
pub use place::{Placement, Places};
pub use rows::Due;
pub use state::Stored;
