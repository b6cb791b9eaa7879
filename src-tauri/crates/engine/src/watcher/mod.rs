//! The watcher: finds in Lever whom the rules give a pad.

mod hint_queue;
mod state;

pub(crate) use state::Watching;
