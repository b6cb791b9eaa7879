//! What numbers and texts in the settings may be: one place, so that neither the page nor a file
//! can choose what the engine was not made for.

use std::ops::RangeInclusive;

use crate::problem::{Problem, ProblemCode};
use crate::settings::{PadChoice, Settings, WatchedStages};
use crate::stored_settings::{LONGEST_POLL_S, LONGEST_WAIT_S};

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
                return Err(too_long(name));
            }
        }
        Ok(())
    }

    fn numbers(&self) -> Vec<(&'static str, u32, RangeInclusive<u32>)> {
        let (guards, keeping) = (&self.guards, &self.keeping);
        let mut numbers = vec![
            (
                "The time between two checks of Lever, in seconds,",
                self.watch.every_seconds,
                10..=LONGEST_POLL_S,
            ),
            ("The limit for a bulk move", guards.surge_limit, 0..=1_000),
            (
                "The delay before a pad, in seconds,",
                guards.hold_seconds,
                0..=LONGEST_WAIT_S,
            ),
            (
                "The number of pads left to warn at",
                guards.low_quota,
                0..=1_000,
            ),
            (
                "The time after which a missing link is reported, in seconds,",
                guards.missing_link_after_seconds,
                30..=LONGEST_WAIT_S,
            ),
            (
                "The number of days in the tray",
                keeping.days_in_tray,
                0..=365,
            ),
            (
                "The number of days to keep data",
                keeping.retention_days,
                0..=3_650,
            ),
        ];
        if let Some(minutes) = self.reminders.minutes_before {
            numbers.push((
                "The number of minutes before an interview",
                minutes,
                1..=240,
            ));
        }
        numbers
    }

    fn lengths(&self) -> Vec<(&'static str, usize, usize)> {
        let mut lengths = vec![
            ("The tag", self.watch.tag.len(), LONGEST_NAME),
            (
                "The list of jobs with their own choice",
                self.pads.by_posting.len(),
                MOST,
            ),
        ];
        match &self.watch.stages {
            WatchedStages::Name(name) => {
                lengths.push(("The name of the stage", name.len(), LONGEST_NAME));
            }
            WatchedStages::Ids(ids) => lengths.push(("The list of stages", ids.len(), MOST)),
        }
        let choices = self.pads.by_posting.values().chain([&self.pads.standard]);
        lengths.extend(choices.flat_map(of_choice));
        let templates = &self.invitation.templates;
        lengths.push(("The list of invitations", templates.len(), MOST));
        lengths.extend(templates.iter().flat_map(|template| {
            [
                (
                    "The name of an invitation",
                    template.name.len(),
                    LONGEST_NAME,
                ),
                (
                    "The subject of an invitation",
                    template.subject.len(),
                    LONGEST_TEXT,
                ),
                (
                    "The text of an invitation",
                    template.body.len(),
                    LONGEST_TEXT,
                ),
            ]
        }));
        lengths
    }
}

fn of_choice(choice: &PadChoice) -> [(&'static str, usize, usize); 2] {
    let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    [
        ("The language", length(&choice.language), LONGEST_NAME),
        ("The pad owner", length(&choice.owner_email), LONGEST_NAME),
    ]
}

fn out_of_range(name: &str, range: &RangeInclusive<u32>) -> Problem {
    Problem::new(
        ProblemCode::NotValid,
        format!("{name} must be from {} to {}.", range.start(), range.end()),
        "Enter a number in that range.",
    )
}

fn too_long(name: &str) -> Problem {
    Problem::new(
        ProblemCode::NotValid,
        format!("{name} is too long."),
        "Shorten it, then save again.",
    )
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
            assert_eq!(problem.code, ProblemCode::NotValid, "{number}");
            assert!(problem.message.contains("must be from"), "{problem:?}");
        }
        let mut settings = Settings::default();
        settings.watch.every_seconds = 0;
        assert!(
            settings
                .check_limits()
                .unwrap_err()
                .message
                .contains("from 10")
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
            assert!(
                settings
                    .check_limits()
                    .unwrap_err()
                    .message
                    .contains("too long")
            );
        }
    }
}
