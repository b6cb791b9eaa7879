use serde::Deserialize;
use serde_json::Value;
use transport::ApiRoot;
use url::Url;

use crate::{EnvironmentId, PadId, PadLink, QuestionId, lenient, link};

/// A pad, as a read, a list or a creation shows it (contracts/coderpad.md, 2.3).
///
/// Only the id must be there. `title` and `notes` must be text where they are given, since
/// they are searched for a marker, and a search must know when they could not be read.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Pad {
    /// The one field that must be there.
    pub id: PadId,
    /// Shown to the candidate as well.
    #[serde(default)]
    pub title: Option<String>,
    /// How far the interview is. A list may show it up to about a minute late.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub state: PadState,
    /// What it is like.
    #[serde(flatten)]
    pub traits: PadTraits,
    /// The interviewers' notes, in markdown.
    #[serde(default)]
    pub notes: Option<String>,
    /// The code, on old pads alone: today it lies in the environments.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub contents: Option<String>,
    /// Names as people typed them: strangers' text.
    #[serde(default, deserialize_with = "lenient::those_that_fit")]
    pub participants: Vec<String>,
    /// When it was created, in ms since the epoch.
    #[serde(
        rename = "created_at",
        default,
        deserialize_with = "lenient::optional_ms"
    )]
    pub created_at_ms: Option<i64>,
    /// When it was last written to, in ms since the epoch.
    #[serde(
        rename = "updated_at",
        default,
        deserialize_with = "lenient::optional_ms"
    )]
    pub updated_at_ms: Option<i64>,
    /// When the interview ended, in ms since the epoch.
    #[serde(
        rename = "ended_at",
        default,
        deserialize_with = "lenient::optional_ms"
    )]
    pub ended_at_ms: Option<i64>,
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
    /// Where its page, playback, history and drawing lie.
    #[serde(flatten)]
    pub addresses: PadAddresses,
    /// What CoderPad gives of an interview besides code and events.
    #[serde(flatten)]
    pub extras: PadExtras,
}

/// What can be chosen for a pad, as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct PadTraits {
    /// The account that owns the pad.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub owner_email: Option<String>,
    /// The language, such as `python`.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub language: Option<String>,
    /// Whether candidates wait until they are let in.
    #[serde(rename = "private", default, deserialize_with = "lenient::or_default")]
    pub waiting_room: Option<bool>,
    /// The questions that were opened in it.
    #[serde(
        rename = "question_ids",
        default,
        deserialize_with = "lenient::those_that_fit"
    )]
    pub questions: Vec<QuestionId>,
}

/// Where the parts of a pad lie, as the service says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct PadAddresses {
    /// The address of the pad's page. See [`Pad::link`] for one that is sure to be there.
    #[serde(rename = "url", default, deserialize_with = "lenient::or_default")]
    pub page: Option<String>,
    /// The address of the playback. See [`Pad::playback_link`] for one that is sure to be this pad's.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub playback: Option<String>,
    /// Where the log of edits lies: on another host, see [`crate::history`].
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub history: Option<String>,
    /// The drawing, at an address that is good for five minutes: never keep it.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub drawing: Option<String>,
}

/// What CoderPad gives of an interview besides code and events, in forms that are not documented.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct PadExtras {
    /// CoderPad's own outline of the interview.
    #[serde(rename = "interview_outline", default)]
    pub outline: Option<Value>,
    /// CoderPad's own highlights of the interview.
    #[serde(rename = "interview_highlights", default)]
    pub highlights: Option<Value>,
    /// What was said.
    #[serde(default)]
    pub transcript: Option<Value>,
    /// Reports of reviews.
    #[serde(default)]
    pub review_reports: Option<Value>,
}

/// How far the interview is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum PadState {
    /// The interview has not begun.
    Pending,
    /// It is under way.
    Started,
    /// It is over.
    Ended,
    /// A state that this crate doesn't know, as written. Empty when none was given.
    Other(String),
}

