use serde::Deserialize;

use crate::lenient::{self, or_default};
use crate::{InterviewId, PanelId, StageId, UserId};

/// One conversation with a candidate (contracts/lever.md, 4.1).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Interview {
    /// Its id.
    pub id: InterviewId,
    /// The panel it belongs to.
    #[serde(default, deserialize_with = "or_default")]
    pub panel: Option<PanelId>,
    /// What it is about. May be empty.
    #[serde(default, deserialize_with = "or_default")]
    pub subject: String,
    /// Who asks the questions.
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
    #[serde(default, deserialize_with = "lenient::stage")]
    pub stage: Option<StageId>,
    /// When it was called off, in ms since the epoch.
    #[serde(default, rename = "canceledAt", deserialize_with = "or_default")]
    pub canceled_at_ms: Option<i64>,
}

/// Somebody who asks the questions.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Interviewer {
    /// Who in Lever.
    pub id: UserId,
    /// The name.
    #[serde(default, deserialize_with = "or_default")]
    pub name: String,
    /// The e-mail address.
    #[serde(default, deserialize_with = "lenient::named")]
    pub email: Option<String>,
}

/// One or more interviews that were planned together.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Panel {
    /// Its id.
    pub id: PanelId,
    /// When the first one begins, in ms since the epoch.
    #[serde(default, rename = "start", deserialize_with = "or_default")]
    pub starts_at_ms: Option<i64>,
    /// When the last one ends, in ms since the epoch.
    #[serde(default, rename = "end", deserialize_with = "or_default")]
    pub ends_at_ms: Option<i64>,
    /// When it was called off, in ms since the epoch.
    #[serde(default, rename = "canceledAt", deserialize_with = "or_default")]
    pub canceled_at_ms: Option<i64>,
    /// The time zone it was planned in.
    #[serde(default, deserialize_with = "lenient::named")]
    pub timezone: Option<String>,
    /// The stage in which it was planned.
    #[serde(default, deserialize_with = "lenient::stage")]
    pub stage: Option<StageId>,
    /// Its interviews.
    #[serde(default, deserialize_with = "lenient::list")]
    pub interviews: Vec<Interview>,
}
