//! Everything a person can choose. Stored as one JSON document; what is missing has its default,
//! so that an older document stays readable.

use std::collections::BTreeMap;

use coderpad::{QuestionId, TeamId};
use lever::{PostingId, StageId, UserId};
use serde::{Deserialize, Serialize};

use crate::invitation::InvitationSettings;
use crate::quiet_hours::QuietHours;

/// All settings.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Settings {
    /// Whom to watch for.
    pub watch: WatchSettings,
    /// Who makes the pads.
    pub who_makes: WhoMakes,
    /// The Lever user on whose behalf links and notes are written. `None`: no one's.
    pub acting_user: Option<UserId>,
    /// What stands between a decision and a pad.
    pub guards: Guards,
    /// What a new pad is like.
    pub pads: PadSettings,
    /// What is told, and how.
    pub notifications: NotificationSettings,
    /// What is told before an interview.
    pub reminders: ReminderSettings,
    /// How long what was done is kept.
    pub keeping: KeepingSettings,
    /// What a candidate is written.
    pub invitation: InvitationSettings,
}

/// Whom to watch for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct WatchSettings {
    /// The tag, compared without case and blanks around it.
    pub tag: String,
    /// The stages whose candidates get pads.
    pub stages: WatchedStages,
    /// Whose candidates.
    pub whose: Whose,
    /// Seconds between two looks at Lever, 10 at the least.
    pub every_seconds: u32,
}

/// Which stages are watched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    tag = "by",
    content = "value",
    deny_unknown_fields
)]
pub enum WatchedStages {
    /// The one stage of this name, in any case of letters.
    Name(String),
    /// These stages.
    Ids(Vec<StageId>),
}

/// Whose candidates are watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Whose {
    /// Everyone's that the key can see.
    #[default]
    Everybody,
    /// Those whose owner in Lever is the acting user.
    Mine,
}

/// Who makes the pads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum WhoMakes {
    /// Padwatch does.
    #[default]
    Padwatch,
    /// CoderPad's own integration does; Padwatch adopts its links and reports who has none.
    CoderpadIntegration,
}

/// What stands between a decision and a pad.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Guards {
    /// More new candidates than this at once are asked about first.
    pub surge_limit: u32,
    /// Seconds between noticing someone and making the pad, in which it can be cancelled.
    pub hold_seconds: u32,
    /// Ask before every pad.
    pub ask_each_time: bool,
    /// Warn when no more pads than this are left.
    pub low_quota: u32,
    /// Make a pad again on its own when repeated complete looks have not found the first one.
    pub make_again_when_not_found: bool,
    /// In watch mode: seconds after which a candidate without a link is reported.
    pub missing_link_after_seconds: u32,
    /// End the pads of candidates who left, instead of asking.
    pub end_unneeded_pads: bool,
}

/// What a new pad is like.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct PadSettings {
    /// For every posting that has no choice of its own.
    pub standard: PadChoice,
    /// Exceptions by posting; each replaces the standard as a whole.
    pub by_posting: BTreeMap<PostingId, PadChoice>,
    /// Put the candidate's name and the job into a pad's title even if they are confidential in
    /// Lever: the whole CoderPad team can read it.
    pub name_confidential: bool,
}

/// What is asked of CoderPad for a pad. `None` leaves it to the account's default.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct PadChoice {
    /// The language, by CoderPad's name for it.
    pub language: Option<String>,
    /// The question that the pad starts from.
    pub question: Option<QuestionId>,
    /// The team that the pad belongs to (organization owners only).
    pub team: Option<TeamId>,
    /// Whether candidates wait until they are let in.
    pub waiting_room: Option<bool>,
    /// Whether code can be run.
    pub execution: Option<bool>,
    /// Who owns the pad (organization owners only).
    pub owner_email: Option<String>,
}

