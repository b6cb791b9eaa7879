//! Reading what an invitation needs, and keeping in mind to which time a candidate is invited.

use std::time::Duration;

use lever::{OpportunityId, UserId};
use tokio::sync::oneshot;

use super::{Change, Owner};
use crate::context::done::{Asked, Done};
use crate::context::services::Services;
use crate::ledger_problem::ledger_problem;
use crate::mailbox::Answer;
use crate::mailbox::answer;
use padwatch_domain::candidacy::{Candidacy, Seen};
use padwatch_domain::interview::Plan;
use padwatch_domain::interview::invited::Invited;
use padwatch_domain::invitation::{Facts, next_meeting};
use padwatch_domain::links::own_link;
use padwatch_domain::problem::Problem;
use padwatch_domain::service_error::of_lever;
use padwatch_domain::tracking::Known;

/// How long what Lever said is used again: a template is written letter by letter.
const GOOD_FOR: Duration = Duration::from_secs(60);

type Reply = oneshot::Sender<Answer<Facts>>;

/// What was read last.
pub(super) struct Read {
    opportunity: OpportunityId,
    at: Duration,
    /// The plan that was known then: what was read before another one is old.
    plan: Option<Plan>,
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
        let plan = self.plan_of(id);
        let fresh = self.invitation.as_ref().filter(|read| {
            let is_young = self.cx.elapsed().saturating_sub(read.at) < GOOD_FOR;
            read.opportunity == *id && read.plan == plan && is_young
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

    pub(super) fn invited_by_link(&self, row: &Candidacy) -> Answer<Known> {
        let known = self.known_interview(row)?;
        let invited = Some(Invited::by_link(known.invited, known.plan));
        Ok(Known { invited, ..known })
    }

    /// What the text names was read in Lever just now: if the plan is another, that is the older one.
    pub(super) fn invited_by_text(&mut self, row: &Candidacy, starts_ms: i64) -> Answer<Known> {
        let known = self.known_interview(row)?;
        let is_planned = known.plan.is_some_and(|plan| plan.starts_ms == starts_ms);
        if !is_planned {
            self.tracker
                .read(row.opportunity.clone(), self.cx.elapsed());
        }
        Ok(Known {
            invited: Some(Invited::by_text(starts_ms)),
            asked_ms: known.asked_ms.filter(|_| is_planned),
            ..known
        })
    }

    pub(super) fn not_invited(&self, row: &Candidacy) -> Answer<Known> {
        let known = self.known_interview(row)?;
        Ok(Known {
            invited: None,
            ..known
        })
    }

    /// Writes what was handed over, and what that is an invitation to.
    pub(super) fn invite(&mut self, row: Candidacy, happened: Change, known: Known) -> Answer<()> {
        let followed = row.life.pad().map(|pad| Change::Followed {
            opportunity: row.opportunity.clone(),
            pad: pad.id.clone(),
            known,
        });
        let changes = [Change::Touched(Box::new(row)), happened];
        let changes: Vec<Change> = changes.into_iter().chain(followed).collect();
        self.cx.commit(&changes)
    }

    fn plan_of(&self, id: &OpportunityId) -> Option<Plan> {
        let known = self.cx.store.ledger.interview(id);
        known.ok().and_then(|known| known.plan)
    }

    fn known_interview(&self, row: &Candidacy) -> Answer<Known> {
        let known = self.cx.store.ledger.interview(&row.opportunity);
        known.map_err(|error| ledger_problem(&error))
    }

    pub(super) fn invitation_read(&mut self, id: OpportunityId, facts: Facts, reply: Reply) {
        // What could not be read is asked for again at once.
        if facts.unread.is_none() {
            self.invitation = Some(Read {
                plan: self.plan_of(&id),
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
