//! Reading what an invitation needs.

use std::time::Duration;

use lever::{OpportunityId, UserId};
use tokio::sync::oneshot;

use super::Owner;
use crate::context::done::{Asked, Done};
use crate::context::services::Services;
use crate::mailbox::Answer;
use crate::mailbox::answer;
use padwatch_domain::candidacy::Seen;
use padwatch_domain::invitation::{Facts, next_meeting};
use padwatch_domain::links::own_link;
use padwatch_domain::problem::Problem;
use padwatch_domain::service_error::of_lever;

/// How long what Lever said is used again: a template is written letter by letter.
const GOOD_FOR: Duration = Duration::from_secs(60);

type Reply = oneshot::Sender<Answer<Facts>>;

/// What was read last.
pub(super) struct Read {
    opportunity: OpportunityId,
    at: Duration,
    facts: Facts,
}

impl Owner<'_> {
    pub(crate) fn read_for_invitation(&mut self, id: &OpportunityId, reply: Reply) {
        let row = match self.cx.row(id) {
            Ok(row) => row,
            Err(problem) => return answer(reply, Err(problem)),
        };
        let known = Facts {
            name: row.seen.name.clone(),
            job: row.seen.posting_title.clone(),
            link: row
                .life
                .pad()
                .map(|pad| own_link(pad, &self.cx.wiring.coderpad_root)),
            ..Facts::default()
        };
        let fresh = self.invitation.as_ref().filter(|read| {
            read.opportunity == *id && self.cx.elapsed().saturating_sub(read.at) < GOOD_FOR
        });
        if let Some(read) = fresh {
            let facts = Facts {
                name: known.name,
                job: known.job,
                link: known.link,
                ..read.facts.clone()
            };
            return answer(reply, Ok(facts));
        }
        let Some(services) = self.cx.connection.services.clone() else {
            let unread = Some(crate::context::services::keys_missing());
            return answer(reply, Ok(Facts { unread, ..known }));
        };
        let (id, now_ms) = (id.clone(), self.cx.now_ms());
        self.cx.jobs.answer(async move {
            let facts = ask_lever(&services, &id, &row.seen, known, now_ms).await;
            Done::Asked(Box::new(Asked::InvitationRead(id, facts, reply)))
        });
    }

    pub(super) fn invitation_read(&mut self, id: OpportunityId, facts: Facts, reply: Reply) {
        // What could not be read is asked for again at once.
        if facts.unread.is_none() {
            self.invitation = Some(Read {
                opportunity: id,
                at: self.cx.elapsed(),
                facts: facts.clone(),
            });
        }
        answer(reply, Ok(facts));
    }
}

/// Interview, recruiter and address are read when they are needed: the ledger keeps none of them.
/// What can't be read stays unknown, with the first reason.
async fn ask_lever(
    services: &Services,
    id: &OpportunityId,
    seen: &Seen,
    mut facts: Facts,
    now_ms: i64,
) -> Facts {
    let mut unread: Option<Problem> = None;
    match services.lever.interviews(id).await {
        Ok(interviews) => {
            facts.meeting = next_meeting(&interviews.rows, seen.stage.as_ref(), now_ms);
        }
        Err(error) => drop(unread.get_or_insert(of_lever(&error).problem)),
    }
    match services.lever.opportunity(id).await {
        Ok(opportunity) => facts.address = opportunity.emails.first().cloned(),
        Err(error) => drop(unread.get_or_insert(of_lever(&error).problem)),
    }
    // The user of Padwatch writes the mail; without a choice, the candidacy's owner.
    let inviting: Option<&UserId> = services.acting_user.as_ref().or(seen.owner.as_ref());
    if let Some(user) = inviting {
        match services.lever.user(user).await {
            Ok(user) => facts.recruiter = Some(user.name),
            Err(error) => drop(unread.get_or_insert(of_lever(&error).problem)),
        }
    }
    facts.unread = unread;
    facts
}
