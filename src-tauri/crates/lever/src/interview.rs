use serde::Deserialize;

use crate::lenient::{self, or_default};
use crate::{InterviewId, StageId};

/// One conversation with a candidate (contracts/lever.md, 4.1).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Interview {
    /// Stays the same when the interview is moved to another time.
    pub id: InterviewId,
    /// The people who ask the questions, in Lever's order.
    #[serde(default, deserialize_with = "lenient::list")]
    pub interviewers: Vec<Interviewer>,
    /// When it begins, in ms since the epoch.
    #[serde(default, rename = "date", deserialize_with = "or_default")]
    pub starts_at_ms: Option<i64>,
    /// How long it lasts, in minutes.
    #[serde(default, rename = "duration", deserialize_with = "or_default")]
    pub duration_minutes: Option<u32>,
    /// The time zone it was planned in, such as `Europe/Lisbon`.
    #[serde(default, deserialize_with = "lenient::named")]
    pub timezone: Option<String>,
    /// The stage in which it was planned.
    #[serde(default, deserialize_with = "lenient::reference")]
    pub stage: Option<StageId>,
    /// When it was canceled, in ms since the epoch.
    #[serde(default, rename = "canceledAt", deserialize_with = "or_default")]
    pub canceled_at_ms: Option<i64>,
}

/// A person who asks the questions.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Interviewer {
    /// The full name. May be empty.
    #[serde(default, deserialize_with = "or_default")]
    pub name: String,
}

/// Interviews that were planned together. Only here are the replies of those who were asked to hold
/// them (contracts/lever.md, 4.1).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Panel {
    /// When it was canceled, in ms since the epoch.
    #[serde(default, rename = "canceledAt", deserialize_with = "or_default")]
    pub canceled_at_ms: Option<i64>,
    /// The conversations.
    #[serde(default, deserialize_with = "lenient::list")]
    pub interviews: Vec<PanelInterview>,
}

/// One conversation of a panel.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PanelInterview {
    /// When it begins, in ms since the epoch.
    #[serde(default, rename = "date", deserialize_with = "or_default")]
    pub starts_at_ms: Option<i64>,
    /// Who was asked to hold it. `None`: Lever doesn't say.
    #[serde(default, deserialize_with = "or_default")]
    pub interviewers: Option<Vec<Invited>>,
}

/// A person who was asked to hold an interview.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Invited {
    /// The reply to the calendar's invitation, in the calendar's word.
    #[serde(default, rename = "responseStatus", deserialize_with = "or_default")]
    pub reply: Option<String>,
}

impl Invited {
    /// Returns true if this person said no. No other word says so.
    #[must_use]
    pub fn has_declined(&self) -> bool {
        self.reply
            .as_deref()
            .is_some_and(|reply| reply.eq_ignore_ascii_case("declined"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn who_declined_is_told_from_who_has_not_replied() {
        let panel = json!({"id": "p", "canceledAt": null, "interviews": [
            {"id": "i", "date": 5, "interviewers": [
                {"id": "u", "name": "Sam", "responseStatus": "Declined"},
                {"id": "v", "name": "Kim", "responseStatus": "needsAction"},
                {"id": "w", "name": "Lou"}]},
            {"id": "j"}, 7]});
        let panel: Panel = serde_json::from_value(panel).unwrap();
        let [first, second] = &panel.interviews[..] else {
            panic!("{panel:?}")
        };
        let replies = first.interviewers.as_deref().unwrap().iter();
        let declined: Vec<bool> = replies.map(Invited::has_declined).collect();
        assert_eq!(declined, [true, false, false]);
        assert_eq!((first.starts_at_ms, &second.interviewers), (Some(5), &None));
    }
}
