//! Who was deleted or anonymised in Lever.

use lever::{DeletedOpportunity, Listed, Opportunity, OpportunityId};

use super::state::IsListed;
use super::state::Retention;
use crate::context::Context;
use crate::context::done::{Done, Retained};
use crate::jobs::{JobId, Lost};
use padwatch_domain::change::{Change, StateKey};
use padwatch_domain::retention;
use padwatch_domain::service_error::{Service, of_lever};
use padwatch_domain::thing::Thing;

/// Persons looked through at a time.
const AT_ONCE: u32 = 200;

impl Retention {
    pub(crate) fn on_result(&mut self, retained: Retained, cx: &mut Context<'_>) {
        match retained {
            Retained::PersonRead(id, read) => self.person_read(&id, *read, cx),
            Retained::DeletionsRead(deleted, until_ms) => {
                self.deletions_read(deleted, until_ms, cx);
            }
        }
    }

    /// One of its jobs panicked or was given up.
    pub(crate) fn on_lost(&mut self, job: JobId, lost: Lost, cx: &mut Context<'_>) {
        match job {
            JobId::Person(id) => cx.thing_lost(Thing::Person(id), lost),
            _ => self.next_deletions = cx.elapsed(),
        }
    }

    /// The errand for when nothing else is due.
    pub(crate) fn on_idle(&mut self, is_listed: IsListed<'_>, cx: &mut Context<'_>) {
        let now = cx.elapsed();
        if cx.connection.lever_breaker.permits(1) == 0 {
            return;
        }
        if self.next_removal <= now {
            self.next_removal = now + retention::RETENTION_EVERY;
            self.remove_what_is_old(is_listed, cx);
            cx.prune_failures();
        }
        if self.next_deletions <= now && cx.jobs.may_start(&JobId::Deletions) {
            self.next_deletions = now + retention::DELETIONS_EVERY;
            self.ask_for_deletions(cx);
            return;
        }
        self.check_a_person(is_listed, cx);
    }

    /// Lever no longer has this one: the list of deletions shows whether it was deleted.
    pub(crate) fn gone(&mut self, id: &OpportunityId, cx: &Context<'_>) {
        if matches!(cx.store.ledger.row(id), Ok(Some(_))) {
            self.next_deletions = cx.elapsed();
        }
    }

    fn ask_for_deletions(&mut self, cx: &mut Context<'_>) {
        let Some(services) = cx.connection.services.clone() else {
            return;
        };
        let until_ms = cx.now_ms();
        let read_ms = cx
            .store
            .ledger
            .load(StateKey::DeletionsRead)
            .unwrap_or_default();
        let since_ms = retention::deletions_since(read_ms, until_ms);
        cx.start_probe(JobId::Deletions, async move {
            let deleted = services
                .lever
                .deleted_opportunities(since_ms, until_ms)
                .await;
            Done::Retained(Box::new(Retained::DeletionsRead(deleted, until_ms)))
        });
    }

    fn deletions_read(
        &mut self,
        deleted: Result<Listed<DeletedOpportunity>, lever::Error>,
        until_ms: i64,
        cx: &mut Context<'_>,
    ) {
        match deleted {
            Ok(deleted) => {
                let ids = deleted.rows.into_iter().map(|one| one.id);
                let read = Change::Kept(StateKey::DeletionsRead, until_ms.to_string());
                self.remove_then(ids.collect(), read, cx);
            }
            // A key that may not list them: each person is read now and then all the same.
            Err(lever::Error::NotAllowed { .. }) => {}
            Err(error) => cx.lever_probe_failed(&error),
        }
    }

    /// One of those that the polls no longer show, to see whether they were anonymised.
    fn check_a_person(&mut self, is_listed: IsListed<'_>, cx: &mut Context<'_>) {
        let before_ms = retention::persons_before(cx.now_ms());
        let due = match cx.store.ledger.persons_to_check(before_ms, AT_ONCE) {
            Ok(due) => due,
            Err(error) => return cx.ledger_failed(&error),
        };
        let (shown, hidden): (Vec<_>, Vec<_>) = due.into_iter().partition(|id| is_listed(id));
        if !shown.is_empty() {
            cx.try_commit(&[Change::PersonsSeen(shown)]);
        }
        let now = cx.elapsed();
        let is_due = |id: &OpportunityId| {
            cx.connection
                .failing
                .is_due(&Thing::Person(id.clone()), now)
        };
        let next = hidden.into_iter().find(is_due);
        let (Some(id), Some(services)) = (next, cx.connection.services.clone()) else {
            return;
        };
        let services = services.trying_once();
        cx.start_probe(JobId::Person(id.clone()), async move {
            let read = services.lever.opportunity(&id).await;
            Done::Retained(Box::new(Retained::PersonRead(id, Box::new(read))))
        });
    }

    fn person_read(
        &mut self,
        id: &OpportunityId,
        read: Result<Opportunity, lever::Error>,
        cx: &mut Context<'_>,
    ) {
        let thing = Thing::Person(id.clone());
        if read.is_ok() {
            cx.item_succeeded(Service::Lever, &thing);
        }
        match read {
            Ok(person) if person.is_anonymized => self.remove(vec![id.clone()], cx),
            // One that is gone may be confidential now; a deletion is in Lever's own list.
            Ok(_) | Err(lever::Error::Gone { .. } | lever::Error::NotAllowed { .. }) => {
                cx.try_commit(&[Change::PersonsSeen(vec![id.clone()])]);
            }
            Err(error) => drop(cx.item_failed(thing, &of_lever(&error))),
        }
    }
}
