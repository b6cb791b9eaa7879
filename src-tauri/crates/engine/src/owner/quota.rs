//! How many pads are left; the same question shows whether CoderPad answers again.

use std::time::Duration;

use coderpad::Quota;

use super::{Change, Owner, StateKey};
use crate::done::Done;
use crate::jobs::JobId;
use padwatch_domain::announcement::News;
use padwatch_domain::service_error::{self, OutageKind, Service, ServiceError, of_coderpad};

/// How often the quota is read when all is well.
const QUOTA_EVERY: Duration = Duration::from_secs(3600);

impl Owner<'_> {
    pub(super) fn ask_quota_if_due(&mut self) {
        let now = self.cx.elapsed();
        let due = self
            .cx
            .connection
            .coderpad_breaker
            .next_try()
            .unwrap_or(self.provisioning.next_quota);
        if due > now || !self.cx.jobs.may_start(&JobId::Quota) {
            return;
        }
        let Some(services) = self.cx.connection.services.clone() else {
            return;
        };
        self.provisioning.next_quota = now + QUOTA_EVERY;
        let asked = async move { Done::Quota(services.coderpad.quota().await) };
        self.cx.jobs.start(JobId::Quota, asked);
    }

    pub(super) fn quota_read(&mut self, quota: Result<Quota, coderpad::Error>) {
        self.cx.is_dirty = true;
        let quota = match quota {
            Ok(quota) => Some(quota),
            Err(error) if error.is_passing() || error == coderpad::Error::WrongKey => {
                return self.coderpad_is_in_trouble(of_coderpad(&error));
            }
            // CoderPad answers. That it doesn't tell this account the quota stops no pads.
            Err(error) => {
                tracing::warn!(%error, "the quota can't be read");
                None
            }
        };
        self.cx.connection.coderpad_has_answered = true;
        self.cx.coderpad_knows_key();
        let used_up = quota.as_ref().is_some_and(Quota::is_used_up);
        if let Some(quota) = &quota {
            self.tell_low_quota(quota);
        }
        self.provisioning.quota = quota;
        if used_up {
            let service_error =
                ServiceError::lasting(Service::Coderpad, service_error::over_quota());
            return self.coderpad_is_in_trouble(service_error);
        }
        self.cx.connection.coderpad_breaker =
            std::mem::take(&mut self.cx.connection.coderpad_breaker).answered();
        self.cx.coderpad_is_back();
    }

    fn coderpad_is_in_trouble(&mut self, service_error: ServiceError) {
        let now = self.cx.elapsed();
        if !service_error.passing {
            self.cx
                .notify_outage_once(OutageKind::Coderpad, &service_error.problem);
        }
        self.cx.connection.coderpad_breaker = self
            .cx
            .connection
            .coderpad_breaker
            .record_failure(service_error, now);
    }

    fn tell_low_quota(&mut self, quota: &Quota) {
        let Some(left) = quota.left() else { return };
        let told: bool = self
            .cx
            .store
            .ledger
            .load(StateKey::QuotaTold)
            .unwrap_or_default()
            .unwrap_or_default();
        // That none are left is told as what hinders.
        if quota.is_used_up() {
            return;
        }
        let low = left <= self.cx.policy.settings.guards.low_quota;
        if low && !told {
            let news = News::QuotaLow { remaining: left };
            self.cx.write(vec![
                Change::Kept(StateKey::QuotaTold, "true".to_owned()),
                Change::Announced(news),
            ]);
        }
        if !low && told {
            self.cx.write(vec![Change::Dropped(StateKey::QuotaTold)]);
        }
    }
}
