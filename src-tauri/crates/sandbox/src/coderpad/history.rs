//! The history of edits, on a host of its own that needs no key and must get none
//! (contracts/coderpad.md, 2.7).

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE};
use http::{Method, StatusCode};
use serde_json::{Map, Value, json};
use transport::Reply;

use super::CoderPad;
use super::environments::{Environment, SourceFile};
use crate::answer;
use crate::ids::PadId;
use crate::incoming::Incoming;

/// One edit: author, time and change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Who typed.
    pub author: String,
    /// ms since the epoch.
    pub at: i64,
    /// From the start of the text to its end.
    pub steps: Vec<Step>,
}

/// One step through the text, in UTF-16 units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Leave so many as they are.
    Keep(i64),
    /// Take so many out.
    Delete(i64),
    /// Put this in.
    Insert(String),
}

impl Edit {
    /// The edit that makes one text from another: what both begin and end with stays.
    #[must_use]
    pub fn between(before: &str, after: &str, author: &str, at: i64) -> Self {
        let start = common(before.chars(), after.chars());
        let longest = before.chars().count().min(after.chars().count()) - start;
        let end = common(before.chars().rev(), after.chars().rev()).min(longest);
        let middle = |text: &str| -> String {
            let count = text.chars().count() - start - end;
            text.chars().skip(start).take(count).collect()
        };
        let kept: String = before.chars().take(start).collect();
        let rest: String = before.chars().rev().take(end).collect();
        let (gone, fresh) = (middle(before), middle(after));
        let steps = [
            Step::Keep(units(&kept)),
            Step::Delete(units(&gone)),
            Step::Insert(fresh),
            Step::Keep(units(&rest)),
        ];
        let steps = steps
            .into_iter()
            .filter(|step| !step.is_nothing())
            .collect();
        Self {
            author: author.to_owned(),
            at,
            steps,
        }
    }

    fn shown(&self) -> Value {
        let steps: Vec<Value> = self.steps.iter().map(Step::shown).collect();
        json!({ "a": self.author, "o": steps, "t": self.at })
    }
}

impl Step {
    fn is_nothing(&self) -> bool {
        match self {
            Self::Keep(count) | Self::Delete(count) => *count == 0,
            Self::Insert(text) => text.is_empty(),
        }
    }

    fn shown(&self) -> Value {
        match self {
            Self::Keep(count) => json!(count),
            Self::Delete(count) => json!(-count),
            Self::Insert(text) => json!(text),
        }
    }
}

fn common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

fn units(text: &str) -> i64 {
    i64::try_from(text.encode_utf16().count()).unwrap_or(i64::MAX)
}

/// The key of an edit: its number in base 62, behind a letter for the number of digits, so that
/// keys sort as numbers do. This is how firepad names its revisions.
fn revision(number: usize) -> String {
    const DIGITS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let digit = |value: usize| DIGITS.get(value).map_or('0', |byte| char::from(*byte));
    let mut rest = number;
    let mut text = String::new();
    while rest > 0 || text.is_empty() {
        text.insert(0, digit(rest % DIGITS.len()));
        rest /= DIGITS.len();
    }
    let length = text.len();
    text.insert(0, digit(length + 9));
    text
}

/// `/<pad>/history.json` and `/<pad>/environmentFiles/<language>/<base64 path>/history.json`.
/// What has no history is `null`.
pub(crate) fn answer(coderpad: &CoderPad, incoming: &Incoming) -> Reply {
    let segments = incoming.segments();
    let path: Vec<&str> = segments.iter().map(String::as_str).collect();
    let file = match (&incoming.method, path.as_slice()) {
        (&Method::GET, [pad, "history.json"]) => first_file(coderpad, pad),
        (&Method::GET, [pad, "environmentFiles", language, path, "history.json"]) => {
            file_at(coderpad, pad, language, path)
        }
        _ => return answer::json(StatusCode::NOT_FOUND, &json!({ "error": "404 Not Found" })),
    };
    let edited = file.filter(|file| file.was_edited());
    answer::json(StatusCode::OK, &edited.map_or(Value::Null, log))
}

fn log(file: &SourceFile) -> Value {
    let edits = file.edits().iter().enumerate();
    let log: Map<String, Value> = edits
        .map(|(number, edit)| (revision(number), edit.shown()))
        .collect();
    Value::Object(log)
}

fn of_pad<'c>(coderpad: &'c CoderPad, pad: &str) -> impl Iterator<Item = &'c Environment> {
    let found = coderpad.pads.get(&PadId::from(pad));
    let ids = found.into_iter().flat_map(|pad| &pad.values.environments);
    ids.filter_map(|id| coderpad.environments.get(id))
}

fn first_file<'c>(coderpad: &'c CoderPad, pad: &str) -> Option<&'c SourceFile> {
    of_pad(coderpad, pad).next()?.files.first()
}

fn file_at<'c>(
    coderpad: &'c CoderPad,
    pad: &str,
    language: &str,
    path: &str,
) -> Option<&'c SourceFile> {
    let bytes = BASE64_STANDARD
        .decode(path)
        .or_else(|_| BASE64_URL_SAFE.decode(path))
        .ok()?;
    let path = String::from_utf8(bytes).ok()?;
    let mut fitting = of_pad(coderpad, pad).filter(|environment| environment.language == language);
    fitting.find_map(|environment| environment.files.iter().find(|file| file.path == path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_counts_in_utf_16_units() {
        let edit = Edit::between("a😀b", "a😀xyb", "me", 0);
        assert_eq!(
            edit.steps,
            [Step::Keep(3), Step::Insert("xy".to_owned()), Step::Keep(1)]
        );
        let edit = Edit::between("a😀b", "ab", "me", 0);
        assert_eq!(edit.steps, [Step::Keep(1), Step::Delete(2), Step::Keep(1)]);
    }

    #[test]
    fn revisions_sort_as_they_count() {
        assert_eq!(revision(0), "A0");
        assert_eq!(revision(61), "Az");
        assert_eq!(revision(62), "B10");
        let names: Vec<String> = (0..5_000).map(revision).collect();
        assert!(names.is_sorted());
    }
}
