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
}
