//! Checking a link before it is copied: a dead one never gets to the clipboard.

use std::collections::HashMap;
use std::time::Duration;

use coderpad::{Error, PadId};
use lever::OpportunityId;

use super::{Done, Owner};
use crate::listing::LinkCheck;
use crate::mailbox::answer;
use crate::mailbox::{Answer, Reply};
use padwatch_domain::lifecycle::Lifecycle;
use padwatch_domain::problem::{Problem, ProblemCode};

/// A pad that was read within this time is handed out as it is.
const FRESH: Duration = Duration::from_secs(60);
/// The person waits: so long, and no longer.
const PATIENCE: Duration = Duration::from_secs(2);

/// What reading pads by their ids brought last, in time that never jumps.
#[derive(Debug, Default)]
pub(super) struct LastReads {
    /// When each was last there.
    read: HashMap<PadId, Duration>,
    /// When this program first heard, from the user who saw the pad before, that it isn't.
    missed: HashMap<PadId, Duration>,
}

impl LastReads {
    /// CoderPad showed the pad to somebody who asked for it.
    pub(super) fn read(&mut self, pad: &PadId, now: Duration) {
        self.shown(pad);
        self.read.retain(|_, at| now.saturating_sub(*at) < FRESH);
        self.read.insert(pad.clone(), now);
    }

    /// CoderPad showed the pad, if only in its list.
    pub(super) fn shown(&mut self, pad: &PadId) {
        self.missed.remove(pad);
    }

    /// CoderPad doesn't find it for the user who saw it before.
    pub(super) fn missed(&mut self, pad: &PadId, now: Duration) {
        self.missed.entry(pad.clone()).or_insert(now);
    }

    /// What was read before no longer counts.
    pub(super) fn doubt(&mut self, pad: &PadId) {
        self.read.remove(pad);
    }

    /// How long ago this program first missed the pad, in ms. `None`: it is there for all it knows.
    pub(super) fn missed_for_ms(&self, pad: &PadId, now: Duration) -> Option<i64> {
        let passed = now.saturating_sub(*self.missed.get(pad)?);
        Some(i64::try_from(passed.as_millis()).unwrap_or(i64::MAX))
    }

    /// Forgets which others were missed.
    pub(super) fn keep_missed(&mut self, is_known: impl Fn(&PadId) -> bool) {
        self.missed.retain(|pad, _| is_known(pad));
    }

    fn is_fresh(&self, pad: &PadId, now: Duration) -> bool {
        let last = self.read.get(pad);
        last.is_some_and(|at| now.saturating_sub(*at) < FRESH)
    }
}

/// What a check brought.
pub(super) struct Checked {
    id: OpportunityId,
    pad: PadId,
    /// `None`: CoderPad didn't answer in time.
    read: Option<Result<(), Error>>,
    reply: Reply<LinkCheck>,
}

impl Owner<'_> {
    /// Checks that a candidate's pad is there, with one request at most.
    pub(crate) fn check_link(&mut self, id: &OpportunityId, reply: Reply<LinkCheck>) {
        let row = match self.row(id) {
            Ok(row) => row,
            Err(problem) => return answer(reply, Err(problem)),
        };
        let pad = match &row.life {
            Lifecycle::Deleted { .. } => return answer(reply, Err(deleted())),
            life => life.pad().map(|pad| pad.id.clone()),
        };
        let Some(pad) = pad else {
            return answer(reply, Err(super::actions::too_late()));
        };
        if self.connection.last_reads.is_fresh(&pad, self.elapsed()) {
            return answer(reply, Ok(LinkCheck::Checked));
        }
        let may_ask = self.connection.binding.is_settled();
        let Some(services) = self.connection.services.clone().filter(|_| may_ask) else {
            return answer(reply, self.unchecked(id));
        };
        let (id, clock) = (id.clone(), self.wiring.clock.clone());
        self.jobs.answer(async move {
            let read = tokio::select! {
                read = services.coderpad.pad_once(&pad) => Some(read.map(drop)),
                () = clock.sleep(PATIENCE) => None,
            };
            Done::LinkChecked(Checked {
                id,
                pad,
                read,
                reply,
            })
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
                let now = self.elapsed();
                self.connection.last_reads.read(&pad, now);
                self.pad_is_there(&id, self.reader());
                Ok(LinkCheck::Checked)
            }
            Some(Err(Error::Gone)) => {
                self.pad_not_found(&id, &pad);
                self.unchecked(&id)
            }
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

    /// What can be said without CoderPad: a pad that the user who saw it didn't find since is not
    /// handed out; of any other it could not be checked.
    fn unchecked(&self, id: &OpportunityId) -> Answer<LinkCheck> {
        let known = self
            .store
            .ledger
            .interview(id)
            .map_err(|error| crate::ledger_problem::in_words(&error))?;
        if known.missing_ms.is_some() {
            return Err(not_found());
        }
        Ok(LinkCheck::NotChecked)
    }
}

fn not_found() -> Problem {
    Problem::new(
        ProblemCode::Gone,
        "CoderPad can’t find this pad, so the pad link wasn’t copied.",
        "Padwatch checks again in a minute. Then create another pad if it is gone.",
    )
}

fn deleted() -> Problem {
    Problem::new(
        ProblemCode::Gone,
        "This pad was deleted in CoderPad, so the pad link wasn’t copied.",
        "Create another pad for the candidate.",
    )
}
