//! When an interview is planned, as Lever says, who was invited to which time, its reminders, the
//! check before it, and who comes. Pure.

pub mod attendance;
pub mod invited;
pub(crate) mod known;
pub mod readiness;
mod reminder;

use lever::{Interview, StageId};

pub use reminder::{Reminder, SentReminders, due, next_ms};

/// How long an interview is taken to last when Lever doesn't say, in minutes.
const USUAL_MINUTES: u32 = 60;
const MINUTE_MS: i64 = 60_000;

/// When an interview is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// When it begins, in ms since the epoch.
    pub starts_ms: i64,
    /// When it ends, in ms since the epoch.
    pub ends_ms: i64,
}

/// The interview that a pad is for, among all of a candidacy. Called-off ones don't count, nor
/// those that were over before there was a pad. Those planned in the candidate's own stage come
/// first; of these the next one that is not over, or else the last.
#[must_use]
pub fn choose(
    interviews: &[Interview],
    stage: Option<&StageId>,
    pad_since_ms: i64,
    now_ms: i64,
) -> Option<Plan> {
    let standing: Vec<(&Interview, Plan)> = interviews
        .iter()
        .filter(|interview| interview.canceled_at_ms.is_none())
        .filter_map(|interview| Some((interview, plan(interview)?)))
        .filter(|(_, plan)| plan.ends_ms >= pad_since_ms)
        .collect();
    let of_stage =
        |(interview, _): &&(&Interview, Plan)| stage.is_some() && interview.stage.as_ref() == stage;
    let mut fitting: Vec<Plan> = standing
        .iter()
        .filter(of_stage)
        .map(|(_, plan)| *plan)
        .collect();
    if fitting.is_empty() {
        fitting = standing.iter().map(|(_, plan)| *plan).collect();
    }
    let next = fitting.iter().filter(|plan| plan.ends_ms > now_ms);
    next.min_by_key(|plan| plan.starts_ms)
        .or_else(|| fitting.iter().max_by_key(|plan| plan.starts_ms))
        .copied()
}

fn plan(interview: &Interview) -> Option<Plan> {
    let starts_ms = interview.starts_at_ms?;
    let minutes = interview
        .duration_minutes
        .filter(|minutes| *minutes > 0)
        .unwrap_or(USUAL_MINUTES);
    Some(Plan {
        starts_ms,
        ends_ms: starts_ms.saturating_add(i64::from(minutes) * MINUTE_MS),
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
            "duration": 30, "stage": stage, "canceledAt": canceled}))
        .unwrap()
    }

    fn chosen(interviews: &[Interview], now_hour: i64) -> Option<i64> {
        let stage = StageId::new("phone");
        let plan = choose(interviews, Some(&stage), 5 * HOUR, now_hour * HOUR);
        plan.map(|plan| plan.starts_ms / HOUR)
    }

    #[test]
    fn the_next_one_of_the_stage_is_meant_and_called_off_ones_are_not() {
        let (phone, other) = ("phone", "onsite");
        let all = [
            interview(2, phone, false),
            interview(20, phone, true),
            interview(30, phone, false),
            interview(40, phone, false),
            interview(10, other, false),
        ];
        assert_eq!(chosen(&all, 6), Some(30));
        assert_eq!(chosen(&all, 35), Some(40), "the first is over");
        assert_eq!(chosen(&all, 50), Some(40), "all are over: the last");
        assert_eq!(
            chosen(&all[..1], 6),
            None,
            "it was over before the pad was made"
        );
        assert_eq!(chosen(&all[4..], 6), Some(10), "none is of the stage");
        assert_eq!(chosen(&[], 6), None);
    }

    #[test]
    fn an_interview_needs_a_time_and_lasts_an_hour_without_a_length() {
        let bare = json!({"id": "i"});
        let bare: Interview = serde_json::from_value(bare).unwrap();
        assert_eq!(chosen(&[bare], 0), None);
        let short = json!({"id": "i", "date": 7 * HOUR});
        let short: Interview = serde_json::from_value(short).unwrap();
        let plan = choose(&[short], None, 0, 0).unwrap();
        assert_eq!(plan.ends_ms - plan.starts_ms, HOUR);
    }
}
