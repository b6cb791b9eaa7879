//! What came of work that was begun under other keys: it must not count for those in use now.
//!
//! A refusal of the old key closes no gate of the new one, and what the old key didn't see says
//! nothing. What was done stays done: a pad that was created is still that pad, a link that is on
//! the profile stays there.

use super::Owner;
use crate::done::Done;
use padwatch_domain::transition::linking::LinkOutcome;

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
                drop(self.provisioning.finish(&id));
            }
            Done::Created(id, outcome) => {
                self.provisioning
                    .created_before(&id, *outcome, &mut self.cx)
            }
            Done::Linked(id, LinkOutcome::There) => {
                self.provisioning
                    .linked(&id, LinkOutcome::There, &mut self.cx)
            }
            Done::Linked(id, _) => drop(self.provisioning.finish(&id)),
            Done::Looked(ids, looked) => self.reconciling.looked_before(ids, *looked, &mut self.cx),
            Done::Quota(_) => self.provisioning.ask_quota_soon(now),
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
}
