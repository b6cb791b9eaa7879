//! Handing out announcements, and telling each hindrance once.

use std::sync::Arc;

use super::Owner;
use crate::failpoint::{Failpoint, Side};
use crate::ledger_problem::in_words;
use crate::mailbox::Answer;
use crate::snapshot::{Condition, Snapshot};
use padwatch_domain::announcement::{Announcement, News};
use padwatch_domain::delivery::{self, Facts};
use padwatch_domain::lifecycle::{Hold, Lifecycle};
use padwatch_domain::links::own_link;
use padwatch_domain::problem::ProblemCode;
use padwatch_ledger::LedgerError;

impl Owner<'_> {
    /// Hands out what was not told yet. A receiver that is full gets the rest later.
    pub(super) fn dispatch_outbox(&mut self) {
        let untold = match self.cx.store.ledger.untold(self.outbox.last_dispatched) {
            Ok(untold) => untold,
            Err(error) => return self.cx.ledger_failed(&error),
        };
        for announcement in untold {
            let number = announcement.id;
            if !self.cx.policy.set_up.lets_create() && announcement.news.is_about_candidates() {
                return; // It keeps its place until set-up is finished.
            }
            let announcement = match self.as_it_is_now(announcement) {
                Ok(Some(announcement)) => announcement,
                Ok(None) => {
                    self.outbox.last_dispatched = number;
                    self.cx.shown(number);
                    continue;
                }
                Err(error) => return self.cx.ledger_failed(&error),
            };
            self.cx
                .wiring
                .failpoints
                .pass(Side::Before, Failpoint::Announce);
            if self.hosts.announcements.try_send(announcement).is_err() {
                return;
            }
            self.outbox.last_dispatched = number;
            self.cx
                .wiring
                .failpoints
                .pass(Side::After, Failpoint::Announce);
        }
    }

    /// Of announcements that waited at the host, what is still true. The others count as shown.
    pub(crate) fn still_true(&mut self, waited: Vec<Announcement>) -> Answer<Vec<Announcement>> {
        let mut current = Vec::new();
        for announcement in waited {
            let number = announcement.id;
            match self.as_it_is_now(announcement) {
                Ok(Some(announcement)) => current.push(announcement),
                Ok(None) => self.cx.shown(number),
                Err(error) => return Err(in_words(&error)),
            }
        }
        Ok(current)
    }

    fn as_it_is_now(
        &self,
        announcement: Announcement,
    ) -> Result<Option<Announcement>, LedgerError> {
        let facts = self.facts_about(&announcement.news)?;
        Ok(delivery::current(announcement, &facts))
    }

    fn facts_about(&self, news: &News) -> Result<Facts, LedgerError> {
        let mut facts = Facts {
            now_ms: self.cx.now_ms(),
            hindered_by: self.cx.notified_outages.codes().collect(),
            is_off: self.cx.policy.creation_off.is_some(),
            quota: self.provisioning.quota_left(&self.cx),
            ..Facts::default()
        };
        let off = self.cx.policy.creation_off.map(|off| off.problem().code);
        let pause = self
            .cx
            .policy
            .paused
            .map(|_| ProblemCode::SettingsUnreadable);
        facts.hindered_by.extend(off.into_iter().chain(pause));
        if let Some(id) = news.who().map(|who| &who.opportunity) {
            let extra = self.cx.store.ledger.duplicates(id)?.into_iter();
            facts.row = self.cx.store.ledger.row(id)?;
            let pad = facts.row.as_ref().and_then(|row| row.life.pad());
            facts.link = pad.map(|pad| own_link(pad, &self.cx.wiring.coderpad_root));
            facts.plan = self.cx.store.ledger.interview(id)?.plan;
            facts.extra = extra.map(|extra| extra.id).collect();
            facts.note = self
                .cx
                .store
                .ledger
                .note(id)?
                .map(|note| note.status().state);
        }
        if matches!(news, News::Surge { .. }) {
            let held = self.cx.store.ledger.in_state("held")?.into_iter();
            let waits = held.filter(|row| {
                row.life == (Lifecycle::Held { hold: Hold::Surge }) && row.left_ms.is_none()
            });
            facts.surge = u32::try_from(waits.count()).unwrap_or(u32::MAX);
        }
        Ok(facts)
    }

    /// Publishes the snapshot, if something changed and the last one is old enough.
    pub(super) fn publish(&mut self) {
        let now = self.cx.elapsed();
        let is_first = self.outbox.published.is_zero();
        if !self.cx.is_dirty
            || (!is_first && now < self.outbox.published + super::BETWEEN_SNAPSHOTS)
        {
            return;
        }
        match self.picture() {
            Ok(snapshot) => {
                self.outbox.revision = snapshot.revision;
                self.outbox.published = now.max(std::time::Duration::from_nanos(1));
                self.cx.is_dirty = false;
                self.hosts.snapshot.send_replace(Arc::new(snapshot));
            }
            Err(error) => {
                self.outbox.published = now;
                self.cx.ledger_failed(&error);
                self.publish_what_is_wrong();
                self.cx.is_dirty = false;
            }
        }
    }

    /// The ledger can't be read: the last snapshot, with the reason.
    fn publish_what_is_wrong(&mut self) {
        let Some((problem, _)) = self.cx.store.problem.clone() else {
            return;
        };
        let condition = Condition::Stopped { problem };
        self.hosts.snapshot.send_if_modified(|snapshot| {
            if snapshot.condition == condition {
                return false;
            }
            self.outbox.revision += 1;
            *snapshot = Arc::new(Snapshot {
                revision: self.outbox.revision,
                condition,
                ..Snapshot::clone(snapshot)
            });
            true
        });
    }
}
