//! How long people were in a pad, from their coming and going. Pure.

use std::collections::HashMap;

use coderpad::{Event, EventKind};

/// When and how long people were there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Presence {
    /// When the longest time began, in ms since the epoch.
    pub began_ms: i64,
    /// All times together, in ms.
    pub lasted_ms: i64,
}

/// The time in which at least two people were there; in which one was, if no one else came.
/// A person who opens the pad for a moment the day before moves neither start nor length by
/// much. `None`: no one came.
#[must_use]
pub(super) fn read(events: &[Event], ended_ms: i64) -> Option<Presence> {
    let mut events: Vec<(i64, &Event)> = events
        .iter()
        .filter_map(|event| Some((event.created_at_ms?, event)))
        .collect();
    // Newest first as they come; of the same second, the later one stands first.
    events.reverse();
    events.sort_by_key(|(at_ms, _)| *at_ms);
    let end_ms = end(&events, ended_ms);
    stretches(&events, 2, end_ms).or_else(|| stretches(&events, 1, end_ms))
}

/// A person without a `left` event left with the end; with an automatic end days later, at the last
/// event before it.
fn end(events: &[(i64, &Event)], ended_ms: i64) -> i64 {
    let auto_ended = |(_, event): &&(i64, &Event)| event.kind == EventKind::AutoEnded;
    if !events.iter().any(|event| auto_ended(&event)) {
        return ended_ms;
    }
    let others = events.iter().filter(|event| !auto_ended(event));
    others.map(|(at_ms, _)| *at_ms).max().unwrap_or(ended_ms)
}

fn stretches(events: &[(i64, &Event)], enough: usize, end_ms: i64) -> Option<Presence> {
    let mut here: HashMap<&str, u32> = HashMap::new();
    let mut since = None;
    let mut stretches = Vec::new();
    for (at_ms, event) in events {
        come_or_go(&mut here, event);
        let is_on = here.len() >= enough;
        match since {
            None if is_on => since = Some(*at_ms),
            Some(began_ms) if !is_on => {
                stretches.push((began_ms, at_ms - began_ms));
                since = None;
            }
            _ => {}
        }
    }
    if let Some(began_ms) = since {
        stretches.push((began_ms, end_ms.saturating_sub(began_ms).max(0)));
    }
    let (began_ms, _) = *stretches.iter().max_by_key(|(_, length)| *length)?;
    Some(Presence {
        began_ms,
        lasted_ms: stretches.iter().map(|(_, length)| length).sum(),
    })
}

/// The same person may be there in several windows.
fn come_or_go<'e>(here: &mut HashMap<&'e str, u32>, event: &'e Event) {
    let Some(who) = event.user_email.as_deref().or(event.user_name.as_deref()) else {
        return;
    };
    match event.kind {
        EventKind::Joined if !event.is_silent() => *here.entry(who).or_default() += 1,
        // A person who left unseen was not counted when they came.
        EventKind::Left if !event.is_silent() => {
            if let Some(windows) = here.get_mut(who) {
                *windows -= 1;
                if *windows == 0 {
                    here.remove(who);
                }
            }
        }
        EventKind::Ended | EventKind::AutoEnded => here.clear(),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const MINUTE: i64 = 60_000;
    const DAY: i64 = 24 * 60;

    /// Events as CoderPad gives them: `(minute, kind, who)`, newest first.
    fn events(told: &[(i64, &str, &str)]) -> Vec<Event> {
        let event = |(minute, kind, who): &(i64, &str, &str)| {
            let who = (!who.is_empty()).then_some(who);
            let mut event: Event =
                serde_json::from_value(json!({"kind": kind, "user_name": who})).unwrap();
            event.created_at_ms = Some(minute * MINUTE);
            event
        };
        told.iter().rev().map(event).collect()
    }

    fn minutes(told: &[(i64, &str, &str)], ended: i64) -> Option<(i64, i64)> {
        let presence = read(&events(told), ended * MINUTE)?;
        Some((presence.began_ms / MINUTE, presence.lasted_ms / MINUTE))
    }

    #[test]
    fn it_begins_when_the_second_one_comes_and_lasts_while_both_are_there() {
        let told = [
            (0, "joined", "Rec"),
            (2, "joined", "Ada"),
            (40, "left", "Ada"),
            (50, "ended", "Rec"),
        ];
        assert_eq!(minutes(&told, 50), Some((2, 38)));
    }

    #[test]
    fn a_look_into_the_pad_the_day_before_is_not_its_beginning() {
        let told = [
            (0, "joined", "Rec"),
            (1, "joined", "Col"),
            (2, "left", "Col"),
            (3, "left", "Rec"),
            (DAY, "joined", "Rec"),
            (DAY + 1, "joined", "Ada"),
            (DAY + 46, "ended", "Rec"),
        ];
        assert_eq!(minutes(&told, DAY + 46), Some((DAY + 1, 46)));
    }

    #[test]
    fn a_pad_that_ended_itself_a_week_later_did_not_last_a_week() {
        let told = [
            (0, "joined", "Rec"),
            (1, "joined", "Ada"),
            (31, "ran", "Ada"),
            (7 * DAY, "auto_ended", ""),
        ];
        assert_eq!(minutes(&told, 7 * DAY), Some((1, 30)));
    }

    #[test]
    fn a_person_in_two_windows_counts_once_and_an_unseen_one_never() {
        assert_eq!(minutes(&[(5, "joined", "Ada")], 35), Some((5, 30)));
        let two_windows = [
            (0, "joined", "Ada"),
            (1, "joined", "Rec"),
            (2, "joined", "Ada"),
            (3, "left", "Ada"),
            (9, "left", "Ada"),
        ];
        assert_eq!(minutes(&two_windows, 20), Some((1, 8)));
        assert_eq!(minutes(&[(3, "ended", "Rec")], 3), None);
        assert_eq!(minutes(&[(3, "left", "Rec")], 3), None);
    }

    #[test]
    fn silent_visitors_make_no_interview_longer_or_earlier() {
        let event = |minute: i64, kind: &str, who: &str, metadata: Option<&str>| {
            let mut event: Event = serde_json::from_value(
                json!({"kind": kind, "user_name": who, "metadata": metadata}),
            )
            .unwrap();
            event.created_at_ms = Some(minute * MINUTE);
            event
        };
        let mut told = vec![
            event(0, "joined", "Boss", Some("invisible")),
            event(1, "joined", "Ghost", Some("spectator")),
            event(30, "joined", "Rec", None),
            event(31, "joined", "Ada", None),
            event(40, "left", "Ghost", Some("spectator")),
            event(41, "joined", "Rec", Some("spectator")),
            event(42, "left", "Rec", Some("spectator")),
            event(56, "left", "Ada", None),
            event(57, "left", "Rec", None),
            event(65, "left", "Boss", None),
        ];
        told.reverse();
        let presence = read(&told, 66 * MINUTE).unwrap();
        assert_eq!(presence.began_ms, 31 * MINUTE);
        assert_eq!(presence.lasted_ms, 25 * MINUTE);
    }

    #[test]
    fn an_end_before_the_beginning_is_no_negative_time() {
        assert_eq!(minutes(&[(9, "joined", "Ada")], 5), Some((9, 0)));
    }
}
