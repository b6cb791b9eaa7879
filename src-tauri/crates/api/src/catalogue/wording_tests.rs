//! The catalogue speaks as Padwatch does: in the terms of Lever, CoderPad and the desktop, in
//! short sentences, and no message is left over.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, iter};

use padwatch_domain::activity::Activity;
use padwatch_domain::note::notice::Notice;
use padwatch_domain::problem::Problem;
use padwatch_domain::reason::Reason;

use super::ENGLISH;
use super::messages::{self, Message};

/// In what happened: a glance has to be enough.
const WORDS_OF_WHAT_HAPPENED: usize = 12;
/// In any other sentence.
const WORDS_OF_A_SENTENCE: usize = 25;

/// What is not said, and what is said instead.
const TERMS: &[(&str, &str)] = &[
    ("make a pad", "create a pad"),
    ("made a pad", "created a pad"),
    ("pad is made", "pad is created"),
    ("candidacy", "application"),
    ("candidacies", "applications"),
    ("ledger", "data on this computer"),
    ("sandbox", "demo"),
    ("quota", "pads left in your plan"),
    ("allowance", "pads left in your plan"),
    ("recording", "playback"),
    ("play back", "watch playback"),
    ("finished interview", "ended interview"),
    ("needs you", "needs a decision"),
    ("set aside", "skipped"),
    ("leave alone", "skip"),
    ("uncertain", "not confirmed"),
    ("said no", "declined by"),
    ("refused", "declined by"),
    ("refuses", "declines"),
    ("one too many", "extra pad"),
    ("adopted", "existing pad"),
    ("taken over", "existing pad"),
    ("take over", "use"),
    ("already there", "already in stage"),
    ("surge", "bulk move"),
    ("many at once", "bulk move"),
    ("put on the", "add the"),
    ("take off", "remove"),
    ("goes on", "continues"),
    ("by itself", "automatically"),
    ("person's word", "approval"),
    ("somebody", "someone"),
    ("anybody", "anyone"),
    ("everybody", "everyone"),
    ("whoever", "anyone who"),
    ("whom", "who"),
    ("shall", "will"),
    ("anew", "again"),
    ("in vain", "without success"),
    ("mend", "fix"),
    ("any more", "any longer"),
    ("anymore", "any longer"),
    ("as you like", "nothing"),
    ("do no harm", "what it does"),
    ("went wrong", "what happened"),
    ("oops", "nothing"),
    ("sorry", "nothing"),
    ("successfully", "nothing"),
    ("please", "nothing"),
    ("blank", "space"),
    // Half the desktop's users know no other word, so it explains "password store".
    ("a keyring", "password store (keyring)"),
    ("the keyring", "password store (keyring)"),
    // Contractions, as people speak.
    ("cannot", "can’t"),
    ("do not", "don’t"),
    ("does not", "doesn’t"),
    ("is not", "isn’t"),
    ("are not", "aren’t"),
    ("will not", "won’t"),
    ("has not", "hasn’t"),
    ("was not", "wasn’t"),
    // American spelling.
    ("cancelled", "canceled"),
    ("colour", "color"),
    ("organisation", "organization"),
    ("recognise", "recognize"),
    ("e-mail", "email"),
    // A library's or a protocol's words.
    ("reqwest", "what happened"),
    ("sqlite", "what happened"),
    ("tokio", "what happened"),
    ("serde", "what happened"),
    ("json", "what happened"),
    ("timed out", "didn’t answer in time"),
    ("timeout", "didn’t answer in time"),
    ("status code", "what happened"),
    ("null", "nothing"),
];

/// Where a word is another's own.
const AS_OTHERS_SAY: &[(&str, &str)] = &[
    // Lever's name for its own test environment.
    ("connection-lever-test", "sandbox"),
];

/// Buttons and boxes in Lever.
const OTHERS_BUTTONS: &[&str] = &[
    "Generate New Key",
    "Verify",
    "+ Add webhook",
    "Allow access to confidential data",
];

fn all() -> Vec<Message> {
    messages::read(ENGLISH).unwrap()
}

/// Each text that may be shown: the forms of a message by number or case count as several.
fn texts(message: &Message) -> impl Iterator<Item = &str> {
    message.pattern.split('|').map(str::trim)
}

/// Lowercase words, with a space around each.
fn words_of(text: &str) -> String {
    let is_of_a_word = |c: char| c.is_alphanumeric() || "’'-{}_".contains(c);
    let words = text
        .split(|c| !is_of_a_word(c))
        .filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    format!(" {} ", words.join(" "))
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let ends = [". ", "? ", ": ", "\n\n"];
    let mut rest = Some(text);
    iter::from_fn(move || {
        let text = rest?;
        let end = ends.iter().filter_map(|end| text.find(end)).min();
        let (sentence, left) = match end {
            Some(at) => (text.get(..at)?, text.get(at + 2..)),
            None => (text, None),
        };
        rest = left;
        Some(sentence)
    })
}

