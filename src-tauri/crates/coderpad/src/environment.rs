use serde::Deserialize;
use transport::Listed;

use crate::{EnvironmentId, lenient};

/// One question or language that was opened in a pad, with its files
/// (contracts/coderpad.md, 2.6).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Environment {
    /// One of [`crate::Pad::environments`].
    pub id: EnvironmentId,
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
    /// True if it isn't text.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub binary: bool,
    /// Where the log of its edits lies, once it was edited: on another host, see
    /// [`crate::history`].
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub history: Option<String>,
}
