use jiff::Timestamp;
use jiff::tz::TimeZone;
use lever::{Interview, StageId};

/// How long an interview is taken to last when Lever doesn't say, in minutes.
const USUAL_MINUTES: u32 = 60;
const MINUTE_MS: i64 = 60_000;

/// The interview that a candidate is invited to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// When it begins, in ms since the epoch.
    pub starts_ms: i64,
    /// The time zone it was planned in, such as `Europe/Lisbon`; `None`: this computer's.
    pub zone: Option<String>,
    /// The names of those who ask the questions.
    pub interviewers: Vec<String>,
}

/// The next interview that is neither over nor called off; one of the candidate's own stage comes
/// before all others.
#[must_use]
pub fn next_meeting(
    interviews: &[Interview],
    stage: Option<&StageId>,
    now_ms: i64,
) -> Option<Meeting> {
    let to_come: Vec<(&Interview, i64)> = interviews
        .iter()
        .filter(|interview| interview.canceled_at_ms.is_none())
        .filter_map(|interview| Some((interview, interview.starts_at_ms?)))
        .filter(|(interview, starts_ms)| {
            let minutes = interview.duration_minutes.unwrap_or(USUAL_MINUTES);
            starts_ms.saturating_add(i64::from(minutes) * MINUTE_MS) > now_ms
        })
        .collect();
    let of_stage = |interview: &Interview| stage.is_some() && interview.stage.as_ref() == stage;
    to_come
        .into_iter()
        .min_by_key(|(interview, starts_ms)| (!of_stage(interview), *starts_ms))
        .map(|(interview, starts_ms)| Meeting {
            starts_ms,
            zone: interview.timezone.clone(),
            interviewers: interview
                .interviewers
                .iter()
                .map(|person| person.name.trim().to_owned())
                .filter(|name| !name.is_empty())
                .collect(),
        })
}

impl Meeting {
    /// Day, time and time zone, so that nobody has to guess whose time it is.
    #[must_use]
    pub fn in_words(&self) -> String {
        let named = self
            .zone
            .as_deref()
            .and_then(|name| TimeZone::get(name).ok());
        let zone = named.unwrap_or_else(TimeZone::system);
        let Ok(moment) = Timestamp::from_millisecond(self.starts_ms) else {
            return String::new();
        };
        let moment = moment.to_zoned_datetime(zone);
        let place = moment.time_zone().iana_name().map(str::to_owned);
        let when = moment.strftime("%A, %-d %B %Y, %H:%M").to_string();
        let offset = moment.strftime("UTC%:z").to_string();
        match place {
            Some(place) => format!("{when} ({place}, {offset})"),
            None => format!("{when} ({offset})"),
        }
    }

    /// The names as one says them.
    #[must_use]
    pub(super) fn interviewers_in_words(&self) -> String {
        match self.interviewers.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const HOUR: i64 = 3_600_000;

    fn interview(at_hour: i64, stage: &str, canceled: bool) -> Interview {
        let canceled = canceled.then_some(1);
        serde_json::from_value(json!({"id": format!("i{at_hour}"), "date": at_hour * HOUR,
            "duration": 30, "stage": stage, "canceledAt": canceled, "timezone": "Europe/Lisbon",
            "interviewers": [{"id": "u1", "name": "Ines Pereira"}, {"id": "u2"}]}))
        .unwrap()
    }

    fn meeting(zone: Option<&str>) -> Meeting {
        Meeting {
            starts_ms: 1_796_135_400_000,
            zone: zone.map(str::to_owned),
            interviewers: Vec::new(),
        }
    }

    #[test]
    fn the_next_interview_of_the_stage_that_still_stands_is_chosen() {
        let stage = StageId::new("phone");
        let all = [
            interview(1, "phone", false),
            interview(4, "onsite", false),
            interview(5, "phone", true),
            interview(6, "phone", false),
        ];
        let next = |now_hour| next_meeting(&all, Some(&stage), now_hour * HOUR);
        let found = next(2).unwrap();
        assert_eq!(found.starts_ms, 6 * HOUR);
        assert_eq!(
            found.interviewers,
            ["Ines Pereira"],
            "the nameless are left out"
        );
        assert_eq!(
            next_meeting(&all, None, 2 * HOUR).unwrap().starts_ms,
            4 * HOUR
        );
        assert_eq!(next(7), None);
    }

    #[test]
    fn an_interview_can_be_invited_to_until_its_planned_end() {
        const MINUTE: i64 = 60_000;
        let end = HOUR + 30 * MINUTE;
        let all = [interview(1, "phone", false)];
        assert!(next_meeting(&all, None, end - 1).is_some());
        assert!(next_meeting(&all, None, end).is_none());
        let mut unknown = interview(1, "phone", false);
        unknown.duration_minutes = None;
        let usual = HOUR + i64::from(USUAL_MINUTES) * MINUTE;
        let unknown = [unknown];
        assert!(next_meeting(&unknown, None, usual - 1).is_some());
        assert!(next_meeting(&unknown, None, usual).is_none());
    }

    #[test]
    fn a_time_is_told_in_the_zone_it_was_planned_in() {
        let words = meeting(Some("Europe/Lisbon")).in_words();
        assert_eq!(
            words,
            "Tuesday, 1 December 2026, 14:30 (Europe/Lisbon, UTC+00:00)"
        );
        let words = meeting(Some("Asia/Kolkata")).in_words();
        assert!(
            words.ends_with("20:00 (Asia/Kolkata, UTC+05:30)"),
            "{words}"
        );
    }

    #[test]
    fn a_zone_that_does_not_exist_does_not_lose_the_time() {
        let words = meeting(Some("Mars/Olympus")).in_words();
        assert!(
            words.contains("December 2026") && words.contains("UTC"),
            "{words}"
        );
    }

    #[test]
    fn interviewers_are_listed_as_one_says_them() {
        let of = |names: &[&str]| Meeting {
            interviewers: names.iter().map(|name| (*name).to_owned()).collect(),
            ..meeting(None)
        };
        assert_eq!(of(&[]).interviewers_in_words(), "");
        assert_eq!(of(&["Ann"]).interviewers_in_words(), "Ann");
        assert_eq!(
            of(&["Ann", "Bo", "Cy"]).interviewers_in_words(),
            "Ann, Bo and Cy"
        );
    }
}
