//! The watcher: finds the candidates in Lever that the rules give a pad.

mod absences;
mod component;
mod evaluation;
mod hint_queue;
mod hints;
mod lists;
mod look;
mod reads;
mod signals;
mod state;
#[cfg(test)]
mod tests;

pub(crate) use state::Watcher;
