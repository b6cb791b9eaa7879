//! The ledger, and writing to it: nothing gets lost when it can't be written, and nothing new
//! begins.

use std::time::Duration;

use lever::OpportunityId;

use super::Context;
use crate::ledger_problem::ledger_problem;
use crate::mailbox::Answer;
use crate::profile::Profile;
use padwatch_domain::change::Change;
use padwatch_domain::problem::Problem;
use padwatch_ledger::{Ledger, LedgerError, Placement};

/// How soon to write again what could not be written.
const WRITE_AGAIN: Duration = Duration::from_secs(5);

/// The ledger, and what is wrong with it.
pub(crate) struct Store<'a> {
    pub(crate) ledger: Ledger,
    /// The folder that it lies in.
    pub(crate) profile: &'a Profile,
    /// Why it can't be written, and when to try again.
    pub(crate) problem: Option<(Problem, Duration)>,
    pub(crate) is_damaged: bool,
    /// The ledger's file, or the whole folder, is gone from its place.
    pub(crate) displaced: Option<Problem>,
    /// What the last run left in the middle was reconciled.
    pub(crate) is_recovered: bool,
    /// What was written late, or left out because it contradicted the ledger, may have been about a
    /// pad that was on its way.
    pub(crate) has_lost_track: bool,
}

impl<'a> Store<'a> {
    pub(super) fn new(ledger: Ledger, profile: &'a Profile) -> Self {
        Self {
            ledger,
            profile,
            problem: None,
            is_damaged: false,
            displaced: None,
            is_recovered: false,
            has_lost_track: false,
        }
    }
}

impl Context<'_> {
    /// Writes what must not get lost: what can't be written now is written later, and until then
    /// no new work begins.
    pub(crate) fn write(&mut self, changes: Vec<Change>) {
        if changes.is_empty() {
            return;
        }
        let written = self.store.ledger.write(changes, self.wiring.clock.now_ms());
        self.written(written);
    }

    /// Changes that contradict the ledger must not stop everything else. What may have become of
    /// a pad that was on its way is looked for.
    fn written(&mut self, written: Result<(), LedgerError>) {
        self.is_dirty = true;
        if let Err(error) = written {
            self.ledger_failed(&error);
        }
        let left_out = self.store.ledger.take_left_out();
        if !left_out.is_empty() {
            tracing::error!("changes contradict the ledger and are left out");
            self.store.has_lost_track = true;
        }
    }

    /// Writes what may be lost, because nothing was done yet. Returns true if it was written.
    pub(crate) fn try_commit(&mut self, changes: &[Change]) -> bool {
        let now_ms = self.now_ms();
        match self.store.ledger.commit(changes, now_ms) {
            Ok(()) => {
                self.is_dirty = true;
                true
            }
            Err(error) => {
                self.ledger_failed(&error);
                false
            }
        }
    }

    /// Writes on someone's request: they hear at once if it can't be done.
    pub(crate) fn commit(&mut self, changes: &[Change]) -> Answer<()> {
        if let Some(problem) = &self.store.displaced {
            return Err(problem.clone());
        }
        // What could not be written yet comes first: it may be about the same candidate.
        if let (Some((problem, _)), true) = (&self.store.problem, self.store.ledger.has_pending()) {
            return Err(problem.clone());
        }
        let now_ms = self.now_ms();
        self.is_dirty = true;
        self.store.ledger.commit(changes, now_ms).map_err(|error| {
            self.ledger_failed(&error);
            ledger_problem(&error)
        })
    }

    pub(crate) fn flush_pending_writes(&mut self) {
        let now = self.elapsed();
        if self
            .store
            .problem
            .as_ref()
            .is_none_or(|(_, again)| *again > now)
        {
            return;
        }
        self.store.problem = None;
        self.is_dirty = true;
        let had_pending = self.store.ledger.has_pending();
        let written = self
            .store
            .ledger
            .flush()
            .and_then(|()| self.store.ledger.seal());
        self.written(written);
        if had_pending {
            self.store.has_lost_track = true;
        }
    }

    pub(crate) fn row(&self, id: &OpportunityId) -> Answer<padwatch_domain::candidacy::Candidacy> {
        self.store
            .ledger
            .row(id)
            .map_err(|error| ledger_problem(&error))?
            .ok_or(Problem::CandidateUnknown)
    }

    /// Names the rows that can't be read.
    pub(super) fn quarantine(&mut self) {
        match self
            .store
            .ledger
            .quarantine_found(self.wiring.clock.now_ms())
        {
            Ok(is_new) => self.is_dirty |= is_new,
            Err(error) => self.ledger_failed(&error),
        }
    }

    /// Returns true if another ledger, or another lock, is in the place of the one that is open: it
    /// has to be opened with all care. While the ledger is gone, everything stops.
    pub(crate) fn is_replaced(&mut self) -> bool {
        let displaced = match self.store.ledger.placement() {
            Placement::Replaced => return true,
            Placement::Missing => Some(Problem::DataMoved),
            Placement::InPlace if !self.store.profile.is_in_place() => return true,
            Placement::InPlace => None,
        };
        if self.store.displaced != displaced {
            tracing::warn!(gone = displaced.is_some(), "the ledger's place has changed");
            self.store.displaced = displaced;
            self.is_dirty = true;
        }
        false
    }

    /// Returns true if nothing may be asked of a service that could not be written down where the
    /// next start finds it.
    pub(crate) fn is_out_of_place(&self) -> bool {
        self.store.ledger.placement() != Placement::InPlace || !self.store.profile.is_in_place()
    }

    pub(crate) fn ledger_failed(&mut self, error: &LedgerError) {
        tracing::error!(%error, "the ledger can't be used");
        self.store.is_damaged |= matches!(error, LedgerError::Damaged);
        let now = self.elapsed();
        let pending = self.store.problem.as_ref().map(|(_, again)| *again);
        let again = pending
            .filter(|again| *again > now)
            .unwrap_or(now + WRITE_AGAIN);
        self.store.problem = Some((crate::ledger_problem::ledger_problem(error), again));
        self.is_dirty = true;
    }
}
