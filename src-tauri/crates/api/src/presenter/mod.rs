//! Codes and facts in words, for tray, window and notifications.

pub(crate) mod invitation;
pub(crate) mod notes;
pub(crate) mod problem;
pub(crate) mod reasons;
pub(crate) mod rehearsal;
pub(crate) mod remarks;
#[cfg(test)]
mod sayings_tests;
pub(crate) mod snapshot;
pub(crate) mod times;
pub(crate) mod webhooks;
