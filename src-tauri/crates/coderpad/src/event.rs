use serde::Deserialize;

use crate::metadata::{self, Metadata};
use crate::{QuestionId, lenient};

/// Something that happened in a pad (contracts/coderpad.md, 2.5).
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Event {
    /// What happened.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub kind: EventKind,
    /// Who did it, as they typed it: strangers' text.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub user_name: Option<String>,
    /// Their account, where they have one.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub user_email: Option<String>,
    /// When, in ms since the epoch.
    #[serde(
        rename = "created_at",
        default,
        deserialize_with = "lenient::optional_ms"
    )]
    pub created_at_ms: Option<i64>,
    /// More about it: a word whose meaning depends on the kind, see [`Event::language`],
    /// [`Event::is_silent`] and [`Event::question`].
    #[serde(default, deserialize_with = "metadata::read")]
    pub metadata: Option<Metadata>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum EventKind {
    /// A person came.
    Joined,
    /// A person left.
    Left,
    /// A person ran the code.
    Ran,
    /// The service counts the interview as started.
    Started,
    /// A person opened a question.
    AddedQuestion,
    /// A person ended the interview.
    Ended,
    /// The service ended it, about seven days after its start.
    AutoEnded,
    /// Another kind, as written. Empty when none was given.
    Other(String),
}

/// What happened in a pad, newest first, as far as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Events {
    /// Newest first.
    pub events: Vec<Event>,
    /// True if these are all.
    pub complete: bool,
}

impl Event {
    /// The language that was run, where the event says one.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        let said = self.metadata.as_ref()?;
        match self.kind {
            EventKind::Ran => said.text("language"),
            _ => None,
        }
    }

    /// Returns true if a person came or left unseen. The documents and the live service name it
    /// differently.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        matches!(self.kind, EventKind::Joined | EventKind::Left)
            && self.metadata.as_ref().is_some_and(|said| {
                ["invisible", "spectator"]
                    .iter()
                    .any(|word| said.says(word))
            })
    }

    /// The question that was opened, where the event says one.
    #[must_use]
    pub fn question(&self) -> Option<QuestionId> {
        let said = self.metadata.as_ref()?;
        match self.kind {
            EventKind::AddedQuestion => said.text("question_id")?.parse().ok().map(QuestionId),
            _ => None,
        }
    }
}

impl Default for EventKind {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

impl From<String> for EventKind {
    fn from(word: String) -> Self {
        match word.as_str() {
            "joined" => Self::Joined,
            "left" => Self::Left,
            "ran" => Self::Ran,
            "started" => Self::Started,
            "added_question" => Self::AddedQuestion,
            "ended" => Self::Ended,
            "auto_ended" => Self::AutoEnded,
            _ => Self::Other(word),
        }
    }
}
