//! What the provisioner sees of the components beside it.

use crate::reconciler::Reconciler;
use crate::watcher::Watcher;

/// The components that know whether a pad may be created.
#[derive(Clone, Copy)]
pub(crate) struct Beside<'a> {
    pub(crate) watcher: &'a Watcher,
    pub(crate) reconciler: &'a Reconciler,
}

impl<'a> Beside<'a> {
    pub(crate) fn new(watcher: &'a Watcher, reconciler: &'a Reconciler) -> Self {
        Self {
            watcher,
            reconciler,
        }
    }
}
