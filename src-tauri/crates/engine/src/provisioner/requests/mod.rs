//! The requests of each step: effects without the ledger.

pub(crate) mod create;
pub(crate) mod ending;
pub(crate) mod former;
pub(crate) mod job;
pub(crate) mod linking;
pub(crate) mod prepare;
mod relation;
pub(crate) mod undo;
pub(crate) mod using;