impl Pad {
    /// Returns true if the interview is over: it has an end, or its state says so. One is enough
    /// (contracts/coderpad.md, 2.8); a state that isn't known is no end.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.ended_at_ms.is_some() || self.state == PadState::Ended
    }

    /// The address of the pad's page: the service's own where it is one of this very pad.
    #[must_use]
    pub fn link(&self, root: &ApiRoot) -> String {
        let own = self.own_address(self.addresses.page.as_deref(), root);
        own.unwrap_or_else(|| PadLink::of(&self.id, root))
    }

    /// The address of the pad's playback: the service's own, if it gives one of this very pad.
    #[must_use]
    pub fn playback_link(&self, root: &ApiRoot) -> Option<String> {
        self.own_address(self.addresses.playback.as_deref(), root)
    }

    fn own_address(&self, address: Option<&str>, root: &ApiRoot) -> Option<String> {
        let url = Url::parse(address?).ok()?;
        let secure = url.scheme() == "https" || root.is_loopback();
        let mine = link::pad_at(&url, root).as_ref() == Some(&self.id);
        (secure && mine).then(|| url.into())
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pad(value: Value) -> Pad {
        serde_json::from_value(value).unwrap()
    }

    fn root() -> ApiRoot {
        ApiRoot::parse("https://app.coderpad.io").unwrap()
    }

    /// The composed example of contracts/coderpad.md, 2.3.
    fn just_made() -> Value {
        json!({"status": "OK", "id": "K7QWM3ZD", "title": "Ada L / Backend / phone screen",
            "state": "pending", "owner_email": "rec@example.test", "language": "python",
            "private": false, "execution_enabled": true, "contents": null, "participants": [],
            "events": "https://app.coderpad.io/api/pads/K7QWM3ZD/events", "notes": "",
            "created_at": "2026-03-02T09:00:00Z", "updated_at": "2026-03-02T09:00:01Z",
            "ended_at": null, "url": "https://app.coderpad.io/K7QWM3ZD",
            "playback": "https://app.coderpad.io/K7QWM3ZD/playback",
            "history": "https://coderpad-7.firebaseio.com/K7QWM3ZD/history.json",
            "drawing": null, "type": "live", "question_ids": [], "pad_environment_ids": [910001],
            "active_environment_id": null,
            "team": {"id": "00000000-0000-4000-8000-000000000001", "name": "Default"}})
    }

    #[test]
    fn a_pad_that_was_just_made_is_read_whole() {
        let pad = pad(just_made());
        assert_eq!(pad.id.as_str(), "K7QWM3ZD");
        assert_eq!(pad.title.as_deref(), Some("Ada L / Backend / phone screen"));
        assert_eq!(pad.state, PadState::Pending);
        assert_eq!(pad.traits.waiting_room, Some(false));
        assert_eq!(pad.traits.questions, []);
        assert_eq!(pad.notes.as_deref(), Some(""));
        assert_eq!(pad.created_at_ms, Some(1_772_442_000_000));
        assert_eq!(pad.updated_at_ms, Some(1_772_442_001_000));
        assert_eq!(pad.ended_at_ms, None);
        assert_eq!(pad.environments, [EnvironmentId(910_001)]);
        assert_eq!(pad.active_environment, None);
    }

    #[test]
    fn an_old_a_bare_and_an_odd_pad_are_read_as_well() {
        let old = pad(
            json!({"id": "ABC1234", "contents": "x = 1", "events": [{"kind": "ran"}],
            "ended_at": "2015-05-01T10:00:00Z"}),
        );
        assert_eq!(old.contents.as_deref(), Some("x = 1"));
        assert!(old.is_finished());

        let bare = pad(json!({"id": "ABC1234"}));
        assert_eq!(bare.state, PadState::default());
        assert!(!bare.is_finished());

        let odd = pad(
            json!({"id": "ABC1234", "state": 7, "execution_enabled": "no", "language": 7,
            "participants": ["Ada", null, 5], "created_at": "yesterday", "team": [],
            "pad_environment_ids": null, "transcript": [{"text": "hi"}], "new_in_2027": {}}),
        );
        assert_eq!(odd.participants, ["Ada"]);
        assert_eq!((odd.traits.language, odd.created_at_ms), (None, None));
        assert_eq!(odd.extras.transcript, Some(json!([{"text": "hi"}])));
    }

    #[test]
    fn a_pad_whose_id_or_marks_cannot_be_read_is_no_pad() {
        for value in [
            json!({"title": "x"}),
            json!({"id": null}),
            json!({"id": 5}),
            json!({"id": "../users"}),
            json!({"id": "ABC1234", "notes": {"text": "x"}}),
            json!({"id": "ABC1234", "title": 5}),
        ] {
            assert!(
                serde_json::from_value::<Pad>(value.clone()).is_err(),
                "{value}"
            );
        }
    }

    #[test]
    fn a_pad_is_finished_when_either_its_end_or_its_state_says_so() {
        const END: &str = "2026-03-02T10:00:00Z";
        for (state, ended_at, finished) in [
            ("pending", None, false),
            ("started", None, false),
            ("active", None, false),
            ("paused", None, false),
            ("deleted", None, false),
            ("ended", None, true),
            ("Completed", None, true),
            ("finished", Some(END), true),
            ("started", Some(END), true),
            ("paused", Some(END), true),
        ] {
            let pad = pad(json!({"id": "ABC1234", "state": state, "ended_at": ended_at}));
            assert_eq!(pad.is_finished(), finished, "{state} {ended_at:?}");
        }
        let unknown = pad(json!({"id": "ABC1234", "state": "Paused"}));
        assert_eq!(unknown.state, PadState::Other("Paused".into()));
    }

    #[test]
    fn the_services_own_address_is_used_when_it_is_one_of_this_pad() {
        let mut own = pad(just_made());
        own.addresses.page = Some("https://coderpad.io/K7QWM3ZD".into());
        assert_eq!(own.link(&root()), "https://coderpad.io/K7QWM3ZD");
        for odd in [
            None,
            Some("javascript:alert(1)"),
            Some("https://evil.test/K7QWM3ZD"),
            Some("http://app.coderpad.io/K7QWM3ZD"),
            Some("https://app.coderpad.io/OTHER123"),
            Some("https://evil.test/ https://app.coderpad.io/K7QWM3ZD"),
        ] {
            own.addresses.page = odd.map(str::to_owned);
            own.addresses.playback = odd.map(str::to_owned);
            assert_eq!(own.link(&root()), "https://app.coderpad.io/K7QWM3ZD");
            assert_eq!(own.playback_link(&root()), None);
        }
        let playback = "https://coderpad.io/K7QWM3ZD/playback";
        own.addresses.playback = Some(playback.to_owned());
        assert_eq!(own.playback_link(&root()).as_deref(), Some(playback));
    }
}
