use serde::Deserialize;
use transport::Listed;

use crate::{QuestionId, date, lenient};

/// A question of the account's own collection (contracts/coderpad.md, 3).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Question {
    /// The id.
    pub id: QuestionId,
    /// The title.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub title: Option<String>,
    /// The language. `None` when it fits any.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub language: Option<String>,
    /// What interviewers read about it.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub description: Option<String>,
    /// Who wrote it.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub owner_email: Option<String>,
    /// The pads it is for: `any`, `live` or `take_home`.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub pad_type: Option<String>,
    /// Whether it is for take-home pads (the older way to say it).
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub take_home: bool,
    /// Whether it isn't ready.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub is_draft: bool,
    /// When it was last written to, in ms since the epoch.
    #[serde(rename = "updated_at", default, deserialize_with = "date::optional_ms")]
    pub updated_at_ms: Option<i64>,
}

/// Questions as far as they were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Questions {
    /// In the service's order.
    pub questions: Vec<Question>,
    /// Whether these are all.
    pub complete: bool,
}

/// One page of questions.
#[derive(Debug, Deserialize)]
pub(crate) struct QuestionPage {
    pub(crate) questions: Listed<Question>,
    #[serde(default)]
    pub(crate) next_page: Option<String>,
}
