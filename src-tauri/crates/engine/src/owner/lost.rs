//! What becomes of a job that panicked, or was not done by its deadline: a failed attempt.
//!
//! When each is started again, the registry's backoff says; of what is about one thing, that
//! thing's own says so too, and the fifth failure is shown on its row.

use lever::OpportunityId;

use super::Owner;
use crate::jobs::{JobId, Lost};
use padwatch_domain::lifecycle::Lifecycle;
use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_domain::service_error::{Service, ServiceError};
use padwatch_domain::thing::Thing;
use padwatch_domain::transition;
use padwatch_domain::transition::scan::SearchSchedule;

impl Owner<'_> {
    pub(super) fn job_lost(&mut self, id: JobId, lost: Lost) {
        self.cx.is_dirty = true;
        let now = self.cx.elapsed();
        match id {
            JobId::Poll => {
                self.watching.is_stale = false;
                self.watching.next_poll = now;
                self.watching.watcher.look_failed(now);
            }
            JobId::Quota => self.provisioning.next_quota = now,
            JobId::Identity => self.cx.connection.binding.failed(now),
            JobId::PadLook => self.reconciling.next_late_look = now,
            JobId::PadSearch => self.reconciling.reading = None,
            JobId::FollowLook => self.tracking.look_soon(now),
            JobId::Deletions => self.tracking.next_deletions = now,
            // They are due as they were; somebody who asked asks again.
            JobId::Tags | JobId::Question(_) => {}
            JobId::Title(posting) => self.title_lost(posting),
            JobId::Pad(opportunity, pad) => {
                self.tracking.urgent.pads.insert(opportunity.clone());
                self.thing_lost(Thing::Pad(opportunity, pad), lost);
            }
            JobId::Interviews(opportunity) => {
                self.tracking.urgent.plans.insert(opportunity.clone());
                self.thing_lost(Thing::Interviews(opportunity), lost);
            }
            JobId::Person(opportunity) => self.thing_lost(Thing::Person(opportunity), lost),
            JobId::LookUp(opportunity) => {
                self.webhooks.reception.may_have_hints = true;
                self.thing_lost(Thing::Candidate(opportunity), lost);
            }
            JobId::HintRead(opportunity) => {
                self.evaluate_again(&opportunity);
                self.watching.next_poll = now;
            }
            JobId::MissedRead(opportunity) => {
                self.watching
                    .watcher
                    .absences
                    .read_said_nothing(&opportunity, now);
            }
            JobId::Step(opportunity) => self.step_lost(opportunity, lost),
            JobId::Note(opportunity) => {
                let thing = Thing::Note(opportunity.clone());
                self.thing_lost(thing.clone(), lost);
                let wait_ms = self.note_backoff_ms(&thing);
                self.note_lost(&opportunity, wait_ms);
            }
        }
        self.tracking.next = self.tracking.next.min(now);
    }

    /// An intent whose request may have left is as uncertain as after a restart.
    fn step_lost(&mut self, id: OpportunityId, lost: Lost) {
        self.provisioning.under_way.remove(&id);
        let row = match self.cx.store.ledger.row(&id) {
            Ok(Some(row)) => row,
            Ok(None) => return,
            Err(error) => return self.cx.ledger_failed(&error),
        };
        match row.life {
            Lifecycle::Intent { .. } => {
                let (now, now_ms) = (self.cx.elapsed(), self.cx.now_ms());
                self.cx
                    .write(transition::create::after_restart(row, now_ms).changes);
                self.reconciling
                    .schedules
                    .insert(id, SearchSchedule::begin(now));
            }
            Lifecycle::Created { .. } => self.thing_lost(Thing::Link(id), lost),
            _ => self.thing_lost(Thing::Candidate(id), lost),
        }
    }

    fn thing_lost(&mut self, thing: Thing, lost: Lost) {
        let now = self.cx.elapsed();
        self.cx
            .connection
            .failing
            .count(thing, &no_outcome(lost), now);
    }
}

/// Says nothing about a service.
fn no_outcome(lost: Lost) -> ServiceError {
    let message = match lost {
        Lost::Panicked => "An error in Padwatch itself interrupted this step.",
        Lost::GivenUp => "This step took too long, so Padwatch gave it up.",
    };
    let problem = Problem::new(
        ProblemCode::PartFailed,
        message,
        "Padwatch will keep trying.",
    );
    ServiceError {
        passing: true,
        ..ServiceError::lasting(Service::Lever, problem)
    }
}
