//! What numbers and texts in the settings may be: one place, so that neither the page nor a file
//! can choose what the engine was not made for.

use std::ops::RangeInclusive;

use crate::problem::Problem;
use crate::settings::{PadChoice, Settings, WatchedStages};
use crate::stored_settings::{LONGEST_POLL_S, LONGEST_WAIT_S};

pub use crate::setting_name::SettingName;

/// The longest name or address, in bytes.
const LONGEST_NAME: usize = 500;
/// The longest text of an invitation, in bytes.
const LONGEST_TEXT: usize = 100_000;
/// The most stages, jobs or templates.
const MOST: usize = 5_000;

impl Settings {
    /// Returns an error if a number is out of the range that can be chosen, or a text too long. What
    /// was stored may be out of it and is read all the same: see [`Self::check`].
    ///
    /// # Errors
    /// Names the first one that isn't.
    pub fn check_limits(&self) -> Result<(), Problem> {
        for (name, value, range) in self.numbers() {
            if !range.contains(&value) {
                return Err(out_of_range(name, &range));
            }
        }
        for (name, length, most) in self.lengths() {
            if length > most {
                return Err(Problem::SettingTooLong { setting: name });
            }
        }
        Ok(())
    }

    fn numbers(&self) -> Vec<(SettingName, u32, RangeInclusive<u32>)> {
        let (guards, keeping) = (&self.guards, &self.keeping);
        let mut numbers = vec![
            (
                SettingName::PollSeconds,
                self.watch.every_seconds,
                10..=LONGEST_POLL_S,
            ),
            (SettingName::BulkLimit, guards.surge_limit, 0..=1_000),
            (
                SettingName::DelaySeconds,
                guards.hold_seconds,
                0..=LONGEST_WAIT_S,
            ),
            (SettingName::LowQuota, guards.low_quota, 0..=1_000),
            (
                SettingName::MissingLinkSeconds,
                guards.missing_link_after_seconds,
                30..=LONGEST_WAIT_S,
            ),
            (SettingName::DaysInTray, keeping.days_in_tray, 0..=365),
            (
                SettingName::RetentionDays,
                keeping.retention_days,
                0..=3_650,
            ),
        ];
        if let Some(minutes) = self.reminders.minutes_before {
            numbers.push((SettingName::ReminderMinutes, minutes, 1..=240));
        }
        if let Some(minutes) = self.reminders.check_minutes_before {
            numbers.push((SettingName::CheckMinutes, minutes, 1..=240));
        }
        if let Some(minutes) = self.reminders.late_minutes {
            numbers.push((SettingName::LateMinutes, minutes, 1..=60));
        }
        numbers
    }

    fn lengths(&self) -> Vec<(SettingName, usize, usize)> {
        let mut lengths = vec![
            (SettingName::Tag, self.watch.tag.len(), LONGEST_NAME),
            (SettingName::Jobs, self.pads.by_posting.len(), MOST),
        ];
        match &self.watch.stages {
            WatchedStages::Name(name) => {
                lengths.push((SettingName::StageName, name.len(), LONGEST_NAME));
            }
            WatchedStages::Ids(ids) => lengths.push((SettingName::Stages, ids.len(), MOST)),
        }
        let choices = self.pads.by_posting.values().chain([&self.pads.standard]);
        lengths.extend(choices.flat_map(of_choice));
        let templates = &self.invitation.templates;
        lengths.push((SettingName::Templates, templates.len(), MOST));
        lengths.extend(templates.iter().flat_map(|template| {
            [
                (SettingName::TemplateName, template.name.len(), LONGEST_NAME),
                (
                    SettingName::TemplateSubject,
                    template.subject.len(),
                    LONGEST_TEXT,
                ),
                (SettingName::TemplateBody, template.body.len(), LONGEST_TEXT),
            ]
        }));
        lengths
    }
}

fn of_choice(choice: &PadChoice) -> [(SettingName, usize, usize); 2] {
    let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    [
        (
            SettingName::Language,
            length(&choice.language),
            LONGEST_NAME,
        ),
        (
            SettingName::Owner,
            length(&choice.owner_email),
            LONGEST_NAME,
        ),
    ]
}

fn out_of_range(setting: SettingName, range: &RangeInclusive<u32>) -> Problem {
    Problem::NumberOutOfRange {
        setting,
        least: *range.start(),
        most: *range.end(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_in_range() {
        assert_eq!(Settings::default().check_limits(), Ok(()));
    }

    #[test]
    fn every_number_has_a_range_that_refuses_the_largest() {
        let largest: fn(&mut Settings) -> &mut u32 = |it| &mut it.watch.every_seconds;
        let fields = [
            largest,
            |it| &mut it.guards.surge_limit,
            |it| &mut it.guards.hold_seconds,
            |it| &mut it.guards.low_quota,
            |it| &mut it.guards.missing_link_after_seconds,
            |it| &mut it.keeping.days_in_tray,
            |it| &mut it.keeping.retention_days,
            |it| it.reminders.minutes_before.get_or_insert(5),
        ];
        for (number, field) in fields.into_iter().enumerate() {
            let mut settings = Settings::default();
            *field(&mut settings) = u32::MAX;
            let problem = settings.check_limits().unwrap_err();
            let is_out = matches!(problem, Problem::NumberOutOfRange { .. });
            assert!(is_out, "{number}: {problem:?}");
        }
        let mut settings = Settings::default();
        settings.watch.every_seconds = 0;
        let problem = settings.check_limits().unwrap_err();
        assert!(
            matches!(problem, Problem::NumberOutOfRange { least: 10, .. }),
            "{problem:?}"
        );
    }

    #[test]
    fn texts_have_a_longest_length() {
        let mut at_the_limit = Settings::default();
        at_the_limit.watch.tag = "x".repeat(LONGEST_NAME);
        assert_eq!(at_the_limit.check_limits(), Ok(()));
        let long = "x".repeat(LONGEST_TEXT + 1);
        let mut tag = Settings::default();
        tag.watch.tag.clone_from(&long);
        let mut owner = Settings::default();
        owner.pads.standard.owner_email = Some(long.clone());
        let mut stage = Settings::default();
        stage.watch.stages = WatchedStages::Name(long);
        for settings in [tag, owner, stage] {
            let problem = settings.check_limits().unwrap_err();
            assert!(matches!(problem, Problem::SettingTooLong { .. }));
        }
    }
}
