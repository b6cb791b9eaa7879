//! Days by the calendar of the place where the person is.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

/// An interview that was to begin so long ago, in ms, and whose pad is open still, was hardly held.
const LONG_AGO_MS: i64 = 12 * 3_600_000;

/// From when on and until when an interview that isn't over counts as one of today, in ms since the
/// epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Today {
    /// The beginning of the day, or twelve hours ago if that is later.
    pub since_ms: i64,
    /// The beginning of tomorrow.
    pub until_ms: i64,
}

impl Today {
    #[must_use]
    pub fn at(now_ms: i64, zone: &TimeZone) -> Self {
        let begins = local(now_ms, zone).and_then(|now| now.start_of_day().ok());
        let long_ago = now_ms.saturating_sub(LONG_AGO_MS);
        Self {
            since_ms: begins.map_or(long_ago, |at| long_ago.max(at.timestamp().as_millisecond())),
            until_ms: tomorrow_begins(now_ms, zone).unwrap_or(i64::MAX),
        }
    }
}

/// When tomorrow begins there, in ms since the epoch; `None` at the end of all calendars.
#[must_use]
pub fn tomorrow_begins(now_ms: i64, zone: &TimeZone) -> Option<i64> {
    let tomorrow = local(now_ms, zone)?.date().tomorrow().ok()?;
    let begins = tomorrow.to_zoned_datetime(zone.clone()).ok()?;
    Some(begins.timestamp().as_millisecond())
}

fn local(at_ms: i64, zone: &TimeZone) -> Option<ZonedDateTime> {
    let at = Timestamp::from_millisecond(at_ms).ok()?;
    Some(at.to_zoned_datetime(zone.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    #[test]
    fn today_begins_at_midnight_and_in_the_evening_twelve_hours_ago() {
        // The clocks of Berlin are an hour ahead.
        let zone = TimeZone::fixed(jiff::tz::offset(1));
        let midnight = 1_772_530_000_000 / (24 * HOUR) * (24 * HOUR) - HOUR;
        for (hour, since) in [(0, 0), (9, 0), (12, 0), (20, 8), (23, 11)] {
            let today = Today::at(midnight + hour * HOUR, &zone);
            assert_eq!(today.since_ms, midnight + since * HOUR, "at {hour}");
            assert_eq!(today.until_ms, midnight + 24 * HOUR, "at {hour}");
        }
    }

    #[test]
    fn where_the_calendar_ends_everything_to_come_is_today() {
        let today = Today::at(i64::MAX, &TimeZone::UTC);
        assert_eq!(today.until_ms, i64::MAX);
    }
}
