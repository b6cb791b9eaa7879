//! Checking a link before it is copied: a dead one never gets to the clipboard.

use std::time::Duration;

use coderpad::{Error, PadId};
use lever::OpportunityId;
use padwatch_domain::lifecycle::Lifecycle;
use padwatch_domain::problem::Problem;
use padwatch_domain::tracking::Known;

use super::Owner;
use crate::context::done::{Asked, Checked, Done};
use crate::ledger_problem::ledger_problem;
use crate::listing::LinkCheck;
use crate::mailbox::{Answer, Reply, answer};

/// The person waits: so long, and no longer.
const PATIENCE: Duration = Duration::from_secs(2);

impl Owner<'_> {
    /// Checks that a candidate's pad is there, with one request at most.
    pub(crate) fn check_link(&mut self, id: &OpportunityId, reply: Reply<LinkCheck>) {
        let row = match self.cx.row(id) {
            Ok(row) => row,
            Err(problem) => return answer(reply, Err(problem)),
        };
        let pad = match &row.life {
            Lifecycle::Deleted { .. } => return answer(reply, Err(Problem::PadDeletedNotCopied)),
            Lifecycle::Finished { .. } => return answer(reply, Err(Problem::PadEndedNotCopied)),
            life => life.pad().map(|pad| pad.id.clone()),
        };
        let Some(pad) = pad else {
            return answer(reply, Err(super::actions::too_late()));
        };
        if self
            .cx
            .connection
            .last_reads
            .is_fresh(&pad, self.cx.elapsed())
        {
            return answer(reply, Ok(LinkCheck::Checked));
        }
        let may_ask = self.cx.connection.binding.is_settled();
        let Some(services) = self.cx.connection.services.clone().filter(|_| may_ask) else {
            return answer(reply, self.unchecked(id));
        };
        let (id, clock) = (id.clone(), self.cx.wiring.clock.clone());
        self.cx.jobs.answer(async move {
            let read = tokio::select! {
                read = services.coderpad.pad_once(&pad) => Some(read.map(drop)),
                () = clock.sleep(PATIENCE) => None,
            };
            Done::Asked(Box::new(Asked::LinkChecked(Checked {
                id,
                pad,
                read,
                reply,
            })))
        });
    }

    pub(super) fn link_checked(&mut self, checked: Checked) {
        let Checked {
            id,
            pad,
            read,
            reply,
        } = checked;
        let outcome = match read {
            Some(Ok(())) => {
                let now = self.cx.elapsed();
                self.cx.connection.last_reads.read(&pad, now);
                self.cx.pad_is_there(&id, self.cx.reader());
                Ok(LinkCheck::Checked)
            }
            Some(Err(Error::Gone)) => self.not_found(&id, &pad),
            Some(Err(_)) | None => self.unchecked(&id),
        };
        answer(reply, outcome);
    }

    /// The keys were replaced meanwhile: what the old one didn't see says nothing.
    pub(super) fn link_checked_before(&mut self, checked: Checked) {
        let outcome = match checked.read {
            Some(Ok(())) => Ok(LinkCheck::Checked),
            _ => self.unchecked(&checked.id),
        };
        answer(checked.reply, outcome);
    }

    /// The user who saw the pad doesn't find it now. That refuses the copy even while a step of
    /// this candidacy is in flight, when the tracker leaves the row alone and reads again later.
    fn not_found(&mut self, id: &OpportunityId, pad: &PadId) -> Answer<LinkCheck> {
        let known = self.known(id)?;
        self.tracker.pad_not_found(id, pad, &mut self.cx);
        if self.cx.is_own(&known) {
            return Err(Problem::PadNotFoundNotCopied);
        }
        self.unchecked(id)
    }

    /// What can be said without CoderPad: a pad that the user who saw it didn't find since is not
    /// handed out; of any other it could not be checked.
    fn unchecked(&self, id: &OpportunityId) -> Answer<LinkCheck> {
        if self.known(id)?.missing_ms.is_some() {
            return Err(Problem::PadNotFoundNotCopied);
        }
        Ok(LinkCheck::NotChecked)
    }

    fn known(&self, id: &OpportunityId) -> Answer<Known> {
        let known = self.cx.store.ledger.interview(id);
        known.map_err(|error| ledger_problem(&error))
    }
}
