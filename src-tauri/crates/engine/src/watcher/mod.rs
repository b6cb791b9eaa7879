//! The watcher: finds in Lever whom the rules give a pad.

mod state;

pub(crate) use state::Watching;
