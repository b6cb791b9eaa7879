//! Retention: takes personal data away when it was kept long enough, and when Lever did.

mod deletions;
mod queue;
mod removal;
mod state;
#[cfg(test)]
mod tests;

pub(crate) use state::Retention;
