use serde::Deserialize;

use crate::{QuestionId, lenient};

/// A question of the account's own collection (contracts/coderpad.md, 3).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Question {
    /// What [`crate::NewPad::question`] takes.
    pub id: QuestionId,
    /// What interviewers read.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub title: Option<String>,
    /// The language. `None` when it fits any.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub language: Option<String>,
    /// The pads it is for: `any`, `live` or `take_home`.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub pad_type: Option<String>,
    /// True for take-home pads (the older way to say it).
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub take_home: bool,
    /// True until it is ready for use.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub is_draft: bool,
}

/// Questions as far as they were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Questions {
    /// In the service's order.
    pub questions: Vec<Question>,
    /// True if these are all.
    pub complete: bool,
}