/// What is told, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct NotificationSettings {
    /// Tell when a pad is ready.
    pub pad_ready: bool,
    /// Tell when an interview is finished.
    pub finished: bool,
    /// Leave names out, for screens that others see.
    pub hide_names: bool,
    /// Announce a newer version, if the package names an address to ask.
    pub new_version: bool,
    /// When nothing is shown: what there is to tell waits until it ends. `None`: never.
    pub quiet: Option<QuietHours>,
}

/// What is told before an interview, as far as Lever knows when it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ReminderSettings {
    /// Minutes before the interview at which its link is told; `None`: not at all.
    pub minutes_before: Option<u32>,
    /// Say the evening before that a link was not sent yet.
    pub link_not_sent: bool,
    /// Minutes before the interview at which pad, link and interviewers are checked; `None`: not at
    /// all.
    pub check_minutes_before: Option<u32>,
    /// Minutes after the start of an interview at which it is told who isn't in the pad; `None`: not
    /// at all.
    pub late_minutes: Option<u32>,
}

/// How long what was done is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct KeepingSettings {
    /// Days that a finished interview stays in the tray.
    pub days_in_tray: u32,
    /// Days after which a candidacy that is over loses its personal data here. 0: never.
    pub retention_days: u32,
}

impl WatchSettings {
    /// The time between two looks at Lever, in ms.
    #[must_use]
    pub fn between_looks_ms(&self) -> i64 {
        i64::from(self.every_seconds) * 1_000
    }
}

impl Default for WatchSettings {
    fn default() -> Self {
        Self {
            tag: "coderpad".to_owned(),
            stages: WatchedStages::Name("Phone Screen".to_owned()),
            whose: Whose::default(),
            every_seconds: 30,
        }
    }
}

impl Default for Guards {
    fn default() -> Self {
        Self {
            surge_limit: 10,
            hold_seconds: 0,
            ask_each_time: false,
            low_quota: 5,
            make_again_when_not_found: false,
            missing_link_after_seconds: 300,
            end_unneeded_pads: false,
        }
    }
}

impl Default for NotificationSettings {
    fn default() -> Self {
        Self {
            pad_ready: true,
            finished: true,
            hide_names: false,
            new_version: true,
            quiet: None,
        }
    }
}

impl Default for ReminderSettings {
    fn default() -> Self {
        Self {
            minutes_before: None,
            link_not_sent: true,
            check_minutes_before: Some(15),
            late_minutes: Some(5),
        }
    }
}

impl Default for KeepingSettings {
    fn default() -> Self {
        Self {
            days_in_tray: 14,
            retention_days: 365,
        }
    }
}

impl PadSettings {
    /// The choice for a posting.
    #[must_use]
    pub fn for_posting(&self, posting: Option<&PostingId>) -> &PadChoice {
        posting
            .and_then(|id| self.by_posting.get(id))
            .unwrap_or(&self.standard)
    }

    /// Returns true if pads are made for another CoderPad user than the key's own, so that they are
    /// not in that user's list (contracts/coderpad.md, 2.10).
    #[must_use]
    pub fn are_for_others(&self) -> bool {
        let mut choices = self.by_posting.values().chain([&self.standard]);
        choices.any(|choice| choice.owner_email.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_document_is_the_defaults() {
        let read: Settings = serde_json::from_str("{}").unwrap();
        assert_eq!(read, Settings::default());
        assert_eq!(read.watch.every_seconds, 30);
        assert_eq!(read.guards.surge_limit, 10);
        assert_eq!(read.keeping.retention_days, 365);
    }

    #[test]
    fn settings_survive_being_written_and_read() {
        let mut settings = Settings::default();
        settings.watch.stages = WatchedStages::Ids(vec![StageId::new("applicant-new")]);
        settings.pads.by_posting.insert(
            PostingId::new("p1"),
            PadChoice {
                language: Some("rust".into()),
                ..PadChoice::default()
            },
        );
        let text = serde_json::to_string(&settings).unwrap();
        assert_eq!(serde_json::from_str::<Settings>(&text).unwrap(), settings);
    }
}
