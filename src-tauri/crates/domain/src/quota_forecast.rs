//! How many pads will be needed before the plan resets. Pure.

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

const DAY_MS: i64 = 24 * 3_600_000;
/// Readings are at least so far apart, in ms: less would say nothing about the pace.
const APART_MS: i64 = 20 * 3_600_000;
/// How far back readings count: the pace of the last weeks, in ms.
const MEMORY_MS: i64 = 28 * DAY_MS;
/// From less than that nothing is foreseen, in ms.
const LEAST_SPAN_MS: i64 = 3 * DAY_MS;
/// From fewer pads than that nothing is foreseen.
const LEAST_PADS: u32 = 3;

/// What CoderPad said of the plan at one time. Counts the pads of everyone who shares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QuotaReading {
    /// In ms since the epoch.
    pub at_ms: i64,
    /// The pads created since the last reset.
    pub used: u32,
    /// When the billing cycle began, in ms since the epoch.
    pub reset_ms: i64,
}

/// The readings of the last weeks, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QuotaReadings(Vec<QuotaReading>);

/// What will be needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuotaForecast {
    /// About how many pads.
    pub needed: u32,
    /// When the plan resets, in ms since the epoch. Inferred: CoderPad gives only the last reset, and
    /// a cycle is taken to be a month (contracts/coderpad.md, 3).
    pub until_ms: i64,
}

impl QuotaReadings {
    /// These with one more; `None` if it adds nothing yet.
    #[must_use]
    pub fn with(&self, reading: QuotaReading) -> Option<Self> {
        if let Some(last) = self.0.last() {
            let begins_a_cycle = reading.reset_ms != last.reset_ms;
            if !begins_a_cycle && reading.at_ms.saturating_sub(last.at_ms) < APART_MS {
                return None;
            }
        }
        let oldest = reading.at_ms.saturating_sub(MEMORY_MS);
        let kept = self
            .0
            .iter()
            .filter(|it| (oldest..reading.at_ms).contains(&it.at_ms));
        Some(Self(kept.copied().chain([reading]).collect()))
    }

    /// The pads needed at the pace of the last weeks, and at least one for each of the `waiting`
    /// candidates. `None` if too little is known.
    #[must_use]
    pub fn forecast(&self, now: QuotaReading, waiting: u32) -> Option<QuotaForecast> {
        let until_ms = next_reset(now.reset_ms, now.at_ms)?;
        let (pads, span_ms) = self.pace(now);
        if span_ms < LEAST_SPAN_MS || pads < LEAST_PADS {
            return None;
        }
        let left_ms = i128::from(until_ms.saturating_sub(now.at_ms));
        let expected = (i128::from(pads) * left_ms + i128::from(span_ms) / 2) / i128::from(span_ms);
        let expected = u32::try_from(expected).unwrap_or(u32::MAX);
        Some(QuotaForecast {
            needed: expected.max(waiting),
            until_ms,
        })
    }

    /// How many pads were created, and in how many ms: from the beginning of the first reading's
    /// cycle, when none had been.
    fn pace(&self, now: QuotaReading) -> (u32, i64) {
        let since_ms = self.0.first().unwrap_or(&now).reset_ms;
        let (mut pads, mut before) = (0_u32, None);
        for reading in self.0.iter().chain([&now]) {
            let already = match before {
                Some((reset_ms, used)) if reset_ms == reading.reset_ms => used,
                _ => 0,
            };
            pads = pads.saturating_add(reading.used.saturating_sub(already));
            before = Some((reading.reset_ms, reading.used));
        }
        (pads, now.at_ms.saturating_sub(since_ms))
    }
}

