//! How things stand, in a few words: the tooltip of the icon, and what screen readers say for it.
//! No names: others may see the screen.

use crate::catalogue::words;
use crate::dto::snapshot::{Condition, Snapshot};

/// The headline of the Padwatch with this title.
#[must_use]
pub fn headline(title: &str, snapshot: &Snapshot) -> String {
    let status = status(snapshot);
    // Messages name the program; here the title has just done so.
    words().headline(title, status.strip_prefix("Padwatch ").unwrap_or(&status))
}

fn status(snapshot: &Snapshot) -> String {
    let counts = &snapshot.counts;
    match &snapshot.condition {
        Condition::Paused { .. } => words().headline_paused(),
        Condition::Starting | Condition::Watching if counts.needs_you > 0 => {
            words().headline_decisions(counts.needs_you)
        }
        Condition::Starting | Condition::Watching if counts.to_send > 0 => {
            words().headline_ready(counts.to_send)
        }
        Condition::Starting => words().headline_starting(),
        Condition::Watching => words().headline_watching(),
        Condition::Stopped { problem }
        | Condition::SetUp { problem, .. }
        | Condition::Offline { problem }
        | Condition::Hindered { problem } => problem.message.trim_end_matches('.').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::dto::lists::Counts;

    use super::*;
    use crate::tray::examples::{problem, snapshot};

    #[test]
    fn the_headline_follows_the_state() {
        let said = |condition, to_send, needs_you| {
            let counts = Counts {
                to_send,
                needs_you,
                ..Counts::default()
            };
            let snapshot = Snapshot {
                counts,
                ..snapshot(condition)
            };
            headline("Padwatch", &snapshot)
        };
        let paused = Condition::Paused { until_ms: None };
        let offline = Condition::Offline { problem: problem() };
        assert_eq!(said(Condition::Watching, 0, 0), "Padwatch: watching");
        assert_eq!(
            said(Condition::Watching, 1, 0),
            "Padwatch: 1 pad link ready to send"
        );
        assert_eq!(
            said(Condition::Watching, 2, 3),
            "Padwatch: 3 candidates need a decision"
        );
        assert_eq!(said(paused, 2, 1), "Padwatch: paused");
        assert_eq!(
            said(offline, 0, 0),
            "Padwatch: Lever does not know this key any more"
        );
    }

    #[test]
    fn the_headline_names_the_program_once() {
        let mut needed = problem();
        needed.message = "Padwatch needs a Lever key.".to_owned();
        let condition = Condition::Hindered { problem: needed };
        assert_eq!(
            headline("Padwatch (work)", &snapshot(condition)),
            "Padwatch (work): needs a Lever key"
        );
    }
}
