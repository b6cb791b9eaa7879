//! What becomes of a job that panicked, or was not done by its deadline: a failed attempt.
//!
//! When each is started again, the registry's backoff says; of what is about one thing, that
//! thing's own says so too, and the fifth failure is shown on its row.

use super::Owner;
use crate::jobs::{JobId, Lost};
use padwatch_domain::thing::Thing;

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
            JobId::Quota => self.provisioning.ask_quota_soon(now),
            JobId::Identity => self.cx.connection.binding.failed(now),
            JobId::PadLook | JobId::PadSearch => self.reconciling.on_lost(&id, now),
            JobId::FollowLook | JobId::Pad(..) | JobId::Interviews(_) => {
                self.tracking.on_lost(id, lost, &mut self.cx);
            }
            JobId::Deletions => self.retention.ask_soon(now),
            // They are due as they were; somebody who asked asks again.
            JobId::Tags | JobId::Question(_) => {}
            JobId::Title(posting) => self.provisioning.title_lost(posting, &mut self.cx),
            JobId::Person(opportunity) => self.cx.thing_lost(Thing::Person(opportunity), lost),
            JobId::LookUp(opportunity) => {
                self.watching.hints.may_have_hints = true;
                self.cx.thing_lost(Thing::Candidate(opportunity), lost);
            }
            JobId::HintRead(opportunity) => {
                self.watching.evaluate_again(&opportunity);
                self.watching.next_poll = now;
            }
            JobId::MissedRead(opportunity) => {
                self.watching
                    .watcher
                    .absences
                    .read_said_nothing(&opportunity, now);
            }
            JobId::Step(opportunity) => {
                self.provisioning.step_lost(opportunity, lost, &mut self.cx)
            }
            JobId::Note(opportunity) => {
                let thing = Thing::Note(opportunity.clone());
                self.cx.thing_lost(thing.clone(), lost);
                let wait_ms = self.notes.note_backoff_ms(&thing, &self.cx);
                self.notes.note_lost(&opportunity, wait_ms, &mut self.cx);
            }
        }
        self.tracking.wake(now);
    }
}
