//! What came of a job goes to the component that started it.

use super::Owner;
use super::beside::Others;
use crate::context::done::{Asked, Done};
use crate::jobs::{Ended, JobId, Lost};

impl Owner<'_> {
    /// What was begun under the keys in use counts; the rest only as far as it is true anyway.
    pub(super) fn job_ended(&mut self, ended: Ended<Done>) {
        // What a result means may depend on how long ago something was.
        self.detect_clock_jump();
        let Ended {
            id,
            run,
            epoch,
            outcome,
        } = ended;
        match outcome {
            Ok(done) if self.cx.jobs.is_current(epoch) => self.on_result(done),
            Ok(done) => self.on_stale_result(done),
            Err(lost) => self.on_lost(id, lost),
        }
        self.provisioner.run_ended(run);
        self.pass_on();
    }

    fn on_result(&mut self, done: Done) {
        let cx = &mut self.cx;
        match done {
            Done::Watched(watched) => self.watcher.on_result(*watched, cx),
            Done::Provisioned(provisioned) => {
                let beside = Others {
                    watcher: &self.watcher,
                    reconciler: &self.reconciler,
                };
                self.provisioner.on_result(*provisioned, &beside, cx);
            }
            Done::Reconciled(reconciled) => self.reconciler.on_result(*reconciled, cx),
            Done::Tracked(tracked) => self.tracker.on_result(*tracked, cx),
            Done::Noted(noted) => self.notes.on_result(*noted, cx),
            Done::Retained(retained) => {
                self.retention.on_result(*retained, cx);
                self.tracker.wake(cx.elapsed());
            }
            Done::Identified(identity) => cx.identified(identity),
            Done::Asked(asked) => self.on_answer(*asked),
            Done::PadMissing(id, pad) => self.tracker.pad_not_found(&id, &pad, cx),
            // It may have been a rehearsal, whose progress is shown.
            Done::Answered => cx.is_dirty |= self.rehearsal.is_some(),
        }
    }

    /// A result of earlier keys. Each component takes what is true no matter who asked, and frees the
    /// place of the rest, so that it is asked again.
    ///
    /// A refusal of the old key opens no breaker of the new one, and what the old key didn't see
    /// says nothing. What was done stays done: a pad that was created is still that pad, a link that
    /// is on the profile stays there.
    fn on_stale_result(&mut self, done: Done) {
        tracing::debug!("a result of earlier keys came");
        let cx = &mut self.cx;
        cx.is_dirty = true;
        match done {
            Done::Watched(watched) => self.watcher.on_stale_result(&watched, cx.elapsed()),
            Done::Provisioned(provisioned) => self.provisioner.on_stale_result(*provisioned, cx),
            Done::Reconciled(reconciled) => self.reconciler.on_stale_result(*reconciled, cx),
            Done::Tracked(tracked) => self.tracker.on_stale_result(*tracked, cx),
            // It says what was done, and opens no breaker.
            Done::Noted(noted) => self.notes.on_result(*noted, cx),
            Done::Identified(_) => {
                let now = cx.elapsed();
                cx.connection.binding.asked_in_vain(now);
            }
            Done::Asked(asked) => match *asked {
                Asked::LinkChecked(checked) => self.link_checked_before(checked),
                asked => self.on_answer(asked),
            },
            Done::Retained(_) | Done::PadMissing(..) | Done::Answered => {}
        }
    }

    /// A job panicked, or was not done by its deadline: a failed attempt.
    ///
    /// When each is started again, the registry's backoff says; of what is about one thing, that
    /// thing's own says so too, and the fifth failure is shown on its row.
    fn on_lost(&mut self, id: JobId, lost: Lost) {
        let cx = &mut self.cx;
        let now = cx.elapsed();
        cx.is_dirty = true;
        match &id {
            JobId::Poll | JobId::LookUp(_) | JobId::HintRead(_) | JobId::MissedRead(_) => {
                self.watcher.on_lost(id, lost, cx);
            }
            JobId::Quota | JobId::Title(_) | JobId::Step(_) => {
                self.provisioner.on_lost(id, lost, cx);
            }
            JobId::PadLook | JobId::PadSearch => self.reconciler.on_lost(&id, now),
            JobId::FollowLook | JobId::Pad(..) | JobId::Interviews(_) => {
                self.tracker.on_lost(id, lost, cx);
            }
            JobId::Note(opportunity) => self.notes.on_lost(opportunity, lost, cx),
            JobId::Deletions | JobId::Person(_) => self.retention.on_lost(id, lost, cx),
            JobId::Identity => cx.connection.binding.failed(now),
            // They are due as they were; someone who asked asks again.
            JobId::Tags | JobId::Question(_) => {}
        }
        self.tracker.wake(now);
    }

    /// Someone waits for this.
    fn on_answer(&mut self, asked: Asked) {
        match asked {
            Asked::PadSeen(id, pad, reply) => self.pad_seen(&id, pad, reply),
            Asked::LinkFound(id, found, reply) => self.link_found(&id, found, reply),
            Asked::TakenBack(id, pad, outcome, reply) => self.taken_back(&id, &pad, outcome, reply),
            Asked::PadEnded(id, pad, outcome, ended_for) => {
                self.pad_ended(&id, &pad, outcome, ended_for);
            }
            Asked::InvitationRead(id, facts, reply) => self.invitation_read(id, facts, reply),
            Asked::Tagged(id, tagging, read, reply) => self.tagged(&id, tagging, read, reply),
            Asked::LinkChecked(checked) => self.link_checked(checked),
        }
    }
}
