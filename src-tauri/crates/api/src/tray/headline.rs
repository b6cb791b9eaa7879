//! How things stand, in a few words: the tooltip of the icon, and what screen readers say for it.
//! No names: others may see the screen.

use super::row::{MenuInput, is_just_copied};
use crate::catalogue::words;
use crate::dto::snapshot::Condition;
use crate::presenter::times::ago;

/// The headline of the Padwatch with this title.
#[must_use]
pub fn headline(title: &str, input: &MenuInput<'_>) -> String {
    let status = status(input);
    // A message that begins with the program's name reads on from the title.
    match status.strip_prefix("Padwatch ") {
        Some(predicate) => format!("{title} {predicate}"),
        None => words().headline(title, &status),
    }
}

/// When the last check was, if that is too long ago to be shown as what is the case now.
pub(super) fn stale(input: &MenuInput<'_>) -> Option<String> {
    let checked_ms = input.snapshot.last_checked_ms?;
    let is_stale = input.snapshot.is_stale(input.now_ms);
    is_stale.then(|| ago(input.now_ms - checked_ms))
}

fn status(input: &MenuInput<'_>) -> String {
    let counts = &input.snapshot.counts;
    if is_just_copied(input).is_some() {
        return words().headline_copied();
    }
    match (&input.snapshot.condition, stale(input)) {
        (Condition::Paused { .. }, _) => words().headline_paused(),
        (
            Condition::Stopped { problem }
            | Condition::SetUp { problem, .. }
            | Condition::Hindered { problem },
            _,
        ) => in_line(&problem.message),
        _ if counts.needs_you > 0 => words().headline_decisions(counts.needs_you),
        (Condition::Waiting { problem, .. }, None) => in_line(&problem.message),
        (Condition::Waiting { service, .. }, Some(when)) => {
            words().headline_waiting_stale(service, &when)
        }
        (_, Some(when)) => words().headline_stale(&when),
        _ if counts.to_send > 0 => words().headline_ready(counts.to_send),
        (Condition::Starting, None) => words().headline_starting(),
        (Condition::Watching, None) => words().headline_watching(),
    }
}

fn in_line(message: &str) -> String {
    message.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use lever::OpportunityId;

    use super::*;
    use crate::dto::lists::Counts;
    use crate::dto::snapshot::Snapshot;
    use crate::tray::examples::{self, problem, snapshot, waiting};

    const NOW: i64 = 10_000_000;

    fn said(condition: Condition, to_send: u32, needs_you: u32) -> String {
        let counts = Counts {
            to_send,
            needs_you,
            ..Counts::default()
        };
        let snapshot = Snapshot {
            counts,
            ..snapshot(condition)
        };
        headline("Padwatch", &examples::input(&snapshot, NOW))
    }

    #[test]
    fn the_headline_follows_the_state() {
        let paused = Condition::Paused { until_ms: None };
        let hindered = Condition::Hindered { problem: problem() };
        assert_eq!(said(Condition::Watching, 0, 0), "Padwatch: watching");
        assert_eq!(
            said(Condition::Watching, 1, 0),
            "Padwatch: 1 pad link ready to send"
        );
        assert_eq!(
            said(Condition::Watching, 2, 3),
            "Padwatch: 3 candidates need a decision"
        );
        assert_eq!(
            said(waiting(), 2, 0),
            "Padwatch: CoderPad is having problems"
        );
        assert_eq!(said(paused, 2, 1), "Padwatch: paused");
        assert_eq!(
            said(hindered, 0, 0),
            "Padwatch: Lever does not know this key any more"
        );
    }

    #[test]
    fn what_is_older_than_two_polls_is_said_with_its_age() {
        for (condition, expected) in [
            (Condition::Watching, "Padwatch: last checked 25 min ago"),
            (
                waiting(),
                "Padwatch: waiting for CoderPad, last checked 25 min ago",
            ),
        ] {
            let old = Snapshot {
                last_checked_ms: Some(NOW - 25 * 60_000),
                current_until_ms: Some(NOW - 24 * 60_000),
                ..snapshot(condition)
            };
            let said = headline("Padwatch", &examples::input(&old, NOW));
            assert_eq!(said, expected);
        }
    }

    #[test]
    fn a_copy_is_said_for_a_moment_and_without_a_name() {
        let snapshot = snapshot(Condition::Watching);
        let copied = (OpportunityId::new("ada"), NOW - 1_000);
        let input = MenuInput {
            copied: Some(&copied),
            ..examples::input(&snapshot, NOW)
        };
        assert_eq!(headline("Padwatch", &input), "Padwatch: pad link copied");
    }

    #[test]
    fn the_headline_names_the_program_once() {
        let mut needed = problem();
        needed.message = "Padwatch needs a Lever key.".to_owned();
        let condition = Condition::Hindered { problem: needed };
        let snapshot = snapshot(condition);
        assert_eq!(
            headline("Padwatch (work)", &examples::input(&snapshot, NOW)),
            "Padwatch (work) needs a Lever key"
        );
    }
}
