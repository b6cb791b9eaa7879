use super::log::{self, Edit, Step};

/// How much a replay may take. A candidate types into the log, and may make it large on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest log, in bytes.
    pub bytes: usize,
    /// The most edits.
    pub edits: usize,
    /// The longest text at any moment, in UTF-16 units.
    pub text: usize,
    /// The most work: the lengths of the text after each edit, added up, in UTF-16 units.
    pub work: u64,
}

/// The result of replaying a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replayed {
    /// The last text. A half character that was left over is written as U+FFFD.
    pub text: String,
    /// How many edits were made.
    pub edits: usize,
    /// When the last one was made, in ms since the epoch, where it was written.
    pub last_edit_at_ms: Option<i64>,
}

/// Why a log can't be replayed. There is no text then: half a replay would be a wrong text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// It is not a log in Firepad's form.
    #[error("the editor history can't be read")]
    Unreadable,
    /// An edit was made to a text of another length.
    #[error("edit {edit} of the editor history doesn't fit the text before it")]
    DoesNotFit {
        /// Which one, counted from 1.
        edit: usize,
    },
    /// It is beyond the [`Limits`].
    #[error("the editor history is too large to be replayed")]
    TooLarge,
}

impl Default for Limits {
    /// A day of typing fits several times; the longest replay takes about a second.
    fn default() -> Self {
        Self {
            bytes: super::LARGEST_LOG,
            edits: 500_000,
            text: 4 * 1024 * 1024,
            work: 1 << 31,
        }
    }
}

/// Replays a log. `None` when nothing was ever typed.
///
/// # Errors
/// [`ReplayError`].
pub fn replay(body: &[u8], limits: &Limits) -> Result<Option<Replayed>, ReplayError> {
    if body.len() > limits.bytes {
        return Err(ReplayError::TooLarge);
    }
    let Some(edits) = log::read(body).map_err(|_| ReplayError::Unreadable)? else {
        return Ok(None);
    };
    if edits.len() > limits.edits {
        return Err(ReplayError::TooLarge);
    }
    let (mut text, mut work) = (Vec::new(), 0_u64);
    for (edit, number) in edits.iter().zip(1..) {
        let next = after(&text, edit).map_err(|_| ReplayError::Unreadable)?;
        text = next.ok_or(ReplayError::DoesNotFit { edit: number })?;
        work = work.saturating_add(text.len() as u64);
        if text.len() > limits.text || work > limits.work {
            return Err(ReplayError::TooLarge);
        }
    }
    Ok(Some(Replayed {
        text: String::from_utf16_lossy(&text),
        edits: edits.len(),
        last_edit_at_ms: edits.iter().filter_map(|edit| edit.at_ms).max(),
    }))
}

