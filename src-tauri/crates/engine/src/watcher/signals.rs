//! What the watcher tells the other components about candidates it saw in Lever.

use lever::{Opportunity, OpportunityId};

use super::state::Watcher;
use crate::context::{Context, Signal};

impl Watcher {
    /// Tells the others who is seen for the first time.
    pub(super) fn signal_found(&mut self, found: &[Opportunity], cx: &mut Context<'_>) {
        let new = found.iter().filter(|one| !self.shows(&one.id));
        let new: Vec<Opportunity> = new.cloned().collect();
        let stages = self.watched_stages();
        if !new.is_empty() && !stages.is_empty() {
            cx.signal(Signal::Found(new, stages));
        }
    }

    /// Tells the others what a look at everyone showed.
    pub(super) fn noticed_in_lever(&mut self, found: &[Opportunity], cx: &mut Context<'_>) {
        let listed = found
            .iter()
            .map(|one| (one.id.clone(), one.course.updated_at_ms));
        cx.signal(Signal::Listed(listed.collect()));
        self.signal_anonymised(found, cx);
    }

    /// Tells the others that one was read on its own; `None`: Lever no longer has it.
    pub(super) fn read_in_lever(
        &mut self,
        id: &OpportunityId,
        found: Option<&Opportunity>,
        cx: &mut Context<'_>,
    ) {
        match found {
            Some(found) => {
                cx.signal(Signal::Read(id.clone()));
                self.signal_anonymised(std::slice::from_ref(found), cx);
            }
            None => cx.signal(Signal::Gone(id.clone())),
        }
    }

    fn signal_anonymised(&mut self, found: &[Opportunity], cx: &mut Context<'_>) {
        let anonymised = found.iter().filter(|one| one.is_anonymized);
        let anonymised: Vec<_> = anonymised.map(|one| one.id.clone()).collect();
        if !anonymised.is_empty() {
            cx.signal(Signal::Anonymised(anonymised));
        }
    }
}
