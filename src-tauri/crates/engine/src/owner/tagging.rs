//! The tag, taken off one candidate or put on by the person's word.

use crate::context::done::Tagging;
use lever::{Opportunity, OpportunityId};

use super::actions::{Reply, by_person, too_late};
use super::{Change, Owner};
use crate::context::done::{Asked, Done};
use crate::mailbox::answer;
use padwatch_domain::activity::Activity;
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::lifecycle::Lifecycle;
use padwatch_domain::reason::Reason;
use padwatch_domain::rules::{self, same_tag};
use padwatch_domain::service_error::of_lever;

impl Owner<'_> {
    pub(super) fn change_tag(&mut self, row: Candidacy, tagging: Tagging, reply: Reply) {
        let Some(services) = self.cx.connection.services.clone() else {
            return answer(reply, Err(too_late()));
        };
        let tag = self.cx.policy.settings.watch.tag.trim().to_owned();
        let own = row.seen.tags.iter().filter(|own| same_tag(own, &tag));
        let tags: Vec<String> = match tagging {
            Tagging::Off => own.cloned().collect(),
            Tagging::On => vec![tag],
        };
        let id = row.opportunity.clone();
        self.provisioner.begin(
            row,
            async move {
                let (lever, user) = (&services.lever, services.acting_user.as_ref());
                let read = match tagging {
                    Tagging::Off => lever.remove_tags(&id, &tags, user).await,
                    Tagging::On => lever.add_tags(&id, &tags, user).await,
                };
                Done::Asked(Box::new(Asked::Tagged(id, tagging, read, reply)))
            },
            &mut self.cx,
        );
    }

    pub(super) fn tagged(
        &mut self,
        id: &OpportunityId,
        tagging: Tagging,
        read: Result<Opportunity, lever::Error>,
        reply: Reply,
    ) {
        self.provisioner.finish(id);
        let outcome = read
            .map_err(|error| of_lever(&error).problem)
            .and_then(|opportunity| {
                let mut row = self.cx.row(id)?;
                row.seen.tags = opportunity.tags;
                let change = match tagging {
                    Tagging::Off => without_tag(row, self.cx.now_ms()),
                    Tagging::On => self.with_tag(row),
                };
                self.cx.commit(&[change])
            });
        if outcome.is_ok() && tagging == Tagging::On {
            self.watcher.evaluate_again(id);
            self.watcher.poll_now(&mut self.cx);
        }
        answer(reply, outcome);
    }

    /// From here on the rules decide again, by a fresh look at Lever.
    fn with_tag(&self, mut row: Candidacy) -> Change {
        let now_ms = self.cx.now_ms();
        row.left_ms = row.left_ms.or(Some(now_ms));
        let life = match &row.life {
            Lifecycle::Skipped => rules::reconsidered(&self.cx.policy.settings, now_ms),
            life => life.clone(),
        };
        by_person(
            row.becoming(life, Reason::UserTagged, now_ms),
            Activity::TagAdded,
        )
    }
}

fn without_tag(row: Candidacy, now_ms: i64) -> Change {
    let row = row.becoming(Lifecycle::Skipped, Reason::UserUntagged, now_ms);
    by_person(row, Activity::TagRemoved)
}
