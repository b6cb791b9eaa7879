//! Everything that a person can choose, as the page has it.
//! What is kept on the disk is `padwatch_domain::settings`.

use std::collections::BTreeMap;

use coderpad::{QuestionId, TeamId};
use lever::{PostingId, StageId, UserId};
use padwatch_domain::{quiet_hours, settings};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::convert::{Convert, convert, mirror, same_default};
use super::invitation::InvitationSettings;

mirror! { both
    /// All settings.
    #[serde(default, deny_unknown_fields)]
    struct Settings of settings::Settings {
        /// Whom to watch for.
        watch: WatchSettings,
        /// Who makes the pads.
        who_makes: WhoMakes,
        /// The Lever user on whose behalf links and notes are written. `None`: no one's.
        acting_user: Option<UserId>,
        /// What stands between a decision and a pad.
        guards: Guards,
        /// What a new pad is like.
        pads: PadSettings,
        /// What is told, and how.
        notifications: NotificationSettings,
        /// What is told before an interview.
        reminders: ReminderSettings,
        /// How long what was done is kept.
        keeping: KeepingSettings,
        /// What a candidate is written.
        invitation: InvitationSettings,
    }
}

mirror! { both
    /// Whom to watch for.
    #[serde(default, deny_unknown_fields)]
    struct WatchSettings of settings::WatchSettings {
        /// The tag, compared without case and blanks around it.
        tag: String,
        /// The stages whose candidates get pads.
        stages: WatchedStages,
        /// Whose candidates.
        whose: Whose,
        /// Seconds between two looks at Lever, 10 at the least.
        every_seconds: u32,
    }
}

mirror! { both
    /// Whose candidates are watched.
    #[derive(Copy, Default)]
    enum Whose of settings::Whose {
        /// Everyone's that the key can see.
        #[default]
        Everybody,
        /// Those whose owner in Lever is the acting user.
        Mine,
    }
}

mirror! { both
    /// Who makes the pads.
    #[derive(Copy, Default)]
    enum WhoMakes of settings::WhoMakes {
        /// Padwatch does.
        #[default]
        Padwatch,
        /// CoderPad's own integration does; Padwatch adopts its links and reports who has none.
        CoderpadIntegration,
    }
}

mirror! { both
    /// What stands between a decision and a pad.
    #[serde(default, deny_unknown_fields)]
    struct Guards of settings::Guards {
        /// More new candidates than this at once are asked about first.
        surge_limit: u32,
        /// Seconds between noticing someone and making the pad, in which it can be cancelled.
        hold_seconds: u32,
        /// Ask before every pad.
        ask_each_time: bool,
        /// Warn when no more pads than this are left.
        low_quota: u32,
        /// Make a pad again on its own when repeated complete looks have not found the first one.
        make_again_when_not_found: bool,
        /// In watch mode: seconds after which a candidate without a link is reported.
        missing_link_after_seconds: u32,
        /// End the pads of candidates who left, instead of asking.
        end_unneeded_pads: bool,
    }
}

mirror! { both
    /// What a new pad is like.
    #[serde(default, deny_unknown_fields)]
    struct PadSettings of settings::PadSettings {
        /// For every posting that has no choice of its own.
        standard: PadChoice,
        /// Exceptions by posting; each replaces the standard as a whole.
        by_posting: BTreeMap<PostingId, PadChoice>,
        /// Put the candidate's name and the job into a pad's title even if they are confidential in
        /// Lever: the whole CoderPad team can read it.
        name_confidential: bool,
    }
}

mirror! { both
    /// What is asked of CoderPad for a pad. `None` leaves it to the account's default.
    #[serde(default, deny_unknown_fields)]
    struct PadChoice of settings::PadChoice {
        /// The language, by CoderPad's name for it.
        language: Option<String>,
        /// The question that the pad starts from.
        question: Option<QuestionId>,
        /// The team that the pad belongs to (organization owners only).
        team: Option<TeamId>,
        /// Whether candidates wait until they are let in.
        waiting_room: Option<bool>,
        /// Whether code can be run.
        execution: Option<bool>,
        /// Who owns the pad (organization owners only).
        owner_email: Option<String>,
    }
}

