//! What the provisioner asks of the components beside it.

use std::time::Duration;

use lever::{Opportunity, OpportunityId, StageId};

use crate::context::Context;
use crate::provisioner::Beside;
use crate::reconciler::Reconciler;
use crate::watcher::Watcher;
use padwatch_domain::candidacy::Candidacy;

/// The watcher and the reconciler.
pub(super) struct Others<'a> {
    pub(super) watcher: &'a Watcher,
    pub(super) reconciler: &'a Reconciler,
}

impl Beside for Others<'_> {
    fn watched_stages(&self) -> Vec<StageId> {
        self.watcher.watched_stages()
    }

    fn knows_whom_to_watch(&self, cx: &Context<'_>) -> bool {
        self.watcher.knows_whom_to_watch(cx)
    }

    fn fresh(&self, id: &OpportunityId, now: Duration) -> Option<Opportunity> {
        self.watcher.fresh(id, now)
    }

    fn shows_link(&self, id: &OpportunityId) -> bool {
        self.watcher.shows_link(id)
    }

    fn search_holds_back(&self, row: &Candidacy) -> bool {
        self.reconciler.search_holds_back(row)
    }
}
