//! What the provisioner has to know of the components beside it.

use std::time::Duration;

use lever::{Opportunity, OpportunityId, StageId};

use crate::context::Context;
use padwatch_domain::candidacy::Candidacy;

/// Answers by the components that watch Lever and look for pads.
pub(crate) trait Beside {
    /// The stages that are watched; empty before they are known.
    fn watched_stages(&self) -> Vec<StageId>;
    /// Returns true if these are the stages of the present settings.
    fn knows_whom_to_watch(&self, cx: &Context<'_>) -> bool;
    /// The opportunity, if it was read a short time ago.
    fn fresh(&self, id: &OpportunityId, now: Duration) -> Option<Opportunity>;
    /// Returns true if the list showed a pad link of someone else on the profile.
    fn shows_link(&self, id: &OpportunityId) -> bool;
    /// Returns true while a pad of this candidacy may still be found.
    fn search_holds_back(&self, row: &Candidacy) -> bool;
}
