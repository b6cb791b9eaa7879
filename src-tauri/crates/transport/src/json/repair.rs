use std::borrow::Cow;

/// A value below so many others is replaced by null. Serde reads 128 levels.
const DEEPEST: usize = 100;
/// What stands in for a character that can't be read.
const UNREADABLE: &str = "\\ufffd";

/// The same text with everything replaced that would cost the whole of it:
///
/// - bytes that are no UTF-8, escapes of half a character, broken escapes and the character NUL by
///   U+FFFD; a line break or tab within a text by its escape;
/// - within a list or object, a number beyond the range of a double and any other bare word by
///   null;
/// - anything nested more than 100 levels deep by null.
///
/// A text that is cut off stays cut off. Borrows where nothing had to be replaced.
#[must_use]
pub fn repair(body: &[u8]) -> Cow<'_, str> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    match String::from_utf8_lossy(body) {
        Cow::Borrowed(text) => match Repair::new(text).run() {
            Some(repaired) => Cow::Owned(repaired),
            None => Cow::Borrowed(text),
        },
        Cow::Owned(text) => {
            let repaired = Repair::new(&text).run();
            Cow::Owned(repaired.unwrap_or(text))
        }
    }
}

struct Repair<'t> {
    text: &'t str,
    /// How far it was looked at, in bytes.
    at: usize,
    /// How far it was copied, in bytes.
    copied: usize,
    out: String,
    depth: usize,
}

impl<'t> Repair<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            copied: 0,
            out: String::new(),
            depth: 0,
        }
    }

    /// The repaired text; `None` if nothing had to be replaced.
    fn run(mut self) -> Option<String> {
        while let Some(byte) = self.peek(0) {
            match byte {
                b'"' => self.string(),
                b'{' | b'[' if self.depth >= DEEPEST => {
                    let end = end_of_value(self.text, self.at);
                    self.replace(end.saturating_sub(self.at), "null");
                }
                b'{' | b'[' => {
                    self.depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    self.at += 1;
                }
                b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' => self.at += 1,
                _ => self.bare_word(),
            }
        }
        if self.copied == 0 {
            return None;
        }
        self.out.push_str(self.text.get(self.copied..)?);
        Some(self.out)
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    /// Puts something in the place of the next bytes.
    fn replace(&mut self, length: usize, by: &str) {
        let before = self.text.get(self.copied..self.at).unwrap_or_default();
        self.out.push_str(before);
        self.out.push_str(by);
        self.at = (self.at + length).min(self.text.len());
        self.copied = self.at;
    }

    fn string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            match byte {
                b'"' => {
                    self.at += 1;
                    return;
                }
                b'\\' => self.escape(),
                b'\n' => self.replace(1, "\\n"),
                b'\r' => self.replace(1, "\\r"),
                b'\t' => self.replace(1, "\\t"),
                ..0x20 => self.replace(1, UNREADABLE),
                _ => self.at += 1,
            }
        }
    }

    fn escape(&mut self) {
        match self.peek(1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 2,
            Some(b'u') => self.unicode_escape(),
            // Cut off: let it be.
            None => self.at += 1,
            // The character behind it stands for itself.
            Some(_) => self.replace(1, UNREADABLE),
        }
    }

    fn unicode_escape(&mut self) {
        match self.unit(0) {
            Some(0xd800..=0xdbff) => match self.unit(6) {
                Some(0xdc00..=0xdfff) => self.at += 12,
                _ => self.replace(6, UNREADABLE),
            },
            Some(0 | 0xdc00..=0xdfff) => self.replace(6, UNREADABLE),
            Some(_) => self.at += 6,
            None => self.replace(2, UNREADABLE),
        }
    }

    /// The UTF-16 unit of the escape `\uXXXX` that stands so many bytes ahead.
    fn unit(&self, ahead: usize) -> Option<u32> {
        let from = self.at + ahead;
        let digits = self.text.get(from..from + 6)?.strip_prefix("\\u")?;
        let all_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        all_hex.then(|| u32::from_str_radix(digits, 16).ok())?
    }

    fn bare_word(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let ends = |c: char| ",:{}[]\" \t\r\n".contains(c);
        let length = rest.find(ends).unwrap_or(rest.len()).max(1);
        let word = rest.get(..length).unwrap_or(rest);
        // Outside of everything it says what the whole is; at the end it may be cut off.
        let is_whole = self.depth > 0 && length < rest.len();
        if is_whole && !is_value(word) {
            self.replace(word.len(), "null");
        } else {
            self.at += word.len().max(1);
        }
    }
}

fn is_value(word: &str) -> bool {
    let is_short = word.len() <= 18 && !word.starts_with('0');
    if is_short && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return true;
    }
    matches!(word, "true" | "false" | "null")
        || serde_json::from_str::<serde_json::Number>(word).is_ok()
}

