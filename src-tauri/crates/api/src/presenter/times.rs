//! Moments and durations as people say them, by the system's locale. The one place in Rust that
//! writes them for people; the page's is `ui/src/moments.ts`, and both write the same.

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ZonedDateTime};
use padwatch_domain::calendar::tomorrow_begins;

use crate::catalogue::words;
pub use crate::locale::Times;
use crate::locale::{Locale, Style};

/// Of a minute.
const QUARTER: i64 = 15_000;
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// Within so many days, a weekday says which day is meant.
const WEEK: i32 = 7;

impl Times {
    /// A moment near today: "today 2:30 PM", "yesterday 9:10 AM", "Mon 2:30 PM", else the date.
    #[must_use]
    pub fn moment(&self, at_ms: i64, now_ms: i64) -> String {
        let (Some(at), Some(now)) = (self.local(at_ms), self.local(now_ms)) else {
            return words().time_unknown();
        };
        let clock = self.locale.write(&at, Style::Clock);
        match days_between(&now, &at) {
            Some(0) => words().time_today(&clock),
            Some(-1) => words().time_yesterday(&clock),
            Some(1) => words().time_tomorrow(&clock),
            Some(days) if days.abs() < WEEK => {
                words().time_weekday(&self.locale.write(&at, Style::Weekday), &clock)
            }
            _ => self.date(&at, &now),
        }
    }

    /// A day alone, with its year unless it is this one: "Dec 14".
    #[must_use]
    pub(crate) fn day(&self, at_ms: i64, now_ms: i64) -> String {
        match (self.local(at_ms), self.local(now_ms)) {
            (Some(at), Some(now)) => self.date(&at, &now),
            _ => words().time_unknown(),
        }
    }

    fn date(&self, at: &ZonedDateTime, now: &ZonedDateTime) -> String {
        let this_year = at.year() == now.year();
        let style = if this_year {
            Style::Day
        } else {
            Style::DayAndYear
        };
        self.locale.write(at, style)
    }

    /// A moment to come, after "until": the time alone today, and "tomorrow" for its beginning.
    #[must_use]
    pub fn until(&self, at_ms: i64, now_ms: i64) -> String {
        if tomorrow_begins(now_ms, &self.zone) == Some(at_ms) {
            return words().time_tomorrow_alone();
        }
        match (self.local(at_ms), self.local(now_ms)) {
            (Some(at), Some(now)) if at.date() == now.date() => {
                self.locale.write(&at, Style::Clock)
            }
            _ => self.moment(at_ms, now_ms),
        }
    }

    /// Returns true if that moment is on this day, by the calendar here.
    #[must_use]
    pub(crate) fn is_today(&self, at_ms: i64, now_ms: i64) -> bool {
        let day = |ms| self.local(ms).map(|moment| moment.date());
        day(at_ms).is_some_and(|at| day(now_ms) == Some(at))
    }

    /// An appointment with its time zone, so that no one has to guess whose time it is: "Tuesday,
    /// November 24, 2:30 PM (Lisbon time)". `zone`: where it was planned; one that isn't known
    /// gives way to the person's own.
    #[must_use]
    pub fn meeting(&self, at_ms: i64, zone: Option<&str>) -> Option<String> {
        let named = zone.and_then(|name| TimeZone::get(name).ok());
        let zone = named.unwrap_or_else(|| self.zone.clone());
        let at = Timestamp::from_millisecond(at_ms)
            .ok()?
            .to_zoned_datetime(zone);
        Some(self.locale.in_full(&at, Style::DayOfMeeting))
    }

    fn local(&self, at_ms: i64) -> Option<ZonedDateTime> {
        let at = Timestamp::from_millisecond(at_ms).ok()?;
        Some(at.to_zoned_datetime(self.zone.clone()))
    }
}

impl Locale {
    /// A moment of the past for those who read it in years: "November 24, 2026, 2:30 PM (Lisbon
    /// time)".
    pub(crate) fn recorded(&self, at: &ZonedDateTime) -> String {
        self.in_full(at, Style::LongDay)
    }

    fn in_full(&self, at: &ZonedDateTime, day: Style) -> String {
        let (day, clock) = (self.write(at, day), self.write(at, Style::Clock));
        words().time_in_zone(&day, &clock, &zone_name(at))
    }
}

/// How long ago something was, in steps that make a refresh every quarter of a minute enough (once
/// between two checks of Lever), and after a minute every minute.
#[must_use]
pub(crate) fn ago(age_ms: i64) -> String {
    match age_ms {
        ..QUARTER => words().time_just_now(),
        QUARTER..MINUTE => words().time_seconds_ago(age_ms / QUARTER * 15),
        MINUTE..HOUR => words().time_minutes_ago(age_ms / MINUTE),
        HOUR..DAY => words().time_hours_ago(age_ms / HOUR),
        _ => words().time_days_ago(age_ms / DAY),
    }
}

/// After how many ms [`ago`] will say something else.
#[must_use]
pub(crate) fn ago_changes_in(age_ms: i64) -> i64 {
    let step = match age_ms {
        ..MINUTE => QUARTER,
        MINUTE..HOUR => MINUTE,
        HOUR..DAY => HOUR,
        _ => DAY,
    };
    step - age_ms.rem_euclid(step)
}

/// How long something took, within a sentence: "1 hr 20 min".
#[must_use]
pub(crate) fn duration(ms: i64) -> String {
    let minutes = ms / MINUTE;
    match (minutes / 60, minutes % 60) {
        (0, 0) => words().duration_moment_within(),
        (0, minutes) => words().duration_minutes(minutes),
        (hours, 0) => words().duration_hours(hours),
        (hours, minutes) => words().duration_hours_minutes(hours, minutes),
    }
}

/// Whole days by the calendar, so that a change of the clock doesn't count.
fn days_between(from: &ZonedDateTime, to: &ZonedDateTime) -> Option<i32> {
    let apart = from.date().until(to.date()).ok()?;
    Some(apart.get_days())
}

/// "Lisbon time" for Europe/Lisbon. A zone that is named after no place has its offset: names such
/// as Etc/GMT+5 and EST5EDT mislead.
fn zone_name(at: &ZonedDateTime) -> String {
    let name = at.time_zone().iana_name().unwrap_or_default();
    match name.rsplit_once('/') {
        Some((area, place)) if area != "Etc" => words().time_of_place(&place.replace('_', " ")),
        _ => offset_name(at.offset()),
    }
}

fn offset_name(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    match (minutes.abs() / 60, minutes.abs() % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

/// How soon an interview begins, from ms.
#[must_use]
pub(crate) fn begins_in(ms: i64) -> String {
    let minutes = (ms / 60_000).max(0);
    match (minutes / 60, minutes) {
        (0, 0) => words().notice_begins_now(),
        (0, minutes) => words().notice_begins_minutes(minutes),
        (hours, _) => words().notice_begins_hours(hours),
    }
}

#[cfg(test)]
#[path = "times_tests.rs"]
mod tests;
