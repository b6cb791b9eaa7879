//! The provisioner: creates pads and puts their links on the profiles, step by step.
//!
//! Each step is an effect (requests, no ledger) and a pure function that says what its outcome
//! changes. The ledger's row says which step is next, so that going on after a crash is the same
//! as going on at all:
//!
//! | row | next step |
//! | --- | --- |
//! | eligible | prepare: read the opportunity again; adopt, stop, or write the intent |
//! | intent | create: ask for the pad, once. After a restart: uncertain |
//! | uncertain | the reconciler searches CoderPad's list for the marker |
//! | created | link: read the links, add ours if missing, read again |
//! | any with a pad of ours | undo: end and delete, on the person's word |
//! | one with a pad that is no longer needed | end it, on the person's word |

mod beside;
mod component;
mod former;
mod holds;
mod prepared;
mod quota;
pub(crate) mod requests;
mod results;
mod rival;
mod serving;
mod state;
mod steps;
#[cfg(test)]
mod tests;
mod title_reads;
mod titles;

pub(crate) use beside::Beside;
pub(crate) use former::{replaced, set_aside};
pub(crate) use serving::consent_for;
pub(crate) use state::Provisioner;
