//! How an interview ended, from what CoderPad tells of the pad.

use coderpad::{Event, EventKind, Pad};
use transport::ApiRoot;

use crate::lifecycle::Ending;
use crate::record::people;

/// That an interview is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// When, in ms since the epoch, as far as CoderPad says.
    pub at_ms: Option<i64>,
    pub ending: Ending,
    /// Where CoderPad says that the playback is.
    pub playback: Option<String>,
}

/// Reads the end of a finished pad. Without its events, what the pad itself says has to do.
#[must_use]
pub fn read(pad: &Pad, events: &[Event], root: &ApiRoot) -> Ended {
    let somebody = people::anybody(pad, events);
    let by_itself = events.iter().any(|e| e.kind == EventKind::AutoEnded);
    let ending = match (somebody, by_itself) {
        (false, _) => Ending::NeverOpened,
        (true, true) => Ending::ByItself,
        (true, false) => Ending::Held,
    };
    let end = |e: &&Event| matches!(e.kind, EventKind::Ended | EventKind::AutoEnded);
    let told = events
        .iter()
        .filter(end)
        .filter_map(|e| e.created_at_ms)
        .max();
    Ended {
        at_ms: pad.ended_at_ms.or(told),
        ending,
        playback: pad.playback_link(root),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn end_of(pad: &Pad, events: &[Event]) -> Ended {
        read(
            pad,
            events,
            &ApiRoot::parse("https://app.coderpad.io").unwrap(),
        )
    }

    fn pad(participants: &[&str]) -> Pad {
        let pad = json!({"id": "K7QWM3ZD", "state": "ended", "participants": participants});
        serde_json::from_value(pad).unwrap()
    }

    fn events(kinds: &[&str]) -> Vec<Event> {
        let event = |kind: &&str| {
            let event = json!({"kind": kind, "created_at": "2026-03-03T10:00:00Z"});
            serde_json::from_value(event).unwrap()
        };
        kinds.iter().map(event).collect()
    }

    #[test]
    fn held_auto_ended_and_never_opened_interviews_are_told_apart() {
        for (people, kinds, ending) in [
            (
                vec!["Ada"],
                vec!["ended", "left", "ran", "joined"],
                Ending::Held,
            ),
            (
                vec!["Ada"],
                vec!["auto_ended", "left", "joined"],
                Ending::ByItself,
            ),
            (vec![], vec!["ended"], Ending::NeverOpened),
            (vec![], vec!["auto_ended", "started"], Ending::NeverOpened),
            (vec![], vec!["ended", "joined"], Ending::Held),
            (vec![], vec!["ended", "ran"], Ending::Held),
            (vec!["Ada"], vec![], Ending::Held),
            (vec![], vec![], Ending::NeverOpened),
        ] {
            let read = end_of(&pad(&people), &events(&kinds));
            assert_eq!(read.ending, ending, "{people:?} {kinds:?}");
        }
    }

    #[test]
    fn a_pad_that_only_silent_visitors_opened_was_never_opened() {
        let silent: Vec<Event> = serde_json::from_value(json!([
            {"kind": "ended", "created_at": "2026-03-03T10:00:00Z"},
            {"kind": "joined", "user_name": "Shadow", "metadata": "spectator"},
            {"kind": "joined", "metadata": "invisible"},
        ]))
        .unwrap();
        assert_eq!(end_of(&pad(&[]), &silent).ending, Ending::NeverOpened);
        assert_eq!(
            end_of(&pad(&["Shadow"]), &silent).ending,
            Ending::NeverOpened
        );
        assert_eq!(end_of(&pad(&["Ada"]), &silent).ending, Ending::Held);
    }

    #[test]
    fn the_end_is_the_pads_own_or_else_that_of_its_events() {
        let mut pad = pad(&["Ada"]);
        let from_events = end_of(&pad, &events(&["ended", "joined"]));
        assert_eq!(from_events.at_ms, Some(1_772_532_000_000));
        pad.ended_at_ms = Some(7);
        assert_eq!(end_of(&pad, &events(&["ended"])).at_ms, Some(7));
        assert_eq!(end_of(&super::tests::pad(&[]), &[]).at_ms, None);
    }
}