mirror! { both
    /// What is told, and how.
    #[serde(default, deny_unknown_fields)]
    struct NotificationSettings of settings::NotificationSettings {
        /// Tell when a pad is ready.
        pad_ready: bool,
        /// Tell when an interview is finished.
        finished: bool,
        /// Leave names out, for screens that others see.
        hide_names: bool,
        /// Announce a newer version, if the package names an address to ask.
        new_version: bool,
        /// When nothing is shown: what there is to tell waits until it ends. `None`: never.
        quiet: Option<QuietHours>,
    }
}

mirror! { both
    /// What is told before an interview, as far as Lever knows when it is.
    #[serde(default, deny_unknown_fields)]
    struct ReminderSettings of settings::ReminderSettings {
        /// Minutes before the interview at which its link is told; `None`: not at all.
        minutes_before: Option<u32>,
        /// Say the evening before that a link was not sent yet.
        link_not_sent: bool,
        /// Minutes before the interview at which pad, link and interviewers are checked; `None`: not
        /// at all.
        check_minutes_before: Option<u32>,
        /// Minutes after the start of an interview at which it is told who isn't in the pad; `None`:
        /// not at all.
        late_minutes: Option<u32>,
    }
}

mirror! { both
    /// How long what was done is kept.
    #[serde(default, deny_unknown_fields)]
    struct KeepingSettings of settings::KeepingSettings {
        /// Days that a finished interview stays in the tray.
        days_in_tray: u32,
        /// Days after which a candidacy that is over loses its personal data here. 0: never.
        retention_days: u32,
    }
}

mirror! { both
    /// A time of every day, by this computer's clock, in minutes since midnight. One that ends before
    /// it begins goes over midnight; one that ends when it begins is none.
    #[serde(deny_unknown_fields)]
    #[derive(Copy)]
    struct QuietHours of quiet_hours::QuietHours {
        /// Its first minute.
        from_minute: u16,
        /// The first minute after it.
        to_minute: u16,
    }
}

/// Which stages are watched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(
    rename_all = "camelCase",
    tag = "by",
    content = "value",
    deny_unknown_fields
)]
#[ts(export)]
pub enum WatchedStages {
    /// The one stage of this name, in any case of letters.
    Name(String),
    /// These stages.
    Ids(Vec<StageId>),
}

impl Convert<settings::WatchedStages> for WatchedStages {
    fn convert(from: settings::WatchedStages) -> Self {
        match from {
            settings::WatchedStages::Name(name) => Self::Name(name),
            settings::WatchedStages::Ids(ids) => Self::Ids(ids),
        }
    }
}

impl Convert<WatchedStages> for settings::WatchedStages {
    fn convert(from: WatchedStages) -> Self {
        match from {
            WatchedStages::Name(name) => Self::Name(name),
            WatchedStages::Ids(ids) => Self::Ids(ids),
        }
    }
}

same_default!(
    Settings = settings::Settings,
    WatchSettings = settings::WatchSettings,
    Guards = settings::Guards,
    PadSettings = settings::PadSettings,
    PadChoice = settings::PadChoice,
    NotificationSettings = settings::NotificationSettings,
    ReminderSettings = settings::ReminderSettings,
    KeepingSettings = settings::KeepingSettings,
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_page_leaves_out_is_as_the_program_has_it() {
        let read: Settings = serde_json::from_str(r#"{"guards": {"holdSeconds": 60}}"#).unwrap();
        let mut expected = settings::Settings::default();
        expected.guards.hold_seconds = 60;
        assert_eq!(convert::<_, settings::Settings>(read), expected);
    }

    #[test]
    fn settings_come_back_from_the_page_as_they_were() {
        let mut given = settings::Settings::default();
        given.watch.stages = settings::WatchedStages::Ids(vec![StageId::new("applicant-new")]);
        given
            .pads
            .by_posting
            .insert(PostingId::new("p1"), settings::PadChoice::default());
        given.notifications.quiet = Some(quiet_hours::QuietHours {
            from_minute: 1,
            to_minute: 2,
        });
        let sent = serde_json::to_string(&convert::<_, Settings>(given.clone())).unwrap();
        let back: Settings = serde_json::from_str(&sent).unwrap();
        assert_eq!(convert::<_, settings::Settings>(back), given);
    }

    #[test]
    fn a_setting_that_is_not_known_is_refused() {
        let read = serde_json::from_str::<Settings>(r#"{"guards": {"neverOnFridays": true}}"#);
        assert!(read.is_err());
    }
}
