//! From a log of edits to the last text.
//!
//! Whether a log begins with the empty text or with the file's first one, and whether its edits
//! stand in the order of their times or of their keys, isn't documented, and other clients differ
//! (contracts/coderpad.md, 2.7). So the log itself decides: of these readings the first counts
//! into which every edit fits, and otherwise the one with the fewest that don't.

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
    /// The most work: the lengths of the text around each edit, added up, in UTF-16 units.
    pub work: u64,
}

/// The result of replaying a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replayed {
    /// The last text. A half character that was left over is written as U+FFFD.
    pub text: String,
    /// How many edits were made.
    pub edits: usize,
    /// The edits that were left out, since they don't fit the text before them or can't be read.
    pub left_out: Option<LeftOut>,
    /// True if the service's own text is the one that the log begins with, or one that it came by
    /// on the way: then it isn't the last.
    pub passed_contents: bool,
    /// When the last one was made, in ms since the epoch, where it was written.
    pub last_edit_at_ms: Option<i64>,
}

/// Edits that were left out of a replay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// How many.
    pub count: usize,
    /// The first of them, counted from 1.
    pub first: usize,
}

/// Why a log can't be replayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// It is not a log in Firepad's form.
    #[error("the editor history can't be read")]
    Unreadable,
    /// Not one edit fits.
    #[error("the edits of the editor history don't fit together")]
    DoesNotFit,
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

/// Replays a log. `contents` is the text that the service itself gives for the file, which may be
/// its first or its last. `None` when nothing was ever typed.
///
/// # Errors
/// [`ReplayError`].
pub fn replay(
    body: &[u8],
    contents: Option<&str>,
    limits: &Limits,
) -> Result<Option<Replayed>, ReplayError> {
    if body.len() > limits.bytes {
        return Err(ReplayError::TooLarge);
    }
    let Some(by_key) = log::read(body).map_err(|_| ReplayError::Unreadable)? else {
        return Ok(None);
    };
    if by_key.len() > limits.edits {
        return Err(ReplayError::TooLarge);
    }
    let contents: Option<Vec<u16>> = contents.map(|text| text.encode_utf16().collect());
    let by_time = log::by_time(&by_key);
    let by_key: Vec<&Edit> = by_key.iter().collect();
    let mut player = Player {
        contents: contents.as_deref(),
        limits,
        work: 0,
    };
    let best = player.best(&[&by_time, &by_key])?;
    if best.made == 0 && !by_key.is_empty() {
        let is_readable = by_key.iter().any(|edit| edit.is_readable());
        return Err(if is_readable {
            ReplayError::DoesNotFit
        } else {
            ReplayError::Unreadable
        });
    }
    Ok(Some(Replayed {
        text: String::from_utf16_lossy(&best.text),
        edits: best.made,
        left_out: best.left_out,
        passed_contents: best.passed_contents,
        last_edit_at_ms: by_key.iter().filter_map(|edit| edit.at_ms).max(),
    }))
}

/// What came of one reading of a log.
#[derive(Default)]
struct Run {
    text: Vec<u16>,
    made: usize,
    left_out: Option<LeftOut>,
    passed_contents: bool,
}

impl Run {
    fn misfits(&self) -> usize {
        self.left_out.map_or(0, |left_out| left_out.count)
    }
}

/// What becomes of the text behind an edit's last step.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    /// There is none: Firepad's edits speak about the whole text.
    None,
    /// It stays: other editors leave out what they keep at the end.
    Stays,
}

struct Player<'a> {
    contents: Option<&'a [u16]>,
    limits: &'a Limits,
    work: u64,
}

