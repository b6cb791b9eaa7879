//! What crosses to the page, one file for each subject. Nothing else does; the TypeScript types are
//! written from here (`cargo xtask bindings`).

pub mod accounts;
pub mod candidates;
pub(crate) mod convert;
pub mod demo;
pub mod interviews;
pub mod invitation;
pub mod lists;
pub mod notes;
pub mod pads;
pub mod page;
pub mod postings;
pub mod problem;
pub mod questions;
pub mod rehearsal;
pub mod settings;
pub mod snapshot;
pub mod webhooks;
