//! Quiet hours: nothing is dropped, but what can wait is told when they end.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use padwatch_domain::announcement::News;
use padwatch_domain::quiet_hours::QuietHours;

/// How long it stays quiet; `None`: it isn't.
pub(crate) fn left(hours: Option<QuietHours>, now_ms: i64, zone: &TimeZone) -> Option<Duration> {
    let now = Timestamp::from_millisecond(now_ms).ok()?;
    let now = now.to_zoned_datetime(zone.clone());
    let minute = u16::try_from(i32::from(now.hour()) * 60 + i32::from(now.minute())).ok()?;
    let minutes = hours?.minutes_left(minute)?;
    let into = u64::try_from(now.second()).unwrap_or_default();
    Some(Duration::from_secs(
        (u64::from(minutes) * 60).saturating_sub(into),
    ))
}

/// Whether it can't wait: after the interview, its reminder helps no one.
pub(crate) fn breaks(news: &News) -> bool {
    matches!(
        news,
        News::Reminder { .. } | News::NotReady { .. } | News::Late { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const NIGHT: QuietHours = QuietHours {
        from_minute: 22 * 60,
        to_minute: 7 * 60,
    };

    fn left_at(moment: &str, zone: &str) -> Option<Duration> {
        let moment: Timestamp = moment.parse().unwrap();
        let zone = TimeZone::get(zone).unwrap();
        left(Some(NIGHT), moment.as_millisecond(), &zone)
    }

    #[test]
    fn the_clock_on_the_wall_counts() {
        assert_eq!(left_at("2026-11-24T21:30:00Z", "Europe/Lisbon"), None);
        let berlin = left_at("2026-11-24T21:30:00Z", "Europe/Berlin");
        assert_eq!(berlin, Some(Duration::from_secs(8 * 3600 + 1800)));
    }

    #[test]
    fn the_end_is_met_to_the_second() {
        let last = left_at("2026-11-24T06:59:50Z", "Europe/Lisbon");
        assert_eq!(last, Some(Duration::from_secs(10)));
        assert_eq!(left_at("2026-11-24T07:00:00Z", "Europe/Lisbon"), None);
    }

    #[test]
    fn without_quiet_hours_it_is_never_quiet() {
        assert_eq!(left(None, 0, &TimeZone::UTC), None);
    }
}
