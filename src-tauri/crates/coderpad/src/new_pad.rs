use crate::{QuestionId, TeamId};

/// A pad to be made. What is `None` or empty is left to the account's own defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewPad {
    /// The title. Cut to 255 characters when it is sent: a longer one is refused
    /// (contracts/coderpad.md, 2.2). The candidate may see it.
    pub title: String,
    /// The language, such as `python`. An unknown one is refused by the service.
    pub language: Option<String>,
    /// Notes in markdown that the candidate doesn't see.
    pub notes: String,
    /// The question whose language and contents the pad takes.
    pub question: Option<QuestionId>,
    /// The starting code. The service refuses it together with a question.
    pub contents: Option<String>,
    /// Whether the candidate waits to be let in.
    pub private: Option<bool>,
    /// Whether code can be run.
    pub execution_enabled: Option<bool>,
    /// The person who shall own the pad. Organization owners only.
    pub owner_email: Option<String>,
    /// The team that shall have the pad. Organization owners only.
    pub team: Option<TeamId>,
}

/// The longest title, in characters.
const LONGEST_TITLE: usize = 255;

/// The title as it may be sent.
pub(crate) fn cut_title(title: &str) -> String {
    title.chars().take(LONGEST_TITLE).collect()
}
