//! Taking in what came of the steps.

use crate::provisioner::Beside;

use super::Owner;
use crate::done::Done;
use crate::failpoint::Failpoint;
use crate::jobs::Ended;
use padwatch_domain::transition;

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
            Ok(done) if self.cx.jobs.is_current(epoch) => self.apply_result(done),
            Ok(done) => self.take_stale(done),
            Err(lost) => self.job_lost(id, lost),
        }
        self.provisioning.run_ended(run);
    }

    pub(super) fn apply_result(&mut self, done: Done) {
        match done {
            Done::Polled(look, trigger) => self.watching.polled(*look, trigger, &mut self.cx),
            Done::Hinted(id, read, trigger) => {
                self.watching.hint_read(&id, *read, trigger, &mut self.cx)
            }
            Done::MissedRead(id, read) => self.watching.missed_read(&id, *read, &mut self.cx),
            Done::TagsRead(read) => self.watching.tags_read(read, &mut self.cx),
            Done::LookedUp(hint, read) => self.watching.looked_up(hint, *read, &mut self.cx),
            Done::Prepared(id, prepared, title) => {
                self.provisioning.note_title(title, &mut self.cx);
                self.provisioning.prepared(
                    &id,
                    *prepared,
                    Beside::new(&self.watching, &self.reconciling),
                    &mut self.cx,
                );
            }
            Done::FormerRead(id, former) => {
                self.provisioning.former_read(&id, former, &mut self.cx)
            }
            Done::Created(id, outcome) => {
                let root = self.cx.wiring.coderpad_root.clone();
                let succeeded = outcome.is_ok();
                let settle =
                    |row, now_ms| transition::create::on_answer(row, *outcome, &root, now_ms);
                self.provisioning
                    .on_step_ended(&id, Failpoint::CreateWrite, settle, &mut self.cx);
                self.provisioning
                    .after_creation(&id, succeeded, &mut self.cx);
            }
            Done::Linked(id, outcome) => self.provisioning.linked(&id, outcome, &mut self.cx),
            Done::Looked(ids, looked) => self.reconciling.looked(&ids, *looked, &mut self.cx),
            Done::Titled(posting, read) => {
                self.provisioning.title_read(posting, *read, &mut self.cx)
            }
            Done::Quota(quota) => self.provisioning.quota_read(quota, &mut self.cx),
            Done::Identified(identity) => self.cx.identified(identity),
            Done::Searched(marked) => self.reconciling.searched(marked, &mut self.cx),
            Done::PadSeen(id, pad, reply) => self.pad_seen(&id, *pad, reply),
            Done::LinkFound(id, found, reply) => self.link_found(&id, found, reply),
            Done::TakenBack(id, pad, outcome, reply) => self.taken_back(&id, &pad, outcome, reply),
            Done::InvitationRead(id, facts, reply) => self.invitation_read(id, *facts, reply),
            Done::Tagged(id, tagging, read, reply) => self.tagged(&id, tagging, *read, reply),
            Done::Followed(outcome) => self.tracking.on_result(*outcome, &mut self.cx),
            Done::Noted(outcome) => self.notes.noted(*outcome, &mut self.cx),
            Done::PadMissing(id, pad) => self.tracking.pad_not_found(&id, &pad, &mut self.cx),
            Done::PersonRead(id, read) => {
                self.tracking.wake(self.cx.elapsed());
                self.retention.person_read(&id, *read, &mut self.cx);
            }
            Done::DeletionsRead(deleted, until_ms) => {
                self.tracking.wake(self.cx.elapsed());
                self.retention
                    .deletions_read(deleted, until_ms, &mut self.cx);
            }
            Done::LinkChecked(checked) => self.link_checked(checked),
            Done::Answered => {}
        }
    }
}
