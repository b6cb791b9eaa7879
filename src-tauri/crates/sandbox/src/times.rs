//! Times, as the services write them.

use std::time::{Duration, UNIX_EPOCH};

use jiff::{Timestamp, ZonedDateTime, tz};

/// `2026-03-02T09:00:00Z`: as pads and events write it (contracts/coderpad.md, 2.3).
pub(crate) fn in_whole_seconds(ms: i64) -> String {
    at(ms, 0).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `2026-03-02T10:00:00.123+01:00`: as environments write it (contracts/coderpad.md, 2.6).
pub(crate) fn with_offset(ms: i64, hours: i8) -> String {
    at(ms, hours)
        .strftime("%Y-%m-%dT%H:%M:%S.%3f%:z")
        .to_string()
}

/// The `Date` header.
pub(crate) fn as_http_date(ms: i64) -> String {
    let since = Duration::from_millis(u64::try_from(ms).unwrap_or(0));
    httpdate::fmt_http_date(UNIX_EPOCH + since)
}

/// The first millisecond of the month.
pub(crate) fn start_of_month(ms: i64) -> i64 {
    let first = at(ms, 0)
        .first_of_month()
        .and_then(|day| day.start_of_day());
    first.map_or(ms, |first| first.timestamp().as_millisecond())
}

/// That time in a zone so many hours east of UTC.
fn at(ms: i64, hours: i8) -> ZonedDateTime {
    let time = Timestamp::from_millisecond(ms).unwrap_or_default();
    time.to_zoned_datetime(tz::offset(hours).to_time_zone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_the_services_write_them() {
        assert_eq!(in_whole_seconds(0), "1970-01-01T00:00:00Z");
        assert_eq!(in_whole_seconds(1_709_210_096_789), "2024-02-29T12:34:56Z");
        assert_eq!(
            with_offset(1_767_225_600_123, 1),
            "2026-01-01T01:00:00.123+01:00"
        );
        assert_eq!(
            as_http_date(1_767_225_600_123),
            "Thu, 01 Jan 2026 00:00:00 GMT"
        );
    }

    #[test]
    fn a_month_starts_on_its_first_day_at_midnight() {
        assert_eq!(
            in_whole_seconds(start_of_month(1_709_210_096_789)),
            "2024-02-01T00:00:00Z"
        );
    }
}
