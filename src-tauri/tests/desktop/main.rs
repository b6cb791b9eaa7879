//! The real program on a real desktop: what a recruiter sees and clicks, and what they are told
//! when something is missing. Each scenario has a session of its own.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod canary;
mod candidate;
mod copying;
mod desktops;
mod follow_through;
mod harness;
mod icon;
mod interview;
mod keys;
mod lifecycle;
mod missing;
mod notified;
mod opening;
mod picture;
mod ready;
mod rehearsal;
mod set_up;
mod supervision;
mod tray;
mod webhooks;
mod window;
mod wine;
