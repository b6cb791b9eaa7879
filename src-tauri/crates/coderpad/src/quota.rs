use serde::Deserialize;

use crate::lenient;

/// The pads of a plan's billing cycle (contracts/coderpad.md, 3).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Quota {
    /// Pads created since the last reset.
    #[serde(rename = "pads_used")]
    pub used: u32,
    /// Pads left. `None` when there is no limit, or it isn't said.
    #[serde(
        rename = "pads_remaining",
        default,
        deserialize_with = "not_below_zero"
    )]
    pub remaining: Option<u32>,
    /// Pads in a billing cycle. `None` when there is no limit. Older answers name it by the month.
    #[serde(
        rename = "billing_cycle_pad_limit",
        alias = "monthly_pad_limit",
        default,
        deserialize_with = "not_below_zero"
    )]
    pub limit: Option<u32>,
    /// True if there is no limit.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub unlimited: bool,
    /// True if further pads are charged extra instead of refused.
    #[serde(
        rename = "overages_enabled",
        default,
        deserialize_with = "lenient::or_default"
    )]
    pub overages: bool,
    /// When the billing cycle began, in ms since the epoch. `None` when it isn't said or can't be
    /// read.
    #[serde(
        rename = "quota_reset_at",
        default,
        deserialize_with = "lenient::optional_ms"
    )]
    pub reset_ms: Option<i64>,
}

impl Quota {
    /// Returns true if the next pad would be refused.
    #[must_use]
    pub fn is_used_up(&self) -> bool {
        !self.unlimited && !self.overages && self.left() == Some(0)
    }

    /// Pads left, worked out from the limit where the service doesn't say it.
    #[must_use]
    pub fn left(&self) -> Option<u32> {
        if self.unlimited {
            return None;
        }
        let worked_out = self.limit.map(|limit| limit.saturating_sub(self.used));
        self.remaining.or(worked_out)
    }
}

/// With pads paid on top, what is left could be written as less than nothing.
fn not_below_zero<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Option<u32>, D::Error> {
    let number: Option<i64> = lenient::or_default(input)?;
    Ok(number.map(|n| u32::try_from(n.max(0)).unwrap_or(u32::MAX)))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn quota(value: Value) -> Quota {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn both_names_of_the_limit_are_read() {
        let new = quota(
            json!({"pads_used": 12, "pads_remaining": 38, "unlimited": false,
            "overages_enabled": false, "billing_cycle_pad_limit": 50, "trial_expires_at": null,
            "quota_reset_at": "2026-03-01T00:00:00.000+00:00"}),
        );
        assert_eq!(
            (new.used, new.remaining, new.limit),
            (12, Some(38), Some(50))
        );
        assert_eq!(new.reset_ms, Some(1_772_323_200_000));
        assert_eq!(
            quota(json!({"pads_used": 1, "monthly_pad_limit": 3})).left(),
            Some(2)
        );
    }

    #[test]
    fn a_quota_is_used_up_only_when_nothing_lets_one_more_through() {
        for (value, used_up) in [
            (json!({"pads_used": 50, "pads_remaining": 0}), true),
            (
                json!({"pads_used": 50, "billing_cycle_pad_limit": 50}),
                true,
            ),
            (json!({"pads_used": 52, "pads_remaining": -2}), true),
            (json!({"pads_used": 49, "pads_remaining": 1}), false),
            (
                json!({"pads_used": 50, "pads_remaining": 0, "unlimited": true}),
                false,
            ),
            (
                json!({"pads_used": 50, "pads_remaining": 0, "overages_enabled": true}),
                false,
            ),
            (json!({"pads_used": 50, "unlimited": null}), false),
        ] {
            assert_eq!(quota(value.clone()).is_used_up(), used_up, "{value}");
        }
    }

    #[test]
    fn no_figure_is_made_up() {
        assert!(serde_json::from_value::<Quota>(json!({"status": "OK"})).is_err());
    }
}