/// A month after a reset. `None` if that is past: then a cycle isn't a month.
fn next_reset(reset_ms: i64, now_ms: i64) -> Option<i64> {
    let reset = Timestamp::from_millisecond(reset_ms).ok()?;
    let next = reset
        .to_zoned_datetime(TimeZone::UTC)
        .checked_add(Span::new().months(1))
        .ok()?;
    let next_ms = next.timestamp().as_millisecond();
    (next_ms > now_ms).then_some(next_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The beginning of November 2026, in ms since the epoch.
    const NOVEMBER: i64 = 1_793_491_200_000;
    const DECEMBER: i64 = NOVEMBER + 30 * DAY_MS;

    fn reading(day: i64, used: u32) -> QuotaReading {
        QuotaReading {
            at_ms: NOVEMBER + day * DAY_MS,
            used,
            reset_ms: if day < 30 { NOVEMBER } else { DECEMBER },
        }
    }

    fn readings(all: &[QuotaReading]) -> QuotaReadings {
        all.iter().fold(QuotaReadings::default(), |readings, each| {
            readings.with(*each).unwrap_or(readings)
        })
    }

    #[test]
    fn the_first_reading_foresees_the_rest_of_its_month() {
        let forecast = QuotaReadings::default().forecast(reading(10, 6), 0);
        let expected = QuotaForecast {
            needed: 12,
            until_ms: DECEMBER,
        };
        assert_eq!(forecast, Some(expected));
    }

    #[test]
    fn the_pace_goes_on_over_a_reset() {
        let before = readings(&[reading(20, 40), reading(29, 58)]);
        // 58 in November and 6 in two days of December: two a day, for 29 days.
        let forecast = before.forecast(reading(32, 6), 0).unwrap();
        assert_eq!(forecast.needed, 58, "{forecast:?}");
        assert_eq!(forecast.until_ms, DECEMBER + 31 * DAY_MS);
    }

    #[test]
    fn a_cycle_longer_than_a_month_is_not_continued() {
        let now = QuotaReading {
            at_ms: NOVEMBER + 40 * DAY_MS,
            ..reading(20, 40)
        };
        assert_eq!(QuotaReadings::default().forecast(now, 0), None);
    }

    #[test]
    fn those_who_wait_are_counted_however_slow_the_pace() {
        let forecast = QuotaReadings::default()
            .forecast(reading(20, 4), 9)
            .unwrap();
        assert_eq!(forecast.needed, 9);
    }

    #[test]
    fn a_few_days_or_pads_foresee_nothing() {
        for now in [reading(2, 30), reading(20, 2), reading(0, 0)] {
            assert_eq!(QuotaReadings::default().forecast(now, 5), None, "{now:?}");
        }
    }

    #[test]
    fn a_clock_or_a_service_gone_mad_foresees_nothing() {
        for (at_ms, reset_ms) in [
            (i64::MAX, i64::MIN),
            (i64::MIN, i64::MAX),
            (NOVEMBER, i64::MAX),
            (NOVEMBER, NOVEMBER + DAY_MS),
            (NOVEMBER, 0),
        ] {
            let now = QuotaReading {
                at_ms,
                used: u32::MAX,
                reset_ms,
            };
            assert_eq!(QuotaReadings::default().forecast(now, 0), None, "{now:?}");
            let _ = readings(&[reading(3, 5), now]).forecast(now, 0);
        }
    }

    #[test]
    fn a_pad_that_is_given_back_is_no_pace_below_zero() {
        let before = readings(&[reading(5, 20)]);
        let forecast = before.forecast(reading(10, 18), 0).unwrap();
        assert_eq!(forecast.needed, 40, "{forecast:?}");
    }

    #[test]
    fn readings_are_a_day_apart_and_at_most_a_month_of_them_is_kept() {
        let mut kept = QuotaReadings::default();
        for hour in 0..24 * 60 {
            let at = QuotaReading {
                at_ms: NOVEMBER + hour * 3_600_000,
                ..reading(0, u32::try_from(hour).unwrap())
            };
            kept = kept.with(at).unwrap_or(kept);
        }
        assert!((28..=35).contains(&kept.0.len()), "{}", kept.0.len());
    }
}
