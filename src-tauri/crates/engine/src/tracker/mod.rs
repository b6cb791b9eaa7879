//! The tracker: follows open pads and interviews, and pads that are over and may live again.

mod attendance;
mod closed;
mod look;
mod plans;
mod readiness;
mod results;
mod state;
#[cfg(test)]
mod tests;
mod tick;

pub(crate) use state::Tracker;
