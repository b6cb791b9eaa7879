use serde::Deserialize;
use transport::Listed;

use crate::{EnvironmentId, QuestionId, date, lenient};

/// One question or language that was opened in a pad, with its files
/// (contracts/coderpad.md, 2.6).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Environment {
    /// The id.
    pub id: EnvironmentId,
    /// The question, if it came from one.
    #[serde(
        rename = "question_id",
        default,
        deserialize_with = "lenient::or_default"
    )]
    pub question: Option<QuestionId>,
    /// The language, such as `python`.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub language: Option<String>,
    /// Its files: one for a plain language, many for a framework.
    #[serde(
        rename = "file_contents",
        default,
        deserialize_with = "lenient::null_as_empty"
    )]
    pub files: Listed<EnvironmentFile>,
    /// When it was opened, in ms since the epoch.
    #[serde(rename = "created_at", default, deserialize_with = "date::optional_ms")]
    pub created_at_ms: Option<i64>,
    /// When it was last written to, in ms since the epoch.
    #[serde(rename = "updated_at", default, deserialize_with = "date::optional_ms")]
    pub updated_at_ms: Option<i64>,
}

/// A file of an environment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct EnvironmentFile {
    /// The path within the project, such as `main.py`. A stranger may have chosen it: it is a
    /// name to show, not a place to write to.
    pub path: String,
    /// The text. `None` for a binary file. The documents disagree whether it is the first or the
    /// last text: where there is a history, replay it.
    #[serde(default)]
    pub contents: Option<String>,
    /// Whether it isn't text.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub binary: bool,
    /// Where the log of its edits lies, once it was edited: on another host, see
    /// [`crate::history`].
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub history: Option<String>,
}