#[test]
fn each_term_is_the_one_that_recruiters_know() {
    let mut wrong = Vec::new();
    for message in all() {
        for (term, instead) in TERMS {
            let is_others = AS_OTHERS_SAY.contains(&(message.key.as_str(), term));
            let is_said = texts(&message).any(|text| words_of(text).contains(&format!(" {term} ")));
            if is_said && !is_others {
                wrong.push(format!("{}: “{term}”, rather {instead}", message.key));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_term_is_found_wherever_it_stands() {
    assert!(words_of("Lost in vain.").contains(" in vain "));
    assert!(words_of("“Whoever” comes").contains(" whoever "));
    assert!(!words_of("Recommended").contains(" mend "));
}

#[test]
fn sentences_are_short() {
    let mut long = Vec::new();
    for message in all() {
        let is_what_happened = message.key.starts_with("problem-") && !message.key.contains('.');
        let limit = match is_what_happened {
            true => WORDS_OF_WHAT_HAPPENED,
            false => WORDS_OF_A_SENTENCE,
        };
        for sentence in texts(&message).flat_map(sentences) {
            let count = sentence.split_whitespace().count();
            if count > limit {
                long.push(format!("{}: {count} words", message.key));
            }
        }
    }
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn typography_is_of_one_kind() {
    let mut wrong = Vec::new();
    for message in all() {
        for sign in ["!", "'", "\"", "...", " - ", " \u{2014} ", "  ", " ,", " ."] {
            if texts(&message).any(|text| text.contains(sign)) {
                wrong.push(format!("{}: {sign:?}", message.key));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_happened_means_and_is_to_be_done_are_sentences() {
    let mut wrong = Vec::new();
    for message in all()
        .iter()
        .filter(|message| message.key.starts_with("problem-"))
    {
        if !message.pattern.trim_end().ends_with(['.', '?', '}', '”']) {
            wrong.push(message.key.clone());
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_button_that_a_sentence_names_is_called_that() {
    let all = all();
    let labels: BTreeSet<&str> = all.iter().flat_map(texts).collect();
    let mut wrong = Vec::new();
    for message in &all {
        for text in texts(message) {
            for name in selected(text) {
                if !labels.contains(name) && !OTHERS_BUTTONS.contains(&name) {
                    wrong.push(format!("{}: “{name}”", message.key));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "nothing is called that: {wrong:#?}");
}

/// The names in quotes that a sentence tells to select.
fn selected(text: &str) -> impl Iterator<Item = &str> {
    let begun = ["elect “", "Includes a “", "under “"];
    begun.into_iter().flat_map(move |begin| {
        let named = text.split(begin).skip(1);
        named.filter_map(|rest| rest.split('”').next())
    })
}

#[test]
fn each_message_of_a_code_has_its_code() {
    let codes = |kind: &str, codes: Vec<&str>| -> Vec<String> {
        let key = |code: &&str| format!("{kind}-{code}");
        codes.iter().map(key).collect()
    };
    let names = |shapes: &[(&'static str, &[&str])]| shapes.iter().map(|(code, _)| *code).collect();
    let known: BTreeSet<String> = [
        codes("problem", names(Problem::SHAPES)),
        codes("reason", names(Reason::SHAPES)),
        codes("activity", names(Activity::SHAPES)),
        codes("notice", names(Notice::SHAPES)),
    ]
    .concat()
    .into_iter()
    .collect();
    let sections = ["Problems", "Reasons", "Activity", "Notices"];
    let mut left = Vec::new();
    for message in all() {
        let is_of_a_code = sections.iter().any(|one| message.section.starts_with(one));
        let name = message.key.split('.').next().unwrap().to_owned();
        let is_named_in_code = !["problem-", "reason-", "activity-", "notice-"]
            .iter()
            .any(|kind| name.starts_with(kind));
        if is_of_a_code && !is_named_in_code && !known.contains(&name) {
            left.push(message.key);
        }
    }
    assert!(left.is_empty(), "no code says {left:?}");
}

#[test]
fn each_message_with_a_method_is_used() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = String::new();
    for folder in [crates.join("src"), crates.join("../../src")] {
        read_all(&folder, &mut sources);
    }
    let by_code = [
        "Problems", "Reasons", "Activity", "Triggers", "Notices", "Window",
    ];
    let mut unused = Vec::new();
    for message in all() {
        let has_method = !by_code.iter().any(|one| message.section.starts_with(one));
        let method = format!("{}(", message.key.replace(['-', '.'], "_"));
        if has_method && !sources.contains(&method) && !is_used_by_name(&message) {
            unused.push(message.key);
        }
    }
    assert!(unused.is_empty(), "nothing says {unused:?}");
}

/// The window's own tests see to these; gaps of a template are found by their names.
fn is_used_by_name(message: &Message) -> bool {
    let is_named = message.key.starts_with("gap-");
    let is_of_the_window = |section: &str| message.section.starts_with(section);
    is_named || ["Times", "Terms"].into_iter().any(is_of_the_window)
}

fn read_all(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_all(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}
