//! Those whom a look doesn't show.

use super::state::Watcher;
use crate::context::Context;
use padwatch_domain::change::{Change, Trigger};
use std::collections::HashSet;

use lever::{Error, Opportunity, OpportunityId};

use super::component::Taken;
use super::evaluation::Source;
use crate::context::done::{Done, Watched};
use crate::jobs::JobId;
use padwatch_domain::reach::Reach;
use padwatch_domain::reason::Reason;
use padwatch_domain::rules;
use padwatch_domain::service_error::of_lever;
use padwatch_domain::watcher::absence::{Evidence, Verdict};
use padwatch_ledger::LedgerError;

/// What becomes of those whom a look doesn't show.
#[derive(Debug, Default)]
pub(super) struct Missing {
    /// What changes in the ledger.
    pub(super) changes: Vec<Change>,
    /// Those who left.
    left: Vec<OpportunityId>,
    /// Those who are to be read.
    read: Vec<OpportunityId>,
}

impl Watcher {
    /// Those who were there and are not in a complete look. Anyone who was read one by one while the
    /// list was on its way may not be in it yet.
    pub(super) fn missing_from(
        &mut self,
        found: &[Opportunity],
        taken: &Taken,
        look: Evidence,
        trigger: Trigger,
        cx: &mut Context<'_>,
    ) -> Result<Missing, LedgerError> {
        let here: HashSet<&OpportunityId> = found.iter().map(|one| &one.id).collect();
        for id in &here {
            self.knowledge.absences.seen(id, look.kind);
        }
        let mut before: Vec<OpportunityId> = if self.knows_who_was_there {
            self.fingerprints.keys().cloned().collect()
        } else {
            cx.store.ledger.present()?
        };
        before.retain(|id| {
            let is_newer = self.readings.supersedes(id, self.round.began);
            !here.contains(id) && !taken.skipped.may_be(id.as_str()) && !is_newer
        });
        let mut missing = Missing::default();
        for id in before {
            self.judge_missing(id, look, &taken.reach, trigger, &mut missing, cx)?;
        }
        Ok(missing)
    }

    fn judge_missing(
        &mut self,
        id: OpportunityId,
        look: Evidence,
        reach: &Reach,
        trigger: Trigger,
        missing: &mut Missing,
        cx: &mut Context<'_>,
    ) -> Result<(), LedgerError> {
        let Some(row) = cx
            .store
            .ledger
            .row(&id)?
            .filter(|row| row.left_ms.is_none())
        else {
            missing.left.push(id);
            return Ok(());
        };
        // What was last seen of them is not covered any longer: the settings have changed.
        if let Some(reason) =
            rules::not_watched(&row.seen, &cx.policy.settings, &self.watched_stages())
        {
            missing
                .changes
                .extend(self.leave(&id, reason, trigger, cx)?);
            missing.left.push(id);
            return Ok(());
        }
        let sighting = cx.store.ledger.sighting(&id)?;
        let counts = match &sighting {
            Some(sighting) => sighting.is_within(reach),
            None => reach.confidential || !self.knowledge.reaches.has_shown_confidential(),
        };
        match self.knowledge.absences.missed(&id, look, counts) {
            Verdict::Wait => {}
            Verdict::Read => missing.read.push(id),
            Verdict::Left => {
                let reason = Reason::TagOrStageLeft;
                missing
                    .changes
                    .extend(self.leave(&id, reason, trigger, cx)?);
                missing.left.push(id);
            }
        }
        Ok(())
    }

    /// The changes are written.
    pub(super) fn missing_is_written(&mut self, missing: Missing, cx: &mut Context<'_>) {
        for id in &missing.left {
            self.knowledge.absences.forget(id);
        }
        let Some(services) = cx.connection.services.clone() else {
            return;
        };
        for id in missing.read {
            let services = services.clone();
            cx.jobs.start(JobId::MissedRead(id.clone()), async move {
                let read = services.lever.opportunity(&id).await;
                Done::Watched(Box::new(Watched::MissedRead(id, read)))
            });
        }
    }

    /// Someone whom a look didn't show was read.
    pub(super) fn missed_read(
        &mut self,
        id: &OpportunityId,
        read: Result<Opportunity, Error>,
        cx: &mut Context<'_>,
    ) {
        let now = cx.elapsed();
        let found = match read {
            Ok(found) => found,
            Err(error) => {
                self.knowledge.absences.read_said_nothing(id, now);
                return self.missed_read_failed(&error, cx);
            }
        };
        let is_there = self.obstacle(&found, cx).is_none();
        let weighed = self.evaluate(
            std::slice::from_ref(&found),
            Trigger::Poll,
            &Source::Read,
            cx,
        );
        let changes = match weighed {
            Ok(changes) => changes,
            Err(error) => return cx.ledger_failed(&error),
        };
        if !cx.try_commit(&changes) {
            return self.knowledge.absences.read_said_nothing(id, now);
        }
        let has_left = !matches!(cx.store.ledger.row(id), Ok(Some(row)) if row.left_ms.is_none());
        if is_there {
            self.knowledge.absences.read_as_present(id);
            self.learn_spellings(std::slice::from_ref(&found), cx);
        } else if has_left {
            self.knowledge.absences.forget(id);
        } else {
            self.knowledge.absences.read_said_nothing(id, now);
        }
        self.read_in_lever(id, Some(&found), cx);
        self.note_reading(id.clone(), Some(found), cx);
    }

    /// What is wrong with one stops no one else.
    fn missed_read_failed(&mut self, error: &Error, cx: &mut Context<'_>) {
        let is_service = matches!(
            error,
            Error::WrongKey | Error::RateLimited { .. } | Error::Unreachable(_)
        );
        if is_service {
            let now = cx.elapsed();
            cx.connection.lever_breaker = cx.connection.lever_breaker.close(of_lever(error), now);
        }
    }
}
