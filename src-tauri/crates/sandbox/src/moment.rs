//! When something happens, and where its ids come from.

use std::time::{Duration, UNIX_EPOCH};

use crate::ids::Ids;

/// The time of what is being done, with a source of ids.
pub(crate) struct Moment<'a> {
    /// ms since the epoch.
    pub(crate) now: i64,
    pub(crate) ids: &'a mut Ids,
}

/// A date and time of the calendar, UTC.
struct Calendar {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    ms: i64,
}

/// `2026-03-02T09:00:00Z`: as pads and events write it (contracts/coderpad.md, 2.3).
pub(crate) fn in_whole_seconds(ms: i64) -> String {
    let c = calendar(ms);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        c.year, c.month, c.day, c.hour, c.minute, c.second
    )
}

/// `2026-03-02T10:00:00.123+01:00`: as environments write it (contracts/coderpad.md, 2.6).
pub(crate) fn with_offset(ms: i64, hours: i64) -> String {
    let c = calendar(ms + hours * 3_600_000);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}+{hours:02}:00",
        c.year, c.month, c.day, c.hour, c.minute, c.second, c.ms
    )
}

/// The `Date` header.
pub(crate) fn as_http_date(ms: i64) -> String {
    let since = Duration::from_millis(u64::try_from(ms).unwrap_or(0));
    httpdate::fmt_http_date(UNIX_EPOCH + since)
}

/// The first millisecond of the month.
pub(crate) fn start_of_month(ms: i64) -> i64 {
    let c = calendar(ms);
    let in_month =
        ((c.day - 1) * 24 + c.hour) * 3_600_000 + (c.minute * 60 + c.second) * 1000 + c.ms;
    ms - in_month
}

/// Days since the epoch become a date by counting from 1 March of year 0, so that the leap day is
/// the last of its year and 400 years are a whole cycle.
fn calendar(ms: i64) -> Calendar {
    let (days, in_day) = (ms.div_euclid(86_400_000), ms.rem_euclid(86_400_000));
    let shifted = days + 719_468;
    let (cycle, of_cycle) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (of_cycle - of_cycle / 1460 + of_cycle / 36_524 - of_cycle / 146_096) / 365;
    let of_year = of_cycle - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    Calendar {
        year: year + cycle * 400 + i64::from(month <= 2),
        month,
        day: of_year - (153 * from_march + 2) / 5 + 1,
        hour: in_day / 3_600_000,
        minute: in_day / 60_000 % 60,
        second: in_day / 1000 % 60,
        ms: in_day % 1000,
    }
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