/// Where the list or object ends that begins here, in bytes.
fn end_of_value(text: &str, from: usize) -> usize {
    let mut depth = 0_usize;
    let mut bytes = text.bytes().enumerate().skip(from);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => while_in_text(&mut bytes),
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

fn while_in_text(bytes: &mut impl Iterator<Item = (usize, u8)>) {
    while let Some((_, byte)) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => drop(bytes.next()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn read(body: &[u8]) -> Value {
        let text = repair(body);
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    #[test]
    fn half_a_character_anywhere_costs_that_character() {
        for (body, read_as) in [
            (r#"{"a":"x\ud83d"}"#, json!({"a": "x\u{fffd}"})),
            (r#"{"a":"\udc00x"}"#, json!({"a": "\u{fffd}x"})),
            (r#"{"a":"\udc00\ud83d"}"#, json!({"a": "\u{fffd}\u{fffd}"})),
            (r#"{"a":"\ud83d\ud83d\ude00"}"#, json!({"a": "\u{fffd}😀"})),
            (r#"{"a":"\uD83Dé"}"#, json!({"a": "\u{fffd}é"})),
            (
                r#"{"\ud83d":"\ud83d\n"}"#,
                json!({"\u{fffd}": "\u{fffd}\n"}),
            ),
            (r#"{"a":"\\ud83d"}"#, json!({"a": "\\ud83d"})),
            (r#"{"a":"\ud83d\u0041"}"#, json!({"a": "\u{fffd}A"})),
        ] {
            assert_eq!(read(body.as_bytes()), read_as, "{body}");
        }
    }

    #[test]
    fn other_things_that_no_decoder_takes_cost_themselves() {
        for (body, read_as) in [
            (r#"{"a":"\x41\u12"}"#, json!({"a": "\u{fffd}x41\u{fffd}12"})),
            (r#"{"a":"\é"}"#, json!({"a": "\u{fffd}é"})),
            ("{\"a\":\"x\0y\u{1}\"}", json!({"a": "x\u{fffd}y\u{fffd}"})),
            (r#"{"a":"x\u0000y"}"#, json!({"a": "x\u{fffd}y"})),
            ("{\"a\":\"x\n\ty\"}", json!({"a": "x\n\ty"})),
            (r#"{"a":1e999,"b":2}"#, json!({"a": null, "b": 2})),
            (r#"{"a":-1e999}"#, json!({"a": null})),
            (
                r#"[NaN,Infinity,undefined,+1,01,1.,1]"#,
                json!([null, null, null, null, null, null, 1]),
            ),
            ("\u{feff}{}", json!({})),
        ] {
            assert_eq!(read(body.as_bytes()), read_as, "{body}");
        }
        assert_eq!(
            read(b"{\"a\":\"x\xff\xc3\"}"),
            json!({"a": "x\u{fffd}\u{fffd}"})
        );
    }

    #[test]
    fn what_is_nested_too_deep_is_taken_as_nothing() {
        for depth in [101, 127, 128, 129, 5_000, 100_000] {
            let body = format!(
                r#"{{"a":{}"]\"]"{},"b":2}}"#,
                "[".repeat(depth),
                "]".repeat(depth)
            );
            assert_eq!(read(body.as_bytes())["b"], 2, "{depth}");
        }
        let fits = format!("{}{}", "[".repeat(100), "]".repeat(100));
        assert!(matches!(repair(fits.as_bytes()), Cow::Borrowed(_)));
    }

    #[test]
    fn what_is_good_is_borrowed_and_what_is_cut_off_stays_so() {
        for body in [
            r#"{"a":"é\u00e9\ud83d\ude00","b":[1,-1.5e3,true,null,123456789012345678901234567890]}"#,
            r#"{"data":[{"id":"#,
            r#"{"a":"x\"#,
            r#"{"a":"x\u00"#,
            r#"{"a":tru"#,
            "ok",
            "",
            "<html>",
        ] {
            assert!(
                matches!(repair(body.as_bytes()), Cow::Borrowed(_)) || body.ends_with("00"),
                "{body}"
            );
        }
        assert!(serde_json::from_str::<Value>(&repair(br#"{"a":"x\u00"#)).is_err());
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            "[^\0]{0,9}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map("[^\0]{0,5}", inner, 0..5).prop_map(Value::from_iter),
            ]
        })
    }

    proptest! {
        #[test]
        fn good_json_is_left_as_it_is(value in any_json()) {
            let text = value.to_string();
            prop_assert_eq!(repair(text.as_bytes()), text.as_str());
        }

        #[test]
        fn no_bytes_are_too_much(body in prop::collection::vec(any::<u8>(), 0..200)) {
            let once = repair(&body).into_owned();
            prop_assert_eq!(repair(once.as_bytes()), once.as_str());
        }

        #[test]
        fn whatever_stands_within_a_text_the_text_can_be_read(
            parts in prop::collection::vec(
                prop_oneof!["\\\\u[dD][89a-fA-F][0-9a-f]{2}", "\\\\u[0-9a-g]{1,4}", "\\\\[a-z]", "[a-z\0\n]"],
                0..12,
            ),
        ) {
            let body = format!(r#"{{"a":"{}"}}"#, parts.concat());
            let text = repair(body.as_bytes());
            prop_assert!(serde_json::from_str::<Value>(&text).is_ok(), "{} -> {}", body, text);
        }
    }
}
