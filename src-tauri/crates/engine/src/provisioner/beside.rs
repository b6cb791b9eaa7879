//! What the provisioner sees of the components beside it.

use crate::reconciler::Reconciler;
use crate::watcher::Watching;

/// The components that know whether a pad may be created.
#[derive(Clone, Copy)]
pub(crate) struct Beside<'a> {
    pub(crate) watching: &'a Watching,
    pub(crate) reconciling: &'a Reconciler,
}

impl<'a> Beside<'a> {
    pub(crate) fn new(watching: &'a Watching, reconciling: &'a Reconciler) -> Self {
        Self {
            watching,
            reconciling,
        }
    }
}
