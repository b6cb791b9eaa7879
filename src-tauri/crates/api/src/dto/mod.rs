//! What crosses to the page, one file for each subject. Nothing else does; the TypeScript types are
//! written from here (`cargo xtask bindings`).

pub mod accounts;
pub mod candidates;
pub(crate) mod convert;
pub mod postings;
pub mod questions;
pub mod snapshot;
pub mod webhooks;
