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
