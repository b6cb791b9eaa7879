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
    let first = usize::from(coderpad.switches.history_from_first_text);
    let log = edited.map_or(Value::Null, |file| log(file, first));
    answer::json(StatusCode::OK, &log)
}

/// The edits from the given one on.
fn log(file: &SourceFile, first: usize) -> Value {
    let edits = file.edits().iter().skip(first).enumerate();
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
    fn revisions_sort_as_they_count() {
        assert_eq!(revision(0), "A0");
        assert_eq!(revision(61), "Az");
        assert_eq!(revision(62), "B10");
        let names: Vec<String> = (0..5_000).map(revision).collect();
        assert!(names.is_sorted());
    }
}
