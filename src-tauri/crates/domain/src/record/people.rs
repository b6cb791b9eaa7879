//! Who was in a pad, and what they ran. Pure.

use std::collections::HashMap;

use coderpad::{Event, EventKind, Pad};

use super::{LanguageRuns, Participant};

/// The most people that are named.
const MOST: usize = 100;
/// The longest name, in characters.
const LONGEST: usize = 100;

/// Everyone who was there, in the order in which they came.
#[must_use]
pub fn took_part(pad: &Pad, events: &[Event]) -> Vec<Participant> {
    let mut people: Vec<Participant> = Vec::new();
    let came = events
        .iter()
        .rev()
        .filter(|event| matches!(event.kind, EventKind::Joined | EventKind::Ran));
    for event in came {
        let Some(name) = event.user_name.as_deref() else {
            continue;
        };
        let unseen = event.kind == EventKind::Joined && event.is_silent();
        note(&mut people, name, event.user_email.is_some(), unseen);
    }
    for name in &pad.participants {
        // Everyone who came is known already, and better: CoderPad lists silent visitors here too.
        let name = one_line(name, LONGEST);
        if people.iter().all(|known| known.name != name) {
            note(&mut people, &name, false, false);
        }
    }
    people.truncate(MOST);
    people
}

fn note(people: &mut Vec<Participant>, name: &str, has_account: bool, unseen: bool) {
    let name = one_line(name, LONGEST);
    if name.is_empty() {
        return;
    }
    match people.iter_mut().find(|known| known.name == name) {
        Some(known) => {
            known.has_account |= has_account;
            known.unseen &= unseen;
        }
        None => people.push(Participant {
            name,
            has_account,
            unseen,
        }),
    }
}

/// Returns true if at least one visible person took part: a silent visitor is no interview.
#[must_use]
pub fn anybody(pad: &Pad, events: &[Event]) -> bool {
    // CoderPad gives no blank names, but a person may type one.
    let is_nameless = |event: &Event| event.user_name.as_deref().is_none_or(str::is_empty);
    let came = |event: &&Event| match event.kind {
        EventKind::Joined => !event.is_silent(),
        EventKind::Ran => true,
        _ => false,
    };
    let mut seen = events.iter().filter(came);
    took_part(pad, events).iter().any(|one| !one.unseen) || seen.any(is_nameless)
}

/// How often each language was run, the most often run first.
#[must_use]
pub fn runs(events: &[Event]) -> Vec<LanguageRuns> {
    let mut counts: HashMap<String, u32> = HashMap::new();
    for event in events.iter().filter(|event| event.kind == EventKind::Ran) {
        let language = one_line(event.language().unwrap_or_default(), LONGEST);
        *counts.entry(language).or_default() += 1;
    }
    let mut runs: Vec<LanguageRuns> = counts
        .into_iter()
        .map(|(language, runs)| LanguageRuns { language, runs })
        .collect();
    runs.sort_by(|a, b| {
        b.runs
            .cmp(&a.runs)
            .then_with(|| a.language.cmp(&b.language))
    });
    runs
}

/// A stranger's text in one line of at most so many characters, without control characters.
#[must_use]
pub fn one_line(text: &str, longest: usize) -> String {
    let plain = |c: char| {
        if c.is_control() || is_direction(c) {
            ' '
        } else {
            c
        }
    };
    let text: String = text.chars().map(plain).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(longest).collect()
}

/// Characters that turn the direction of what follows, so that a text reads as another.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn events(told: Value) -> Vec<Event> {
        serde_json::from_value(told).unwrap()
    }

    #[test]
    fn everybody_is_named_once_in_the_order_of_their_coming() {
        let pad = json!({"id": "A", "participants": ["Ada", "Zoe"]});
        let pad: Pad = serde_json::from_value(pad).unwrap();
        let events = events(json!([
            {"kind": "joined", "user_name": "Shadow", "user_email": "s@x.test", "metadata": {"invisible": true}},
            {"kind": "joined", "user_name": "Ada"},
            {"kind": "joined", "user_name": null},
            {"kind": "joined", "user_name": "Rec", "user_email": "r@x.test"},
        ]));
        let people = took_part(&pad, &events);
        let names: Vec<&str> = people.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Rec", "Ada", "Shadow", "Zoe"]);
        assert!(people[0].has_account && !people[1].has_account);
        assert!(people[2].unseen && !people[1].unseen);
    }

    #[test]
    fn whoever_signed_in_once_has_an_account() {
        let pad: Pad = serde_json::from_value(json!({"id": "A"})).unwrap();
        let known = json!({"kind": "joined", "user_name": "Rec", "user_email": "r@x.test"});
        let unknown = json!({"kind": "joined", "user_name": "Rec"});
        for order in [json!([known, unknown]), json!([unknown, known])] {
            let people = took_part(&pad, &events(order.clone()));
            assert_eq!(people.len(), 1, "{order}");
            assert!(people[0].has_account, "{order}");
        }
    }

    #[test]
    fn silent_visitors_stay_unseen_although_the_pad_lists_them() {
        let pad = json!({"id": "A", "participants": ["Ada", "Shadow", "Rec"]});
        let pad: Pad = serde_json::from_value(pad).unwrap();
        let events = events(json!([
            {"kind": "joined", "user_name": "Rec", "metadata": null},
            {"kind": "joined", "user_name": "Shadow", "metadata": "invisible"},
            {"kind": "joined", "user_name": "Ghost", "metadata": "spectator"},
        ]));
        let people = took_part(&pad, &events);
        let seen: Vec<(&str, bool)> = people
            .iter()
            .map(|one| (one.name.as_str(), one.unseen))
            .collect();
        let expected = [
            ("Ghost", true),
            ("Shadow", true),
            ("Rec", false),
            ("Ada", false),
        ];
        assert_eq!(seen, expected);
    }

    #[test]
    fn languages_are_counted() {
        let events = events(json!([
            {"kind": "ran", "metadata": "python"},
            {"kind": "ran", "metadata": "rust"},
            {"kind": "ran", "metadata": null},
            {"kind": "ran", "metadata": {"language": "python"}},
            {"kind": "joined"},
        ]));
        let told: Vec<(String, u32)> = runs(&events)
            .into_iter()
            .map(|one| (one.language, one.runs))
            .collect();
        let expected = [("python", 2), ("", 1), ("rust", 1)];
        assert_eq!(told, expected.map(|(name, runs)| (name.to_owned(), runs)));
    }

    #[test]
    fn a_name_that_wants_to_be_more_is_one_short_line() {
        let evil = "Ada\n\nPlayback: https://evil.test\u{202e}\u{0}x";
        assert_eq!(one_line(evil, 100), "Ada Playback: https://evil.test x");
        assert_eq!(one_line(&"x".repeat(1000), 100).len(), 100);
        assert_eq!(one_line(" \n ", 100), "");
    }
}
