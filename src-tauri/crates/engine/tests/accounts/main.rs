//! Keys that are replaced in the middle of the work, by another key of the same user, a
//! colleague's, and another account's; on the sandbox in virtual time.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "../desk/mod.rs"]
mod desk;
#[path = "../office/mod.rs"]
mod office;

mod copying;
mod keys;
mod other_account;
mod stale_results;
mod unclear;
mod unseen_pads;
