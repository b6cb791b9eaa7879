//! How many pads are left; the same question shows whether CoderPad answers again.

use std::time::Duration;

use coderpad::Quota;

use super::{Change, Done, Owner, StateKey};
use crate::jobs::JobId;
use padwatch_domain::announcement::News;
use padwatch_domain::service_error::{self, OutageKind, Service, ServiceError, of_coderpad};

/// How often the quota is read when all is well.
const QUOTA_EVERY: Duration = Duration::from_secs(3600);

impl Owner<'_> {
    pub(super) fn ask_quota_if_due(&mut self) {
        let now = self.elapsed();
        let due = self
            .connection
            .coderpad_breaker
            .next_try()
            .unwrap_or(self.provisioning.next_quota);
        if due > now || !self.jobs.may_start(&JobId::Quota) {
            return;
        }
        let Some(services) = self.connection.services.clone() else {
            return;
        };
        self.provisioning.next_quota = now + QUOTA_EVERY;
        let asked = async move { Done::Quota(services.coderpad.quota().await) };
        self.jobs.start(JobId::Quota, asked);
    }

    pub(super) fn quota_read(&mut self, quota: Result<Quota, coderpad::Error>) {
        self.outbox.is_dirty = true;
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
        self.provisioning.coderpad_has_answered = true;
        self.coderpad_knows_key();
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
        self.connection.coderpad_breaker =
            std::mem::take(&mut self.connection.coderpad_breaker).answered();
        self.coderpad_is_back();
    }

    fn coderpad_is_in_trouble(&mut self, service_error: ServiceError) {
        let now = self.elapsed();
        if !service_error.passing {
            self.notify_outage_once(OutageKind::Coderpad, &service_error.problem);
        }
        self.connection.coderpad_breaker = self
            .connection
            .coderpad_breaker
            .record_failure(service_error, now);
    }

    fn tell_low_quota(&mut self, quota: &Quota) {
        let Some(left) = quota.left() else { return };
        let told: bool = self
            .store
            .ledger
            .load(StateKey::QuotaTold)
            .unwrap_or_default()
            .unwrap_or_default();
        // That none are left is told as what hinders.
        if quota.is_used_up() {
            return;
        }
        let low = left <= self.policy.settings.guards.low_quota;
        if low && !told {
            let news = News::QuotaLow { remaining: left };
            self.write(vec![
                Change::Kept(StateKey::QuotaTold, "true".to_owned()),
                Change::Announced(news),
            ]);
        }
        if !low && told {
            self.write(vec![Change::Dropped(StateKey::QuotaTold)]);
        }
    }
}
