//! The reminders before an interview, and when they are due.

use jiff::civil::time;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::Plan;
use crate::settings::ReminderSettings;

/// A reminder before an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reminder {
    /// It begins soon.
    Soon,
    /// Its link was not sent yet.
    NotSent,
}

/// The hour of the evening before, on the person's own clock.
const EVENING: i8 = 17;
const MINUTE_MS: i64 = 60_000;

/// For which planned starts something was told already, in ms since the epoch. An interview that
/// was moved has another start, and is announced again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SentReminders {
    pub soon_for_ms: Option<i64>,
    pub not_sent_for_ms: Option<i64>,
}

/// The reminders that are due now.
#[must_use]
pub fn due(
    plan: Plan,
    is_sent: bool,
    told: SentReminders,
    settings: &ReminderSettings,
    zone: &TimeZone,
    now_ms: i64,
) -> Option<Reminder> {
    let is_due = |at: Option<(i64, Reminder)>| {
        at.filter(|(at_ms, _)| (*at_ms..plan.starts_ms).contains(&now_ms))
            .map(|(_, reminder)| reminder)
    };
    // Both at once are one: the reminder hands over the link.
    is_due(soon(plan, told, settings))
        .or_else(|| is_due(not_sent(plan, is_sent, told, settings, zone)))
}

/// When the next thing is to be told, in ms since the epoch; it may be due already.
#[must_use]
pub fn next_ms(
    plan: Plan,
    is_sent: bool,
    told: SentReminders,
    settings: &ReminderSettings,
    zone: &TimeZone,
    now_ms: i64,
) -> Option<i64> {
    if now_ms >= plan.starts_ms {
        return None;
    }
    let times = [
        soon(plan, told, settings),
        not_sent(plan, is_sent, told, settings, zone),
    ];
    times.into_iter().flatten().map(|(at_ms, _)| at_ms).min()
}

fn soon(plan: Plan, told: SentReminders, settings: &ReminderSettings) -> Option<(i64, Reminder)> {
    let minutes = settings.minutes_before?;
    let at_ms = plan
        .starts_ms
        .saturating_sub(i64::from(minutes) * MINUTE_MS);
    (told.soon_for_ms != Some(plan.starts_ms)).then_some((at_ms, Reminder::Soon))
}

fn not_sent(
    plan: Plan,
    is_sent: bool,
    told: SentReminders,
    settings: &ReminderSettings,
    zone: &TimeZone,
) -> Option<(i64, Reminder)> {
    let wanted = settings.link_not_sent && !is_sent;
    if !wanted || told.not_sent_for_ms == Some(plan.starts_ms) {
        return None;
    }
    Some((evening_before(plan.starts_ms, zone)?, Reminder::NotSent))
}

fn evening_before(starts_ms: i64, zone: &TimeZone) -> Option<i64> {
    let starts = Timestamp::from_millisecond(starts_ms).ok()?;
    let day = starts.to_zoned_datetime(zone.clone()).date();
    let evening = day
        .checked_sub(1.day())
        .ok()?
        .to_datetime(time(EVENING, 0, 0, 0));
    let evening = zone.to_timestamp(evening).ok()?;
    Some(evening.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 3 March 2026, 10:00 UTC, in ms since the epoch.
    const START: i64 = 1_772_532_000_000;
    const HOUR: i64 = 3_600_000;
    const PLAN: Plan = Plan {
        starts_ms: START,
        ends_ms: START + HOUR,
    };

    fn settings() -> ReminderSettings {
        ReminderSettings {
            minutes_before: Some(15),
            ..ReminderSettings::default()
        }
    }

    fn at(ms: i64, is_sent: bool, told: SentReminders) -> Option<Reminder> {
        due(PLAN, is_sent, told, &settings(), &TimeZone::UTC, ms)
    }

    #[test]
    fn each_has_its_time_and_is_told_once_for_each_start() {
        let none = SentReminders::default();
        let evening = START - 17 * HOUR;
        assert_eq!(at(evening - 1, false, none), None);
        assert_eq!(at(evening, false, none), Some(Reminder::NotSent));
        assert_eq!(at(evening, true, none), None, "it was sent");
        let minutes = 15 * MINUTE_MS;
        let told = SentReminders {
            not_sent_for_ms: Some(START),
            ..none
        };
        assert_eq!(at(START - minutes - 1, false, told), None);
        assert_eq!(at(START - minutes, false, told), Some(Reminder::Soon));
        assert_eq!(at(START - minutes, true, none), Some(Reminder::Soon));
        let both = SentReminders {
            soon_for_ms: Some(START),
            ..told
        };
        assert_eq!(at(START - 1, false, both), None);
        let moved = SentReminders {
            soon_for_ms: Some(START - HOUR),
            ..told
        };
        assert_eq!(at(START - 1, false, moved), Some(Reminder::Soon));
        assert_eq!(at(START, false, none), None, "it has begun");
    }

    #[test]
    fn the_evening_is_that_of_the_persons_own_clock() {
        let zone = TimeZone::fixed(jiff::tz::offset(10));
        // 20:00 on 3 March there: the evening before is 2 March, 17:00, which is 07:00 UTC.
        assert_eq!(evening_before(START, &zone), Some(START - 27 * HOUR));
    }

    #[test]
    fn the_next_time_is_the_earlier_of_both_and_none_after_the_start() {
        let next = |ms, told| next_ms(PLAN, false, told, &settings(), &TimeZone::UTC, ms);
        assert_eq!(next(0, SentReminders::default()), Some(START - 17 * HOUR));
        let told = SentReminders {
            not_sent_for_ms: Some(START),
            soon_for_ms: None,
        };
        assert_eq!(next(0, told), Some(START - 15 * MINUTE_MS));
        assert_eq!(next(START, SentReminders::default()), None);
        let off = ReminderSettings {
            link_not_sent: false,
            ..ReminderSettings::default()
        };
        let zone = TimeZone::UTC;
        assert_eq!(
            next_ms(PLAN, false, SentReminders::default(), &off, &zone, 0),
            None
        );
    }
}
