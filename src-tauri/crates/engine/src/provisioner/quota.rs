//! How many pads are left; the same question shows whether CoderPad answers again.

use super::state::Provisioner;
use crate::context::Context;
use crate::context::done::{Done, Provisioned};
use padwatch_domain::change::{Change, StateKey};
use std::time::Duration;

use coderpad::Quota;

use crate::jobs::JobId;
use padwatch_domain::announcement::News;
use padwatch_domain::delivery::QuotaLeft;
use padwatch_domain::quota_forecast::{QuotaForecast, QuotaReading, QuotaReadings};
use padwatch_domain::service_error::{self, OutageKind, Service, ServiceError, of_coderpad};

/// How often the quota is read when all is well.
const QUOTA_EVERY: Duration = Duration::from_secs(3600);

impl Provisioner {
    /// When CoderPad is asked whether it answers again.
    pub(super) fn next_quota(&self, cx: &Context<'_>) -> Option<Duration> {
        let asks = cx.jobs.may_start(&JobId::Quota);
        asks.then(|| cx.connection.coderpad_breaker.next_try())?
    }

    pub(super) fn ask_quota_if_due(&mut self, cx: &mut Context<'_>) {
        let now = cx.elapsed();
        let due = cx
            .connection
            .coderpad_breaker
            .next_try()
            .unwrap_or(self.next_quota);
        if due > now || !cx.jobs.may_start(&JobId::Quota) {
            return;
        }
        let Some(services) = cx.connection.services.clone() else {
            return;
        };
        self.next_quota = now + QUOTA_EVERY;
        let asked = async move {
            Done::Provisioned(Box::new(Provisioned::Quota(
                services.coderpad.quota().await,
            )))
        };
        cx.jobs.start(JobId::Quota, asked);
    }

    pub(super) fn quota_read(
        &mut self,
        quota: Result<Quota, coderpad::Error>,
        cx: &mut Context<'_>,
    ) {
        cx.is_dirty = true;
        let quota = match quota {
            Ok(quota) => Some(quota),
            Err(error) if error.is_passing() || error == coderpad::Error::WrongKey => {
                return self.coderpad_is_in_trouble(of_coderpad(&error), cx);
            }
            // CoderPad answers. That it doesn't tell this account the quota stops no pads.
            Err(error) => {
                tracing::warn!(%error, "the quota can't be read");
                None
            }
        };
        cx.connection.coderpad_has_answered = true;
        cx.coderpad_knows_key();
        let used_up = quota.as_ref().is_some_and(Quota::is_used_up);
        self.forecast = quota.as_ref().and_then(|quota| foresee(quota, cx));
        self.quota = quota;
        self.tell_few_pads(cx);
        if used_up {
            let service_error =
                ServiceError::lasting(Service::Coderpad, service_error::over_quota());
            return self.coderpad_is_in_trouble(service_error, cx);
        }
        cx.connection.coderpad_breaker =
            std::mem::take(&mut cx.connection.coderpad_breaker).answered();
        cx.coderpad_is_back();
    }

    fn coderpad_is_in_trouble(&mut self, service_error: ServiceError, cx: &mut Context<'_>) {
        let now = cx.elapsed();
        if !service_error.passing {
            cx.notify_outage_once(OutageKind::Coderpad, &service_error.problem);
        }
        cx.connection.coderpad_breaker = cx
            .connection
            .coderpad_breaker
            .record_failure(service_error, now);
    }

    /// Tells once that few pads are left, and once in a billing cycle that they won't last.
    fn tell_few_pads(&self, cx: &mut Context<'_>) {
        let (Some(left), Some(quota)) = (self.quota_left(cx), &self.quota) else {
            return;
        };
        // That none are left is told as what hinders.
        let Some(remaining) = left.remaining.filter(|_| !quota.is_used_up()) else {
            return;
        };
        let low_told: bool = kept(StateKey::QuotaTold, cx).unwrap_or_default();
        let cycle = quota.reset_ms.unwrap_or_default();
        let mut changes = Vec::new();
        if !left.low && low_told {
            changes.push(Change::Dropped(StateKey::QuotaTold));
        }
        if left.low && !low_told {
            changes.push(Change::Kept(StateKey::QuotaTold, "true".to_owned()));
            changes.push(Change::Announced(News::QuotaLow {
                remaining,
                overages: Some(quota.overages),
            }));
        } else if let Some(short) = left.short.filter(|_| !left.low)
            && kept(StateKey::ForecastTold, cx) != Some(cycle)
        {
            changes.push(Change::Kept(StateKey::ForecastTold, cycle.to_string()));
            changes.push(Change::Announced(News::PlanShort {
                remaining,
                needed: short.needed,
                overages: quota.overages,
            }));
        }
        if !changes.is_empty() {
            cx.write(changes);
        }
    }

    pub(crate) fn quota_left(&self, cx: &Context<'_>) -> Option<QuotaLeft> {
        let quota = self.quota.as_ref()?;
        let remaining = quota.left();
        let low = remaining.is_some_and(|left| left <= cx.policy.settings.guards.low_quota);
        Some(QuotaLeft {
            remaining,
            overages: quota.overages,
            low,
            short: self
                .forecast
                .filter(|forecast| remaining.is_some_and(|left| forecast.needed > left)),
        })
    }

    /// The pads of a billing cycle, if there is a limit.
    pub(crate) fn pads_in_plan(&self) -> Option<u32> {
        let quota = self.quota.as_ref().filter(|quota| !quota.unlimited)?;
        quota.limit
    }

    pub(crate) fn has_quota(&self) -> bool {
        !self.quota.as_ref().is_some_and(Quota::is_used_up)
    }
}

/// What will be needed until the plan resets. Keeps what was read for the next time.
fn foresee(quota: &Quota, cx: &mut Context<'_>) -> Option<QuotaForecast> {
    quota.left()?;
    let now = QuotaReading {
        at_ms: cx.now_ms(),
        used: quota.used,
        reset_ms: quota.reset_ms?,
    };
    let readings: QuotaReadings = kept(StateKey::QuotaReadings, cx).unwrap_or_default();
    if let Some(readings) = readings.with(now) {
        match serde_json::to_string(&readings) {
            Ok(text) => cx.write(vec![Change::Kept(StateKey::QuotaReadings, text)]),
            Err(error) => tracing::error!(%error, "the readings of the quota can't be written"),
        }
    }
    let counts = cx.store.ledger.counts(cx.today()).ok();
    let waiting = counts.map_or(0, |counts| counts.waiting);
    readings.forecast(now, waiting)
}

/// What was kept. What can't be read of it is told or foreseen once more.
fn kept<T: serde::de::DeserializeOwned>(key: StateKey, cx: &Context<'_>) -> Option<T> {
    cx.store.ledger.load(key).unwrap_or_default()
}