/// The text after an edit. `None` when the edit reaches beyond the text or doesn't reach its end:
/// Firepad's edits speak about the whole text. The error is an edit that can't be read.
fn after(before: &[u16], edit: &Edit) -> Result<Option<Vec<u16>>, serde_json::Error> {
    let mut rest = before;
    let mut text = Vec::with_capacity(before.len());
    for step in edit.steps()? {
        let over = match step? {
            Step::Keep(count) => rest.split_at_checked(count).map(|(kept, over)| {
                text.extend_from_slice(kept);
                over
            }),
            Step::Delete(count) => rest.get(count..),
            Step::Insert(units) => {
                text.extend(units);
                Some(rest)
            }
        };
        match over {
            Some(over) => rest = over,
            None => return Ok(None),
        }
    }
    Ok(rest.is_empty().then_some(text))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, Value, json};

    use super::*;

    fn replayed(log: &Value) -> Result<Option<Replayed>, ReplayError> {
        replay(log.to_string().as_bytes(), &Limits::default())
    }

    fn text(log: &Value) -> String {
        replayed(log).unwrap().unwrap().text
    }

    #[test]
    fn typing_deleting_and_pasting_come_to_the_last_text() {
        let log = json!({
            "A0": {"a": "x", "o": ["print(1)\n"], "t": 1000},
            "A1": {"a": "y", "o": [6, -1, "'hi'", 2], "t": 2000},
            "A2": {"a": "x", "o": [12, "# end"], "t": 1500},
        });
        let done = replayed(&log).unwrap().unwrap();
        assert_eq!(done.text, "print('hi')\n# end");
        assert_eq!((done.edits, done.last_edit_at_ms), (3, Some(2000)));
    }

    #[test]
    fn counts_are_utf_16_units() {
        let log = json!({"A0": {"o": ["a😀b"]}, "A1": {"o": [3, "é", 1]}, "A2": {"o": [1, -2, 2]}});
        assert_eq!(text(&log), "aéb");
    }

    #[test]
    fn a_character_may_be_changed_by_halves() {
        // 😀 becomes 😁: the halves before are the same, so only the one behind is replaced.
        let log = br#"{"A0":{"o":["\ud83d\ude00"]},"A1":{"o":[1,-1]},"A2":{"o":[1,"\ude01"]}}"#;
        let done = replay(log, &Limits::default()).unwrap().unwrap();
        assert_eq!(done.text, "😁");
        let half = br#"{"A0":{"o":["a\ud83d"]}}"#;
        let done = replay(half, &Limits::default()).unwrap().unwrap();
        assert_eq!(done.text, "a\u{fffd}");
    }

    #[test]
    fn nothing_typed_is_no_error() {
        assert_eq!(replayed(&Value::Null), Ok(None));
        assert_eq!(text(&json!({})), "");
        assert_eq!(
            text(&json!({"A0": {"o": [0]}})),
            "",
            "Firepad writes an empty edit so"
        );
    }

    #[test]
    fn an_edit_that_does_not_fit_is_named() {
        for second in [
            json!([4]),
            json!([2]),
            json!([]),
            json!(["x"]),
            json!([-4]),
            json!([3, -1]),
            json!([1, -1]),
            json!([i64::MAX]),
            json!([i64::MIN]),
        ] {
            let log = json!({"A0": {"o": ["abc"]}, "A1": {"o": second}});
            assert_eq!(
                replayed(&log),
                Err(ReplayError::DoesNotFit { edit: 2 }),
                "{log}"
            );
        }
        let out_of_order = json!({"A1": {"o": ["abc"]}, "A0": {"o": [3, "d"]}});
        assert_eq!(
            replayed(&out_of_order),
            Err(ReplayError::DoesNotFit { edit: 1 })
        );
        for unreadable in [json!([1]), json!({"A0": {"o": [null]}})] {
            assert_eq!(replayed(&unreadable), Err(ReplayError::Unreadable));
        }
    }

    #[test]
    fn each_limit_holds() {
        let log = json!({"A0": {"o": ["abcd"]}, "A1": {"o": [4, "ef"]}}).to_string();
        let enough = Limits {
            bytes: log.len(),
            edits: 2,
            text: 6,
            work: 10,
        };
        let within = |limits: Limits| replay(log.as_bytes(), &limits).map(|done| done.is_some());
        assert_eq!(within(enough), Ok(true));
        for limits in [
            Limits {
                bytes: log.len() - 1,
                ..enough
            },
            Limits { edits: 1, ..enough },
            Limits { text: 5, ..enough },
            Limits { work: 9, ..enough },
        ] {
            assert_eq!(within(limits), Err(ReplayError::TooLarge), "{limits:?}");
        }
    }

    /// An edit as a person makes it: at a place, something goes and something comes.
    fn edit() -> impl Strategy<Value = (usize, usize, String)> {
        let pieces = prop::sample::select(vec!["a", "é", "😀", "\n", "\"\\", "日本", ""]);
        let typed = prop::collection::vec(pieces, 0..4).prop_map(|pieces| pieces.concat());
        (any::<usize>(), 0_usize..6, typed)
    }

    /// Firepad's key of a revision: its number in base 62, behind a letter for its length.
    fn key(mut revision: usize) -> String {
        const DIGITS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        let mut digits = Vec::new();
        loop {
            digits.insert(0, DIGITS[revision % 62]);
            revision /= 62;
            if revision == 0 {
                break;
            }
        }
        digits.insert(0, b'A' + u8::try_from(digits.len() - 1).unwrap());
        String::from_utf8(digits).unwrap()
    }

    proptest! {
        #[test]
        fn a_replay_comes_to_what_a_plain_list_of_units_comes_to(
            edits in prop::collection::vec(edit(), 0..150),
        ) {
            let mut model: Vec<u16> = Vec::new();
            let mut log = Map::new();
            for (revision, (place, gone, come)) in edits.into_iter().enumerate() {
                let at = place % (model.len() + 1);
                let gone = gone.min(model.len() - at);
                let behind = model.len() - at - gone;
                model.splice(at..at + gone, come.encode_utf16());
                let gone = -i64::try_from(gone).unwrap();
                log.insert(key(revision), json!({"o": [at, gone, come, behind], "t": revision}));
            }
            let done = replayed(&Value::Object(log)).unwrap().unwrap();
            prop_assert_eq!(done.text, String::from_utf16_lossy(&model));
        }

        #[test]
        fn no_bytes_bring_a_replay_down(body in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = replay(&body, &Limits::default());
        }

        #[test]
        fn no_counts_bring_a_replay_down(
            edits in prop::collection::vec(prop::collection::vec(any::<i64>(), 0..4), 0..6),
        ) {
            let log: Map<_, _> = edits
                .into_iter()
                .enumerate()
                .map(|(revision, steps)| (key(revision), json!({"o": steps})))
                .collect();
            let _ = replayed(&Value::Object(log));
        }
    }
}