impl Player<'_> {
    /// The best reading of a log, of which the orders are given.
    fn best(&mut self, orders: &[&[&Edit<'_>]]) -> Result<Run, ReplayError> {
        let mut best: Option<Run> = None;
        let mut bases = vec![&[][..]];
        bases.extend(self.contents);
        for rest in [Rest::None, Rest::Stays] {
            let speaks_so = |order: &&&[&Edit<'_>]| rest == Rest::None || !are_whole(order);
            for order in orders.iter().filter(speaks_so) {
                for base in &bases {
                    let run = match self.run(order, base, rest) {
                        Ok(run) => run,
                        // What another reading came to still counts.
                        Err(error) => return best.ok_or(error),
                    };
                    if run.misfits() == 0 {
                        return Ok(run);
                    }
                    let is_better = |best: &Run| run.misfits() < best.misfits();
                    if rest == Rest::None && best.as_ref().is_none_or(is_better) {
                        best = Some(run);
                    }
                }
            }
        }
        best.ok_or(ReplayError::DoesNotFit)
    }

    fn run(&mut self, edits: &[&Edit<'_>], base: &[u16], rest: Rest) -> Result<Run, ReplayError> {
        let mut run = Run {
            text: base.to_vec(),
            passed_contents: !base.is_empty(),
            ..Run::default()
        };
        for (edit, number) in edits.iter().zip(1..) {
            let after = after(&run.text, edit, rest);
            let longest = after.as_ref().map_or(0, Vec::len);
            self.work += longest.max(run.text.len()) as u64;
            if longest > self.limits.text || self.work > self.limits.work {
                return Err(ReplayError::TooLarge);
            }
            let Some(after) = after else {
                let left_out = run.left_out.get_or_insert(LeftOut {
                    count: 0,
                    first: number,
                });
                left_out.count += 1;
                continue;
            };
            let is_last = number == edits.len();
            run.passed_contents |= !is_last && self.contents == Some(after.as_slice());
            run.made += 1;
            run.text = after;
        }
        Ok(run)
    }
}

/// Returns true if most edits speak about a text that is as long as the one before them left it:
/// then each speaks about the whole text, and one that doesn't fit is out of place. Of a single
/// edit no one knows.
fn are_whole(edits: &[&Edit<'_>]) -> bool {
    let lengths: Vec<_> = edits.iter().map(|edit| lengths(edit)).collect();
    let joints = lengths.iter().zip(lengths.iter().skip(1));
    let fitting = joints.filter(|(one, next)| match (one, next) {
        (Some((_, after)), Some((before, _))) => after == before,
        _ => false,
    });
    fitting.count() * 2 >= edits.len().saturating_sub(1)
}

/// The lengths of the text before and after an edit, as far as it speaks about them.
fn lengths(edit: &Edit<'_>) -> Option<(usize, usize)> {
    let (mut before, mut after) = (0_usize, 0_usize);
    for step in edit.steps()? {
        match step? {
            Step::Keep(count) => {
                before = before.saturating_add(count);
                after = after.saturating_add(count);
            }
            Step::Delete(count) => before = before.saturating_add(count),
            Step::Insert(units) => after = after.saturating_add(units.len()),
        }
    }
    Some((before, after))
}

/// The text after an edit. `None` when the edit reaches beyond the text, doesn't reach its end and
/// must, or can't be read.
fn after(before: &[u16], edit: &Edit<'_>, rest: Rest) -> Option<Vec<u16>> {
    let mut over = before;
    let mut text = Vec::with_capacity(before.len());
    for step in edit.steps()? {
        match step? {
            Step::Keep(count) => {
                let (kept, behind) = over.split_at_checked(count)?;
                text.extend_from_slice(kept);
                over = behind;
            }
            Step::Delete(count) => over = over.get(count..)?,
            Step::Insert(units) => text.extend(units),
        }
    }
    if rest == Rest::None && !over.is_empty() {
        return None;
    }
    text.extend_from_slice(over);
    Some(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, Value, json};

    use super::*;

    fn replayed(log: &Value) -> Result<Option<Replayed>, ReplayError> {
        replay(log.to_string().as_bytes(), None, &Limits::default())
    }

    fn beside(contents: &str, log: &Value) -> Replayed {
        let log = log.to_string();
        let done = replay(log.as_bytes(), Some(contents), &Limits::default());
        done.unwrap().unwrap()
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
        let done = replay(log, None, &Limits::default()).unwrap().unwrap();
        assert_eq!(done.text, "😁");
        let half = br#"{"A0":{"o":["a\ud83d"]}}"#;
        let done = replay(half, None, &Limits::default()).unwrap().unwrap();
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
    fn an_edit_that_does_not_fit_is_left_out_and_what_follows_counts() {
        for odd in [
            json!([4]),
            json!([2]),
            json!([]),
            json!(["x"]),
            json!([-4]),
            json!([3, -1]),
            json!([1, -1]),
            json!([i64::MAX]),
            json!([i64::MIN]),
            json!([null]),
            json!("abc"),
            Value::Null,
        ] {
            let log = json!({"A0": {"o": ["abc"]}, "A1": {"o": odd}, "A2": {"o": [3, "d"]},
                "A3": {"o": [4, "e"]}, "A4": {"o": [9, "f"]}, "A5": {"o": [5, "g"]}});
            let done = replayed(&log).unwrap().unwrap();
            assert_eq!((done.text.as_str(), done.edits), ("abcdeg", 4), "{log}");
            let left_out = LeftOut { count: 2, first: 2 };
            assert_eq!(done.left_out, Some(left_out), "{log}");
        }
        let whole = replayed(&json!({"A0": {"o": ["abc"]}})).unwrap().unwrap();
        assert_eq!(whole.left_out, None);
        for (log, error) in [
            (json!({"A0": {"o": [3, "d"]}}), ReplayError::DoesNotFit),
            (json!({"A0": {"o": [null]}}), ReplayError::Unreadable),
            (json!({"A0": 7, "A1": {"x": 1}}), ReplayError::Unreadable),
            (json!([1]), ReplayError::Unreadable),
        ] {
            assert_eq!(replayed(&log), Err(error), "{log}");
        }
    }

    #[test]
    fn a_log_may_begin_with_the_first_text() {
        let log = json!({"A0": {"o": [1, "i"], "t": 1}, "A1": {"o": [2, "!"], "t": 2}});
        let done = beside("h", &log);
        assert_eq!(done.text, "hi!");
        assert!(done.passed_contents && done.left_out.is_none());
        let from_nothing = json!({"A0": {"o": ["h"]}, "A1": {"o": [1, "i!"]}});
        for (contents, passed) in [("h", true), ("hi!", false), ("other", false)] {
            let done = beside(contents, &from_nothing);
            assert_eq!(done.text, "hi!", "{contents}");
            assert_eq!(done.passed_contents, passed, "{contents}");
        }
    }

    #[test]
    fn edits_may_stand_in_the_order_of_time_or_of_keys() {
        let by_time = json!({"-Nb": {"o": ["h"], "t": 1}, "-Na": {"o": [1, "i"], "t": 2}});
        assert_eq!(text(&by_time), "hi");
        let by_key = json!({"A0": {"o": ["h"], "t": 2}, "A1": {"o": [1, "i"], "t": 1}});
        assert_eq!(text(&by_key), "hi");
        let together = json!({"A1": {"o": [1, "i"], "t": 1}, "A0": {"o": ["h"], "t": 1}});
        assert_eq!(text(&together), "hi");
    }

    #[test]
    fn a_log_may_leave_out_what_is_kept_at_the_end() {
        let log = json!({"A0": {"o": ["hello"]}, "A1": {"o": [1, "a"]}, "A2": {"o": [-1, "H"]},
            "A3": {"o": ["> "]}});
        let done = replayed(&log).unwrap().unwrap();
        assert_eq!((done.text.as_str(), done.left_out), ("> Haello", None));
        let on_the_first = json!({"A0": {"o": [1, "a"]}, "A1": {"o": [-1, "H"]}});
        assert_eq!(beside("hello", &on_the_first).text, "Haello");
        // The rest of a log whose beginning is lost, beside the last text: nothing is added twice.
        let cut = json!({"A1": {"o": [1, "i"]}, "A2": {"o": [2, "!"]}});
        let log = cut.to_string();
        let done = replay(log.as_bytes(), Some("hi!"), &Limits::default());
        assert_eq!(done, Err(ReplayError::DoesNotFit));
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
        let within =
            |limits: Limits| replay(log.as_bytes(), None, &limits).map(|done| done.is_some());
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
            let _ = replay(&body, None, &Limits::default());
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
