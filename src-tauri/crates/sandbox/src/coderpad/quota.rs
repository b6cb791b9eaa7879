//! The month's allowance of pads (contracts/coderpad.md, 3).

use serde_json::{Value, json};

use super::call::{Call, Outcome, ok};
use crate::times::{start_of_month, with_offset};

/// How many pads there are this month.
#[derive(Debug, Clone)]
pub struct Quota {
    /// Made so far.
    pub used: u32,
    /// The most there may be.
    pub limit: u32,
    /// There is no limit.
    pub unlimited: bool,
    /// More can be made, for money.
    pub overages: bool,
    /// When the billing cycle began, in ms since the epoch; `None`: with the month.
    pub reset_ms: Option<i64>,
}

impl Default for Quota {
    fn default() -> Self {
        Self {
            used: 0,
            limit: 1_000,
            unlimited: false,
            overages: false,
            reset_ms: None,
        }
    }
}

impl Quota {
    /// Returns true if one more may be created.
    #[must_use]
    pub fn allows_one_more(&self) -> bool {
        self.unlimited || self.overages || self.used < self.limit
    }

    fn shown(&self, now: i64, strict_types: bool) -> Value {
        let reset_ms = self.reset_ms.unwrap_or_else(|| start_of_month(now));
        let trial_expires_at = strict_types.then(|| with_offset(start_of_month(now), 0));
        let mut whole = json!({
            "trial_expires_at": trial_expires_at, "pads_used": self.used,
            "quota_reset_at": with_offset(reset_ms, 0),
            "unlimited": self.unlimited, "overages_enabled": self.overages,
        });
        if let (false, Some(fields)) = (self.unlimited, whole.as_object_mut()) {
            let left = self.limit.saturating_sub(self.used);
            fields.insert("pads_remaining".to_owned(), json!(left));
            fields.insert("billing_cycle_pad_limit".to_owned(), json!(self.limit));
        }
        whole
    }
}

pub(super) fn show(call: &mut Call<'_, '_>) -> Outcome {
    let coderpad = &call.coderpad;
    let strict_types = coderpad.switches.strict_types;
    Ok(ok(coderpad.quota.shown(call.moment.now, strict_types)))
}
