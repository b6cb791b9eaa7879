//! The reconciler: finds out what became of pads that may or may not exist.

mod looks;
mod pad_search;
mod recovery;
mod state;

pub(crate) use state::Reconciler;
