//! The hours in which nothing is shown.

use serde::{Deserialize, Serialize};

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// A time of every day, by this computer's clock, in minutes since midnight. One that ends before
/// it begins goes over midnight; one that ends when it begins is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QuietHours {
    /// Its first minute.
    pub from_minute: u16,
    /// The first minute after it.
    pub to_minute: u16,
}

impl QuietHours {
    /// How many minutes are left of it at a minute of the day; `None`: it isn't quiet then.
    #[must_use]
    pub fn minutes_left(self, minute: u16) -> Option<u16> {
        let [from, to, now] = [self.from_minute, self.to_minute, minute].map(|each| each % DAY);
        let length = (to + DAY - from) % DAY;
        let since = (now + DAY - from) % DAY;
        (since < length).then(|| length - since)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(from: u16, to: u16, at: u16) -> Option<u16> {
        let hours = QuietHours {
            from_minute: from * 60,
            to_minute: to * 60,
        };
        hours.minutes_left(at * 60)
    }

    #[test]
    fn a_night_goes_over_midnight() {
        assert_eq!(left(22, 7, 21), None);
        assert_eq!(left(22, 7, 22), Some(9 * 60));
        assert_eq!(left(22, 7, 0), Some(7 * 60));
        assert_eq!(left(22, 7, 6), Some(60));
        assert_eq!(left(22, 7, 7), None);
    }

    #[test]
    fn a_break_at_noon_does_not() {
        assert_eq!(left(12, 13, 11), None);
        assert_eq!(left(12, 13, 12), Some(60));
        assert_eq!(left(12, 13, 13), None);
    }

    #[test]
    fn what_ends_when_it_begins_is_never() {
        for hour in 0..24 {
            assert_eq!(left(8, 8, hour), None);
        }
    }

    #[test]
    fn no_number_can_break_it() {
        for (from, to, at) in [(u16::MAX, 0, u16::MAX), (0, u16::MAX, 1), (1440, 2880, 0)] {
            let hours = QuietHours {
                from_minute: from,
                to_minute: to,
            };
            assert!(hours.minutes_left(at).is_none_or(|left| left <= DAY));
        }
    }
}
