//! After the pad is made: its interview is followed, told, played back, noted in Lever, and at
//! last forgotten. All in virtual time, on the sandbox's rules.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

#[path = "../desk/mod.rs"]
mod desk;

mod clock;
mod follow_through;
mod following;
mod keeping;
mod late;
mod notes;
mod older_links;
mod ready;
mod record;
mod reminders;
mod replaced;
mod round;
mod unneeded;
mod waiting;
