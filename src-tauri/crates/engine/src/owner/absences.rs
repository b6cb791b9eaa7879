//! Those whom a look doesn't show, and the lists that must not stop anything.

use std::collections::HashSet;

use lever::{Error, Opportunity, OpportunityId};

use super::evaluation::Source;
use super::polling::Taken;
use super::{Change, Owner, StateKey, Trigger};
use crate::done::Done;
use crate::jobs::JobId;
use crate::watch;
use padwatch_domain::problem::Problem;
use padwatch_domain::rules;
use padwatch_domain::service_error::{OutageKind, of_lever};
use padwatch_domain::watcher::Watcher;
use padwatch_domain::watcher::absence::{Evidence, Verdict};
use padwatch_domain::watcher::look::Tags;
use padwatch_domain::watcher::reach::Reach;
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

impl Owner<'_> {
    /// Those who were there and are not in a complete look. Whoever was read one by one while the
    /// list was on its way may not be in it yet.
    pub(super) fn missing_from(
        &mut self,
        found: &[Opportunity],
        taken: &Taken,
        look: Evidence,
        trigger: Trigger,
    ) -> Result<Missing, LedgerError> {
        let here: HashSet<&OpportunityId> = found.iter().map(|one| &one.id).collect();
        for id in &here {
            self.watching.watcher.absences.seen(id, look.kind);
        }
        let mut before: Vec<OpportunityId> = if self.watching.knows_who_was_there {
            self.watching.fingerprints.keys().cloned().collect()
        } else {
            self.cx.store.ledger.present()?
        };
        before.retain(|id| {
            let is_newer = self.watching.readings.supersedes(id, self.watching.began);
            !here.contains(id) && !taken.skipped.may_be(id.as_str()) && !is_newer
        });
        let mut missing = Missing::default();
        for id in before {
            self.judge_missing(id, look, &taken.reach, trigger, &mut missing)?;
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
    ) -> Result<(), LedgerError> {
        let Some(row) = self
            .cx
            .store
            .ledger
            .row(&id)?
            .filter(|row| row.left_ms.is_none())
        else {
            missing.left.push(id);
            return Ok(());
        };
        // What was last seen of them is not covered any more: the settings have changed.
        if let Some(reason) =
            rules::obstacle_in(&row.seen, &self.cx.policy.settings, &self.watched_stages())
        {
            missing.changes.extend(self.leave(&id, reason, trigger)?);
            missing.left.push(id);
            return Ok(());
        }
        let sighting = self.cx.store.ledger.sighting(&id)?;
        let counts = match &sighting {
            Some(sighting) => sighting.is_within(reach),
            None => reach.confidential || !self.watching.watcher.reaches.has_shown_confidential(),
        };
        match self.watching.watcher.absences.missed(&id, look, counts) {
            Verdict::Wait => {}
            Verdict::Read => missing.read.push(id),
            Verdict::Left => {
                let reason = "No longer tagged, or moved on in Lever.";
                missing.changes.extend(self.leave(&id, reason, trigger)?);
                missing.left.push(id);
            }
        }
        Ok(())
    }

    /// The changes are written.
    pub(super) fn missing_is_written(&mut self, missing: Missing) {
        for id in &missing.left {
            self.watching.watcher.absences.forget(id);
        }
        let Some(services) = self.cx.connection.services.clone() else {
            return;
        };
        for id in missing.read {
            let services = services.clone();
            self.cx
                .jobs
                .start(JobId::MissedRead(id.clone()), async move {
                    let read = services.lever.opportunity(&id).await;
                    Done::MissedRead(id, Box::new(read))
                });
        }
    }

    /// Somebody whom a look didn't show was read.
    pub(super) fn missed_read(&mut self, id: &OpportunityId, read: Result<Opportunity, Error>) {
        let now = self.cx.elapsed();
        let found = match read {
            Ok(found) => found,
            Err(error) => {
                self.watching.watcher.absences.read_said_nothing(id, now);
                return self.missed_read_failed(&error);
            }
        };
        let is_there = self.obstacle(&found).is_none();
        let weighed = self.evaluate(std::slice::from_ref(&found), Trigger::Poll, &Source::Read);
        let changes = match weighed {
            Ok(changes) => changes,
            Err(error) => return self.cx.ledger_failed(&error),
        };
        if !self.cx.try_commit(&changes) {
            return self.watching.watcher.absences.read_said_nothing(id, now);
        }
        let has_left =
            !matches!(self.cx.store.ledger.row(id), Ok(Some(row)) if row.left_ms.is_none());
        if is_there {
            self.watching.watcher.absences.read_as_present(id);
            self.learn_spellings(std::slice::from_ref(&found));
        } else if has_left {
            self.watching.watcher.absences.forget(id);
        } else {
            self.watching.watcher.absences.read_said_nothing(id, now);
        }
        self.read_in_lever(id, Some(&found));
        self.note_reading(id.clone(), Some(found));
    }

    /// What is wrong with one stops nobody else.
    fn missed_read_failed(&mut self, error: &Error) {
        let is_service = matches!(
            error,
            Error::WrongKey | Error::RateLimited { .. } | Error::Unreachable(_)
        );
        if is_service {
            let now = self.cx.elapsed();
            self.cx.connection.lever_breaker =
                self.cx.connection.lever_breaker.close(of_lever(error), now);
        }
    }

    /// Takes the spellings that candidates show. A new one is asked for at once.
    pub(super) fn learn_spellings(&mut self, found: &[Opportunity]) {
        let before = self.watching.watcher.account.clone();
        let tag = self.cx.policy.settings.watch.tag.clone();
        let tags = found.iter().flat_map(|one| &one.tags);
        if self.watching.watcher.account.learn(&tag, tags) {
            self.watching.next_poll = self.watching.next_poll.min(self.cx.elapsed());
        }
        if !found.is_empty() {
            self.cx.clear_outage(OutageKind::Tag);
        }
        self.keep_account(&before);
    }

    pub(super) fn read_tags_if_due(&mut self) {
        let now = self.cx.elapsed();
        if self.watching.watched.is_none() || self.cx.connection.lever_breaker.permits(1) == 0 {
            return;
        }
        let Some(services) = self.cx.connection.services.clone() else {
            return;
        };
        if self.watching.watcher.tags.is_due(now) && self.cx.jobs.may_start(&JobId::Tags) {
            let read = async move { Done::TagsRead(watch::tags(&services).await) };
            self.cx.jobs.start(JobId::Tags, read);
        }
    }

    /// When to read the tag list; `None`: not now.
    pub(super) fn next_tags(&self) -> Option<std::time::Duration> {
        let may_read = self.watching.watched.is_some()
            && self.cx.connection.lever_breaker.permits(1) > 0
            && self.cx.jobs.may_start(&JobId::Tags);
        may_read.then(|| self.watching.watcher.tags.next())
    }

    pub(super) fn tags_read(&mut self, read: Result<Tags, Error>) {
        self.cx.is_dirty = true;
        let now = self.cx.elapsed();
        let tags = match read {
            Ok(tags) => tags,
            Err(error) => {
                tracing::debug!(%error, "the tag list can't be read");
                return self
                    .watching
                    .watcher
                    .tags
                    .failed(watch::cant_read_tags(&error), now);
            }
        };
        let next = Watcher::next_tags(self.cx.usual_interval(), now);
        self.watching.watcher.tags.succeeded(next);
        let before = self.watching.watcher.account.clone();
        let tag = self.cx.policy.settings.watch.tag.clone();
        if self
            .watching
            .watcher
            .account
            .use_tags(&tag, &tags.texts, tags.are_all)
        {
            self.watching.next_poll = self.watching.next_poll.min(now);
        }
        match self.tag_gone() {
            Some(problem) => self.cx.notify_outage_once(OutageKind::Tag, &problem),
            None => self.cx.clear_outage(OutageKind::Tag),
        }
        self.keep_account(&before);
    }

    /// The watched tag is no longer in Lever, as far as is known.
    pub(super) fn tag_gone(&self) -> Option<Problem> {
        self.watching
            .watcher
            .account
            .tag_gone(&self.cx.policy.settings.watch.tag)
    }

    /// What is not as it should be although pads are created.
    pub(super) fn degraded(&self) -> Vec<Problem> {
        if self.cx.connection.services.is_none() {
            return Vec::new();
        }
        let mut problems = self.watching.watcher.degraded();
        problems.extend(self.cx.jobs.problem());
        problems.extend(self.webhooks.problem());
        problems
    }

    pub(super) fn keep_account(
        &mut self,
        before: &padwatch_domain::watcher::account::KnownAccount,
    ) {
        if *before == self.watching.watcher.account {
            return;
        }
        self.cx.is_dirty = true;
        if let Ok(text) = serde_json::to_string(&self.watching.watcher.account) {
            self.cx
                .try_commit(&[Change::Kept(StateKey::LeverAccount, text)]);
        }
    }
}
