//! Taking personal data away: when it was kept long enough, and when Lever did.

use lever::{DeletedOpportunity, Listed, Opportunity, OpportunityId};

use super::{Change, Owner, StateKey};
use crate::done::Followed;
use crate::jobs::JobId;
use padwatch_domain::retention;
use padwatch_domain::service_error::{Service, of_lever};
use padwatch_domain::thing::Thing;

/// Persons looked through at a time.
const AT_ONCE: u32 = 200;

impl Owner<'_> {
    /// The errand for when nothing else is due.
    pub(super) fn keep_if_due(&mut self) {
        let now = self.cx.elapsed();
        if self.watching.last_checked_ms.is_none()
            || self.cx.connection.lever_breaker.permits(1) == 0
        {
            return;
        }
        if self.tracking.next_retention <= now {
            self.tracking.next_retention = now + retention::RETENTION_EVERY;
            self.remove_what_is_old();
            self.cx.prune_failures();
        }
        if self.tracking.next_deletions <= now && self.cx.jobs.may_start(&JobId::Deletions) {
            self.tracking.next_deletions = now + retention::DELETIONS_EVERY;
            self.ask_for_deletions();
            return;
        }
        self.check_a_person();
    }

    fn remove_what_is_old(&mut self) {
        self.remove_old_copies();
        let days = self.cx.policy.settings.keeping.retention_days;
        let Some(before_ms) = retention::retention_before(days, self.cx.now_ms()) else {
            return;
        };
        match self.cx.store.ledger.long_over(before_ms, AT_ONCE) {
            // Whoever is still in the polls would come back with the next one.
            Ok(old) => {
                let old = old.into_iter();
                self.remove(
                    old.filter(|id| !self.watching.fingerprints.contains_key(id))
                        .collect(),
                );
            }
            Err(error) => self.cx.ledger_failed(&error),
        }
    }

    /// Copies and set-aside ledgers are kept in case the new one turns out wrong.
    fn remove_old_copies(&self) {
        if self.cx.policy.creation_off.is_some() {
            return;
        }
        let before_ms = self.cx.now_ms().saturating_sub(retention::COPIES_KEPT_MS);
        if let Err(error) = self.cx.store.ledger.remove_old_copies(before_ms) {
            tracing::warn!(%error, "old copies of the ledger can't be deleted");
        }
    }

    fn ask_for_deletions(&mut self) {
        let Some(services) = self.cx.connection.services.clone() else {
            return;
        };
        let until_ms = self.cx.now_ms();
        let read_ms = self
            .cx
            .store
            .ledger
            .load(StateKey::DeletionsRead)
            .unwrap_or_default();
        let since_ms = retention::deletions_since(read_ms, until_ms);
        self.on_probe(JobId::Deletions, async move {
            let deleted = services
                .lever
                .deleted_opportunities(since_ms, until_ms)
                .await;
            Followed::Deletions(deleted, until_ms)
        });
    }

    pub(super) fn deletions_read(
        &mut self,
        deleted: Result<Listed<DeletedOpportunity>, lever::Error>,
        until_ms: i64,
    ) {
        match deleted {
            Ok(deleted) => {
                let ids = deleted.rows.into_iter().map(|one| one.id);
                let read = Change::Kept(StateKey::DeletionsRead, until_ms.to_string());
                self.remove_then(ids.collect(), read);
            }
            // A key that may not list them: each person is read now and then all the same.
            Err(lever::Error::NotAllowed { .. }) => {}
            Err(error) => self.cx.lever_probe_failed(&error),
        }
    }

    /// One of those that the polls no longer show, to see whether they were anonymised.
    fn check_a_person(&mut self) {
        let before_ms = retention::persons_before(self.cx.now_ms());
        let due = match self.cx.store.ledger.persons_to_check(before_ms, AT_ONCE) {
            Ok(due) => due,
            Err(error) => return self.cx.ledger_failed(&error),
        };
        let (shown, hidden): (Vec<_>, Vec<_>) = due
            .into_iter()
            .partition(|id| self.watching.fingerprints.contains_key(id));
        if !shown.is_empty() {
            self.cx.try_commit(&[Change::PersonsSeen(shown)]);
        }
        let now = self.cx.elapsed();
        let is_due = |id: &OpportunityId| {
            self.cx
                .connection
                .failing
                .is_due(&Thing::Person(id.clone()), now)
        };
        let next = hidden.into_iter().find(is_due);
        let (Some(id), Some(services)) = (next, self.cx.connection.services.clone()) else {
            return;
        };
        let services = services.trying_once();
        self.on_probe(JobId::Person(id.clone()), async move {
            let read = services.lever.opportunity(&id).await;
            Followed::Person(id, Box::new(read))
        });
    }

    pub(super) fn person_read(
        &mut self,
        id: &OpportunityId,
        read: Result<Opportunity, lever::Error>,
    ) {
        let thing = Thing::Person(id.clone());
        if read.is_ok() {
            self.cx.item_succeeded(Service::Lever, &thing);
        }
        match read {
            Ok(person) if person.is_anonymized => self.remove(vec![id.clone()]),
            // One that is gone may be confidential now; a deletion is in Lever's own list.
            Ok(_) | Err(lever::Error::Gone { .. } | lever::Error::NotAllowed { .. }) => {
                self.cx.try_commit(&[Change::PersonsSeen(vec![id.clone()])]);
            }
            Err(error) => drop(self.cx.item_failed(thing, &of_lever(&error))),
        }
    }

    /// Whoever was read as anonymised.
    pub(super) fn remove_anonymised(&mut self, opportunities: &[Opportunity]) {
        let anonymised = opportunities.iter().filter(|one| one.is_anonymized);
        self.remove(anonymised.map(|one| one.id.clone()).collect());
    }
}
