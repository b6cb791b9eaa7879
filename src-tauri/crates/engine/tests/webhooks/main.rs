//! Webhooks in virtual time: the sandbox signs, the receiver's judge judges, the engine looks.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod arriving;
#[path = "../desk/mod.rs"]
mod desk;
mod looking_up;
mod office;
mod registering;
