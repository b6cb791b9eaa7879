//! Announcing what hinders the work, once, and that it is over.

use super::Context;
use crate::jobs::failpoint::{Failpoint, Side};
use crate::restraints::unreadable_settings;
use padwatch_domain::announcement::News;
use padwatch_domain::change::{Change, StateKey};
use padwatch_domain::problem::Problem;
use padwatch_domain::service_error::OutageKind;

impl Context<'_> {
    /// Tells what hinders the work, unless it was told already: across hours and restarts.
    pub(crate) fn notify_outage_once(&mut self, cause: OutageKind, problem: &Problem) {
        if !self.notified_outages.note(cause, problem.code()) {
            return;
        }
        let mut changes = vec![Change::Announced(News::Hindered {
            problem: problem.clone(),
        })];
        changes.extend(self.keep_what_was_told());
        self.write(changes);
    }

    /// What hindered is gone. Once nothing hinders any longer, that is told if the hindrance was.
    pub(crate) fn clear_outage(&mut self, cause: OutageKind) {
        self.is_dirty |= self.connection.outages.remove(&cause).is_some();
        if !self.notified_outages.is_over(cause) {
            return;
        }
        let mut changes: Vec<Change> = self.keep_what_was_told().into_iter().collect();
        if self.notified_outages.is_empty() {
            changes.push(Change::Announced(News::Recovered { from: Some(cause) }));
        }
        self.write(changes);
    }

    fn keep_what_was_told(&self) -> Option<Change> {
        if self.notified_outages.is_empty() {
            return Some(Change::Dropped(StateKey::Hindrance));
        }
        let text = serde_json::to_string(&self.notified_outages).ok()?;
        Some(Change::Kept(StateKey::Hindrance, text))
    }

    /// Tells that settings can't be read, or that they can again.
    pub(crate) fn tell_of_settings(&mut self) {
        if self.policy.settings_unreadable {
            self.notify_outage_once(OutageKind::Settings, &unreadable_settings());
        } else {
            self.clear_outage(OutageKind::Settings);
        }
    }

    pub(crate) fn shown(&mut self, number: i64) {
        self.wiring
            .failpoints
            .pass(Side::Before, Failpoint::ShownWrite);
        if let Err(error) = self.store.ledger.shown(number) {
            self.ledger_failed(&error);
        }
        self.wiring
            .failpoints
            .pass(Side::After, Failpoint::ShownWrite);
    }
}
