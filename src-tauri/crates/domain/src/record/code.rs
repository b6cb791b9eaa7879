//! The code of an interview, as it was at the end.

use crate::note::notice::Notice;

/// The code of an interview. Paths and texts are strangers': escape before showing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InterviewCode {
    /// One for each question or language that was opened.
    pub environments: Vec<CodeEnvironment>,
    /// What could not be read.
    pub notices: Vec<Notice>,
}

/// One question or language that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeEnvironment {
    /// The language, by CoderPad's name for it; empty where it didn't say. Any text may come.
    pub language: String,
    /// Whether it was on screen at the end.
    pub on_screen: bool,
    pub files: Vec<CodeFile>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeFile {
    /// The path within the project, in one line; a name to show, not a place to write to.
    pub path: String,
    /// The text at the end; `None`: it can't be shown.
    pub text: Option<String>,
    /// Whether it isn't text.
    pub binary: bool,
    /// What has to be said about it.
    pub remark: Option<Notice>,
}
