//! When the provisioner has something to do, and what its jobs brought.

use std::time::Duration;

use super::beside::Beside;
use super::state::Provisioner;
use crate::context::Context;
use crate::context::done::Provisioned;
use crate::jobs::{JobId, Lost};
use padwatch_domain::transition::linking::LinkOutcome;

impl Provisioner {
    pub(crate) fn on_tick(&mut self, beside: &dyn Beside, cx: &mut Context<'_>) {
        if cx.may_work() {
            self.ask_quota_if_due(cx);
            self.read_title_if_due(cx);
        }
        if cx.is_bound() {
            self.start_steps(beside, cx);
        }
    }

    pub(crate) fn next_wake(&self, now: Duration, cx: &Context<'_>) -> Option<Duration> {
        let quota = self.next_quota(cx).filter(|_| cx.may_work());
        let step = self.next_step(now, cx).filter(|_| cx.is_bound());
        quota.into_iter().chain(step).min()
    }

    pub(crate) fn on_result(
        &mut self,
        provisioned: Provisioned,
        beside: &dyn Beside,
        cx: &mut Context<'_>,
    ) {
        match provisioned {
            Provisioned::Prepared(id, prepared, title) => {
                self.note_title(title, cx);
                self.prepared(&id, prepared, beside, cx);
            }
            Provisioned::FormerRead(id, former) => self.former_read(&id, former, cx),
            Provisioned::Created(id, outcome) => self.created(&id, outcome, cx),
            Provisioned::Linked(id, outcome) => self.linked(&id, outcome, cx),
            Provisioned::Titled(posting, read) => self.title_read(posting, read, cx),
            Provisioned::Quota(quota) => self.quota_read(quota, cx),
        }
    }

    /// The same for what was asked with earlier keys.
    pub(crate) fn on_stale_result(&mut self, provisioned: Provisioned, cx: &mut Context<'_>) {
        match provisioned {
            Provisioned::Prepared(id, ..) | Provisioned::FormerRead(id, _) => {
                self.under_way.remove(&id);
            }
            Provisioned::Created(id, outcome) => self.created_before(&id, outcome, cx),
            Provisioned::Linked(id, there @ (LinkOutcome::There | LinkOutcome::Instead { .. })) => {
                self.linked(&id, there, cx);
            }
            Provisioned::Linked(id, _) => drop(self.under_way.remove(&id)),
            Provisioned::Titled(posting, read) => self.title_read(posting, read, cx),
            Provisioned::Quota(_) => self.next_quota = cx.elapsed(),
        }
    }

    /// One of its jobs panicked or was given up.
    pub(crate) fn on_lost(&mut self, job: JobId, lost: Lost, cx: &mut Context<'_>) {
        match job {
            JobId::Title(posting) => self.title_lost(posting, cx),
            JobId::Step(id) => self.step_lost(id, lost, cx),
            _ => self.next_quota = cx.elapsed(),
        }
    }
}
