use exchange::ApiRoot;
use serde::Deserialize;
use serde_json::Value;

use crate::organization::Team;
use crate::{EnvironmentId, PadId, PadLink, QuestionId, date, lenient};

/// A pad, as a read, a list or a creation shows it (contracts/coderpad.md, 2.3).
///
/// Only the id must be there. `title` and `notes` must be text where they are given, since
/// somebody looks for a mark in them and has to know when they could not be read.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Pad {
    /// The id.
    pub id: PadId,
    /// The title.
    #[serde(default)]
    pub title: Option<String>,
    /// How far the interview is. A list may show it up to about a minute late.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub state: PadState,
    /// The account that owns the pad.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub owner_email: Option<String>,
    /// The language, such as `python`.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub language: Option<String>,
    /// The interviewers' notes, in markdown.
    #[serde(default)]
    pub notes: Option<String>,
    /// The code, on old pads alone: today it lies in the environments.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub contents: Option<String>,
    /// Whether the candidate waits to be let in.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub private: Option<bool>,
    /// Whether code can be run.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub execution_enabled: Option<bool>,
    /// Names as people typed them: strangers' text.
    #[serde(default, deserialize_with = "lenient::those_that_fit")]
    pub participants: Vec<String>,
    /// When it was made, in ms since the epoch.
    #[serde(rename = "created_at", default, deserialize_with = "date::optional_ms")]
    pub created_at_ms: Option<i64>,
    /// When it was last written to, in ms since the epoch.
    #[serde(rename = "updated_at", default, deserialize_with = "date::optional_ms")]
    pub updated_at_ms: Option<i64>,
    /// When the interview ended, in ms since the epoch.
    #[serde(rename = "ended_at", default, deserialize_with = "date::optional_ms")]
    pub ended_at_ms: Option<i64>,
    /// The address of the pad's page. See [`Pad::link`] for one that is sure to be there.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub url: Option<String>,
    /// The address of the playback. See [`Pad::playback_link`].
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub playback: Option<String>,
    /// Where the log of edits lies: on another host, see [`crate::history`].
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub history: Option<String>,
    /// The drawing, at an address that is good for five minutes: never keep it.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub drawing: Option<String>,
    /// The environments: one for each question or language that was opened.
    #[serde(
        rename = "pad_environment_ids",
        default,
        deserialize_with = "lenient::those_that_fit"
    )]
    pub environments: Vec<EnvironmentId>,
    /// The environment on screen. Not set just after the creation.
    #[serde(
        rename = "active_environment_id",
        default,
        deserialize_with = "lenient::or_default"
    )]
    pub active_environment: Option<EnvironmentId>,
    /// `live`, or a kind of take-home.
    #[serde(rename = "type", default, deserialize_with = "lenient::or_default")]
    pub kind: Option<String>,
    /// The questions that were used.
    #[serde(
        rename = "question_ids",
        default,
        deserialize_with = "lenient::those_that_fit"
    )]
    pub questions: Vec<QuestionId>,
    /// The team it belongs to.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub team: Option<Team>,
    /// CoderPad's own outline of the interview, in a form that is not documented.
    #[serde(rename = "interview_outline", default)]
    pub outline: Option<Value>,
    /// CoderPad's own highlights of the interview, in a form that is not documented.
    #[serde(rename = "interview_highlights", default)]
    pub highlights: Option<Value>,
    /// What was said, in a form that is not documented.
    #[serde(default)]
    pub transcript: Option<Value>,
    /// Reports of reviews, in a form that is not documented.
    #[serde(default)]
    pub review_reports: Option<Value>,
}

/// How far the interview is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum PadState {
    /// Nobody, or hardly anybody, was there.
    Pending,
    /// It is under way.
    Started,
    /// It is over.
    Ended,
    /// A state that this crate doesn't know, as written. Empty when none was given.
    Other(String),
}

impl Pad {
    /// Whether the interview is over: an end was written, or the state says so. One is enough
    /// (contracts/coderpad.md, 2.8); a state that isn't known is no end.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.ended_at_ms.is_some() || self.state == PadState::Ended
    }

    /// The address of the pad's page: the service's own where it is one of this very pad.
    #[must_use]
    pub fn link(&self, root: &ApiRoot) -> String {
        let own = self.url.as_deref().filter(|url| self.is_mine(url, root));
        own.map_or_else(|| PadLink::of(&self.id, root), str::to_owned)
    }

    /// The address of the playback: the service's own where it is one of this very pad.
    #[must_use]
    pub fn playback_link(&self, root: &ApiRoot) -> String {
        let own = self.playback.as_deref();
        let own = own.filter(|url| self.is_mine(url, root));
        own.map_or_else(|| PadLink::of_playback(&self.id, root), str::to_owned)
    }

    fn is_mine(&self, url: &str, root: &ApiRoot) -> bool {
        let whole = url.starts_with("https://") || root.is_loopback();
        whole && PadLink::parse(url, root).as_ref() == Some(&self.id)
    }
}

impl Default for PadState {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

impl From<String> for PadState {
    /// Other clients have met more words for the three states (contracts/coderpad.md, 2.3).
    fn from(word: String) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "pending" | "draft" => Self::Pending,
            "started" | "active" | "running" => Self::Started,
            "ended" | "finished" | "completed" => Self::Ended,
            _ => Self::Other(word),
        }
    }
}
