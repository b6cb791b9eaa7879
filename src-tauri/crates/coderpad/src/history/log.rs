//! Firepad's log as it is written: an object of `key: {a: author, o: [steps], t: ms}`.

use std::cmp::Ordering;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// One edit as it stands in the log. Its steps are read when it is its turn, so that never more
/// than one edit's are held.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Edit<'a> {
    /// `None` where there are none.
    #[serde(rename = "o", default, borrow)]
    steps: Option<&'a RawValue>,
    /// When, in ms since the epoch.
    #[serde(rename = "t", default, deserialize_with = "crate::lenient::or_default")]
    pub(super) at_ms: Option<i64>,
}

/// A step of an edit, which goes from the start of the text to its end.
/// Counts are UTF-16 units, since the log was written by a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Keep(usize),
    Delete(usize),
    Insert(Vec<u16>),
}

/// Reads a log, in the order of its keys, which is Firepad's. An edit that can't be read keeps its
/// place. `None` for a body of `null`: nothing was ever typed.
pub(super) fn read(body: &[u8]) -> Result<Option<Vec<Edit<'_>>>, serde_json::Error> {
    let Some(Entries(mut entries)) = serde_json::from_slice(body)? else {
        return Ok(None);
    };
    entries.sort_by(|(a, x), (b, y)| key_order(a, b).then(x.at_ms.cmp(&y.at_ms)));
    Ok(Some(entries.into_iter().map(|(_, edit)| edit).collect()))
}

/// The edits in the order of their times, which is that of other clients. One without a time comes
/// with the one before it; of the same time, the keys decide.
pub(super) fn by_time<'e, 'a>(by_key: &'e [Edit<'a>]) -> Vec<&'e Edit<'a>> {
    let first = by_key.iter().find_map(|edit| edit.at_ms);
    let mut last = first.unwrap_or_default();
    let mut timed: Vec<(i64, &Edit<'a>)> = by_key
        .iter()
        .map(|edit| {
            last = edit.at_ms.unwrap_or(last);
            (last, edit)
        })
        .collect();
    timed.sort_by_key(|(at_ms, _)| *at_ms);
    timed.into_iter().map(|(_, edit)| edit).collect()
}

/// Firepad's keys are made to sort as text (`A0` … `Az`, `B10` …). Firebase puts whole numbers
/// before them, by their value.
fn key_order(a: &str, b: &str) -> Ordering {
    match (a.parse::<u32>(), b.parse::<u32>()) {
        (Ok(a), Ok(b)) => a.cmp(&b),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        (Err(_), Err(_)) => a.cmp(b),
    }
}

/// The members of the object, a key that stands twice included: a map would lose one silently.
struct Entries<'a>(Vec<(String, Edit<'a>)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of edits")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some((key, value)) = map.next_entry::<String, &RawValue>()? {
                    let edit = serde_json::from_str(value.get()).unwrap_or_default();
                    entries.push((key, edit));
                }
                Ok(Entries(entries))
            }
        }

        input.deserialize_map(Members)
    }
}

impl Edit<'_> {
    /// The steps, in order. `None` for a list, or a step, of another form.
    pub(super) fn steps(&self) -> Option<impl Iterator<Item = Option<Step>>> {
        let steps: Vec<&RawValue> = serde_json::from_str(self.steps?.get()).ok()?;
        Some(steps.into_iter().map(step))
    }

    /// Returns true if every step can be read.
    pub(super) fn is_readable(&self) -> bool {
        self.steps()
            .is_some_and(|mut steps| steps.all(|step| step.is_some()))
    }
}

fn step(raw: &RawValue) -> Option<Step> {
    let text = raw.get();
    if text.starts_with('"') {
        return Some(Step::Insert(serde_json::from_str::<Units>(text).ok()?.0));
    }
    let count: i64 = serde_json::from_str(text).ok()?;
    let size = usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX);
    Some(if count < 0 {
        Step::Delete(size)
    } else {
        Step::Keep(size)
    })
}

/// A JSON string as UTF-16 units. One edit may insert half of a character, and the next one the
/// other half; a Rust string couldn't hold that, so the string is taken as bytes, in which
/// `serde_json` writes a half as the three bytes that UTF-8 would have for it.
struct Units(Vec<u16>);

impl<'de> Deserialize<'de> for Units {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct Bytes;

        impl Visitor<'_> for Bytes {
            type Value = Units;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Units, E> {
                units(bytes)
                    .map(Units)
                    .ok_or_else(|| E::custom("a text that is no text"))
            }
        }

        input.deserialize_bytes(Bytes)
    }
}

