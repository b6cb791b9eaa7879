//! The reconciler: finds out what became of pads that may or may not exist.

mod component;
mod looks;
mod marked;
mod pad_search;
mod recovery;
mod scan;
mod state;
#[cfg(test)]
mod tests;

pub(crate) use state::Reconciler;
