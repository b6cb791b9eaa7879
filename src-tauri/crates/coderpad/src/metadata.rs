use std::collections::BTreeMap;

use serde::{Deserialize as _, Deserializer};
use serde_json::Value;

/// What an event says beside its kind. The service sends a plain text (contracts/coderpad.md, 2.5);
/// an object with names has been seen too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Metadata {
    /// A word whose meaning depends on the kind of the event.
    Word(String),
    /// Words by their names.
    Named(BTreeMap<String, String>),
}

/// More names than this, no event has.
const MOST: usize = 32;

impl Metadata {
    /// The word, or the one with this name.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::Named(words) => words.get(name).map(String::as_str),
        }
    }

    /// Returns true if this is the word, if the word with this name is `true`, or if it stands
    /// under any name.
    pub(crate) fn says(&self, name: &str) -> bool {
        let is_it = |word: &str| word.trim().eq_ignore_ascii_case(name);
        match self {
            Self::Word(word) => is_it(word),
            Self::Named(words) => words.iter().any(|(key, said)| {
                let is_true = is_it(key) && matches!(&*said.to_ascii_lowercase(), "true" | "1");
                is_true || is_it(said)
            }),
        }
    }
}

/// Reads what an event says; anything that is neither of its forms says nothing.
pub(crate) fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Metadata>, D::Error> {
    Ok(metadata(Value::deserialize(input)?))
}

fn metadata(value: Value) -> Option<Metadata> {
    match value {
        Value::String(text) => match serde_json::from_str(&text) {
            // An object, a list or a text within the text.
            Ok(inner @ (Value::Object(_) | Value::Array(_) | Value::String(_))) => metadata(inner),
            _ => Some(text.trim())
                .filter(|word| !word.is_empty())
                .map(|word| Metadata::Word(word.to_owned())),
        },
        Value::Number(number) => Some(Metadata::Word(number.to_string())),
        Value::Object(fields) => {
            let words = fields.into_iter().take(MOST);
            let words = words.filter_map(|(name, value)| Some((name, word(value)?)));
            Some(Metadata::Named(words.collect()))
        }
        // The first that says something.
        Value::Array(items) => items.into_iter().take(MOST).find_map(metadata),
        Value::Null | Value::Bool(_) => None,
    }
}

fn word(value: Value) -> Option<String> {
    match value {
        Value::String(word) => Some(word),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{Event, QuestionId};

    fn event(kind: &str, metadata: &serde_json::Value) -> Event {
        serde_json::from_value(json!({"kind": kind, "metadata": metadata})).unwrap()
    }

    #[test]
    fn the_language_of_a_run_is_a_plain_text_or_a_named_one() {
        for said in [
            json!("python"),
            json!(" python "),
            json!({"language": "python"}),
            json!(r#"{"language":"python"}"#),
            json!(r#""python""#),
            json!(["python"]),
            json!([null, {"language": "python"}]),
        ] {
            assert_eq!(event("ran", &said).language(), Some("python"), "{said}");
            assert_eq!(event("joined", &said).language(), None, "{said}");
            assert!(!event("ran", &said).is_silent(), "{said}");
        }
        for nothing in [json!(null), json!(""), json!({}), json!([]), json!(true)] {
            assert_eq!(event("ran", &nothing).language(), None, "{nothing}");
        }
    }

    #[test]
    fn a_silent_visitor_is_known_by_either_word_in_either_form() {
        for said in [
            json!("invisible"),
            json!("spectator"),
            json!("Spectator"),
            json!({"invisible": true}),
            json!({"spectator": "true"}),
            json!({"spectator": "True"}),
            json!({"Invisible": 1}),
            json!({"mode": "spectator"}),
            json!([" spectator "]),
            json!(r#"{"visibility":"invisible"}"#),
        ] {
            assert!(event("joined", &said).is_silent(), "{said}");
            assert!(event("left", &said).is_silent(), "{said}");
            assert!(!event("ran", &said).is_silent(), "{said}");
        }
        for seen in [
            json!(null),
            json!(""),
            json!("visible"),
            json!({"invisible": false}),
            json!({"spectator": null}),
            json!({"invisible": "false"}),
            json!({"mode": "visible"}),
            json!([]),
        ] {
            assert!(!event("joined", &seen).is_silent(), "{seen}");
        }
    }

    #[test]
    fn the_question_that_was_opened_is_known_by_its_id() {
        for said in [json!("7001"), json!(7001), json!({"question_id": 7001})] {
            let question = event("added_question", &said).question();
            assert_eq!(question, Some(QuestionId(7001)), "{said}");
        }
        assert_eq!(event("added_question", &json!("two sums")).question(), None);
    }
}