fn units(mut bytes: &[u8]) -> Option<Vec<u16>> {
    let mut units = Vec::with_capacity(bytes.len());
    loop {
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                units.extend(text.encode_utf16());
                return Some(units);
            }
            Err(error) => {
                let (valid, rest) = bytes.split_at_checked(error.valid_up_to())?;
                units.extend(std::str::from_utf8(valid).ok()?.encode_utf16());
                let (half, after) = rest.split_first_chunk::<3>()?;
                units.push(lone_half(*half)?);
                bytes = after;
            }
        }
    }
}

/// U+D800 to U+DFFF, written as if UTF-8 had a place for them.
fn lone_half(bytes: [u8; 3]) -> Option<u16> {
    match bytes {
        [0xed, second @ 0xa0..=0xbf, third @ 0x80..=0xbf] => {
            Some(0xd000 | (u16::from(second & 0x3f) << 6) | u16::from(third & 0x3f))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(body: &str) -> Vec<Vec<Step>> {
        let edits = read(body.as_bytes()).unwrap().unwrap();
        let steps = |edit: &Edit| edit.steps().unwrap().collect::<Option<_>>();
        edits.iter().map(|edit| steps(edit).unwrap()).collect()
    }

    /// Returns true if every part of a log can be read.
    fn is_readable(body: &str) -> bool {
        let edits = read(body.as_bytes()).map(Option::unwrap_or_default);
        edits.is_ok_and(|edits| edits.iter().all(Edit::is_readable))
    }

    fn texts(body: &str) -> Vec<String> {
        let edits = steps(body).into_iter().flatten();
        edits
            .map(|step| match step {
                Step::Insert(units) => String::from_utf16_lossy(&units),
                other => format!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn edits_come_in_the_order_of_their_keys() {
        let body = r#"{"B10":{"o":["e"]},"Az":{"o":["d"]},"AA":{"o":["c"]},"A10":{"o":["b"]},
            "A1":{"o":["a"]},"10":{"o":["2"]},"9":{"o":["1"]}}"#;
        assert_eq!(texts(body).concat(), "12abcde");
    }

    #[test]
    fn edits_come_in_the_order_of_their_times_and_then_of_their_keys() {
        let body = r#"{"A0":{"o":["c"],"t":7},"A1":{"o":["d"]},"A2":{"o":["a"],"t":3},
            "A3":{"o":["b"],"t":5},"A4":{"o":["e"],"t":7}}"#;
        let edits = read(body.as_bytes()).unwrap().unwrap();
        let texts: Vec<String> = by_time(&edits)
            .into_iter()
            .flat_map(|edit| edit.steps().unwrap().flatten())
            .map(|step| match step {
                Step::Insert(units) => String::from_utf16_lossy(&units),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(texts.concat(), "abcde");
    }

    #[test]
    fn a_key_that_stands_twice_goes_by_the_time() {
        let body = r#"{"A0":{"a":"x","o":["b"],"t":2},"A0":{"o":["a"],"t":1}}"#;
        assert_eq!(texts(body).concat(), "ab");
    }

    #[test]
    fn half_characters_are_kept_apart() {
        let body = r#"{"A0":{"o":["\ud83d"]},"A1":{"o":[1,"\ude00x"]},"A2":{"o":["\u00e9\ud83d\ude00é😀"]}}"#;
        let edits = steps(body);
        assert_eq!(edits[0], [Step::Insert(vec![0xd83d])]);
        let rest = Step::Insert(vec![0xde00, u16::from(b'x')]);
        assert_eq!(edits[1], [Step::Keep(1), rest]);
        let whole = Step::Insert("é😀é😀".encode_utf16().collect());
        assert_eq!(edits[2], [whole]);
    }

    #[test]
    fn null_is_no_log_and_anything_else_is_unreadable() {
        assert!(read(b"null").unwrap().is_none());
        assert!(read(b"{}").unwrap().unwrap().is_empty());
        assert!(is_readable(r#"{"A0":{"o":["a",0,1,-1],"t":"late"}}"#));
        for bad in [
            "",
            "[]",
            "<html>",
            "{\"A0\":null}",
            "{\"A0\":{}}",
            "{\"A0\":{\"o\":\"a\"}}",
            "{\"A0\":{\"o\":null}}",
            "{\"A0\":{\"o\":[1.5]}}",
            "{\"A0\":{\"o\":[{\"b\":true}]}}",
            "{\"A0\":{\"o\":[null]}}",
            "{\"A0\":{\"o\":[99999999999999999999]}}",
            "{\"A0\":{\"o\":[\"a\"]}",
        ] {
            assert!(!is_readable(bad), "{bad}");
        }
    }
}
