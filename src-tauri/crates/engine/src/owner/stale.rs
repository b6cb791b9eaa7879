//! What came of work that was begun under other keys: it must not count for those in use now.
//!
//! A refusal of the old key closes no gate of the new one, and what the old key didn't see says
//! nothing. What was done stays done: a pad that was created is still that pad, a link that is on
//! the profile stays there.

use coderpad::{CreateError, CreatedPad};
use lever::OpportunityId;

use super::Owner;
use crate::done::Done;
use crate::failpoint::Failpoint;
use padwatch_domain::lifecycle::Lifecycle;
use padwatch_domain::transition;
use padwatch_domain::transition::Transition;
use padwatch_domain::transition::linking::LinkOutcome;
use padwatch_domain::transition::scan::{ScanResult, SearchSchedule};

impl Owner<'_> {
    /// Takes what is true whoever asked, and frees the place of the rest, so that it is asked
    /// again.
    pub(super) fn take_stale(&mut self, done: Done) {
        tracing::debug!("a result of earlier keys came");
        let now = self.cx.elapsed();
        match done {
            Done::Polled(..) => {
                self.watching.is_stale = false;
                self.watching.next_poll = now;
            }
            Done::LookedUp(..) => {
                self.watching.hints.may_have_hints = true;
            }
            Done::Prepared(id, ..) | Done::FormerRead(id, _) => {
                drop(self.provisioning.under_way.remove(&id));
            }
            Done::Created(id, outcome) => self.created_before(&id, *outcome),
            Done::Linked(id, LinkOutcome::There) => self.linked(&id, LinkOutcome::There),
            Done::Linked(id, _) => drop(self.provisioning.under_way.remove(&id)),
            Done::Looked(ids, looked) => self.reconciling.looked_before(ids, *looked, &mut self.cx),
            Done::Quota(_) => self.provisioning.next_quota = now,
            Done::Identified(_) => self.cx.connection.binding.asked_in_vain(now),
            Done::Searched(marked) => {
                if marked.is_some() {
                    self.reconciling.give_up_search();
                }
            }
            Done::Followed(outcome) => self.tracking.on_stale_result(*outcome, &mut self.cx),
            Done::LinkChecked(checked) => self.link_checked_before(checked),
            // What is read besides is read again with the new key.
            Done::Hinted(..)
            | Done::MissedRead(..)
            | Done::PersonRead(..)
            | Done::DeletionsRead(..)
            | Done::TagsRead(_)
            | Done::PadMissing(..)
            | Done::Answered => {}
            // Each says what was done, and to whom it was asked by; none closes a gate.
            done @ (Done::PadSeen(..)
            | Done::LinkFound(..)
            | Done::TakenBack(..)
            | Done::Tagged(..)
            | Done::Noted(_)
            | Done::Titled(..)
            | Done::InvitationRead(..)) => self.apply_result(done),
        }
        self.cx.is_dirty = true;
    }

    /// A pad that the old key created is there. Whether one is there after an unclear answer has
    /// to be found out. What was clearly declined is asked for again, with the new key.
    fn created_before(&mut self, id: &OpportunityId, outcome: Result<CreatedPad, CreateError>) {
        let root = self.cx.wiring.coderpad_root.clone();
        let asker = match self
            .cx
            .store
            .ledger
            .row(id)
            .map(|row| row.map(|row| row.life))
        {
            Ok(Some(Lifecycle::Intent { intent })) => intent.asker.map(|asker| asker.key),
            _ => None,
        };
        let succeeded = outcome.is_ok();
        self.on_step_ended(id, Failpoint::CreateWrite, |row, now_ms| Transition {
            service_error: None,
            outage: None,
            ..transition::create::on_answer(row, outcome, &root, now_ms)
        });
        let now = self.cx.elapsed();
        if succeeded {
            self.cx.pad_is_there(id, asker);
        }
        match self
            .cx
            .store
            .ledger
            .row(id)
            .map(|row| row.map(|row| row.life))
        {
            Ok(Some(Lifecycle::Uncertain { .. })) => {
                self.reconciling.look_for(id.clone(), now);
            }
            Ok(Some(Lifecycle::Refused { refusal, .. })) if refusal.for_all => {
                self.cx.again(|row| row.opportunity == *id);
            }
            Ok(_) => {}
            Err(error) => self.cx.ledger_failed(&error),
        }
    }
}
