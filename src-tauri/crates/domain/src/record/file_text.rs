//! Which text of a file counts. CoderPad's documents disagree whether `contents` is the first or
//! the last text (contracts/coderpad.md, 2.6), so the replay of the recorded edits comes first.
//! Pure.

use coderpad::history::{FetchError, LeftOut, ReplayError, Replayed};

/// What became of a file's recorded edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// There are none.
    Nothing,
    /// What they come to.
    Text(Replayed),
    /// They can't be used, and why, in a sentence.
    Unusable(&'static str),
}

/// A file's text, and what has to be said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileText {
    pub text: Option<String>,
    pub remark: Option<String>,
}

#[must_use]
pub fn choose(contents: Option<String>, recorded: Recorded) -> FileText {
    let plain = |text| FileText { text, remark: None };
    match (contents, recorded) {
        (Some(contents), Recorded::Nothing) => plain(Some(contents)),
        (Some(contents), Recorded::Text(replayed)) if is_same(&contents, &replayed) => {
            plain(Some(contents))
        }
        (Some(contents), Recorded::Text(replayed)) => differing(contents, replayed),
        (Some(contents), Recorded::Unusable(why)) => FileText {
            text: Some(contents),
            remark: Some(format!(
                "{why} Shown is CoderPad’s own text, which may be that of the beginning."
            )),
        },
        (None, Recorded::Text(replayed)) => FileText {
            remark: replayed.left_out.map(without),
            text: Some(replayed.text),
        },
        (None, Recorded::Nothing) => FileText {
            text: None,
            remark: Some("CoderPad gives no text for this file.".to_owned()),
        },
        (None, Recorded::Unusable(why)) => FileText {
            text: None,
            remark: Some(format!("CoderPad gives no text for this file. {why}")),
        },
    }
}

/// Edits that don't all fit come to a text that nobody saw. It counts only where CoderPad's own is
/// certainly an earlier one.
fn differing(contents: String, replayed: Replayed) -> FileText {
    const DIFFER: &str = "CoderPad’s own text and the recorded edits differ.";
    let (text, remark) = match replayed.left_out {
        None => (
            replayed.text,
            format!("{DIFFER} Shown is the text after the last edit."),
        ),
        Some(left_out) if replayed.passed_contents => (replayed.text, without(left_out)),
        Some(left_out) => (
            contents,
            format!("{} Shown is CoderPad’s own text.", misfit(left_out)),
        ),
    };
    FileText {
        text: Some(text),
        remark: Some(remark),
    }
}

/// Which edits don't fit, for a person.
fn misfit(left_out: LeftOut) -> String {
    let LeftOut { count, first } = left_out;
    match count {
        1 => format!("Recorded edit {first} doesn’t fit the others."),
        _ => format!("{count} recorded edits don’t fit the others; the first is edit {first}."),
    }
}

/// The same, where the others were made.
fn without(left_out: LeftOut) -> String {
    let it = if left_out.count == 1 { "it" } else { "them" };
    format!("{} Shown is the text without {it}.", misfit(left_out))
}

/// No edits say nothing about the text; ends of lines may be written in two ways.
fn is_same(contents: &str, replayed: &Replayed) -> bool {
    let lines = |text: &str| text.replace("\r\n", "\n");
    replayed.edits == 0 || contents == replayed.text || lines(contents) == lines(&replayed.text)
}

/// Why a log could not be had.
#[must_use]
pub fn not_fetched(error: FetchError) -> Recorded {
    Recorded::Unusable(match error {
        FetchError::OtherHost => {
            "The recorded edits lie in a place that is not known to be CoderPad’s, so they were \
             not fetched."
        }
        FetchError::Unreachable(_) => "The recorded edits can’t be reached at the moment.",
        FetchError::NotGiven { .. } => "CoderPad doesn’t give out the recorded edits.",
        FetchError::TooLarge => "The recorded edits are too large to be read.",
    })
}

/// Why a log could not be replayed.
#[must_use]
pub fn not_replayed(error: ReplayError) -> Recorded {
    Recorded::Unusable(match error {
        ReplayError::Unreadable => "The recorded edits can’t be read.",
        ReplayError::DoesNotFit => "The recorded edits don’t fit together.",
        ReplayError::TooLarge => "The recorded edits are too large to be replayed.",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replayed(text: &str, edits: usize) -> Recorded {
        Recorded::Text(Replayed {
            text: text.to_owned(),
            edits,
            left_out: None,
            passed_contents: false,
            last_edit_at_ms: None,
        })
    }

    fn chosen(contents: Option<&str>, recorded: Recorded) -> (Option<String>, bool) {
        let chosen = choose(contents.map(str::to_owned), recorded);
        (chosen.text, chosen.remark.is_some())
    }

    #[test]
    fn the_replay_is_preferred_where_it_differs_and_that_is_said() {
        let text = |text: &str| Some(text.to_owned());
        let unusable = || not_replayed(ReplayError::DoesNotFit);
        for (contents, recorded, expected) in [
            (Some("a"), Recorded::Nothing, (text("a"), false)),
            (Some("a"), replayed("a", 2), (text("a"), false)),
            (Some("a\r\n"), replayed("a\n", 2), (text("a\r\n"), false)),
            (Some("first"), replayed("last", 2), (text("last"), true)),
            (Some("all"), replayed("", 3), (text(""), true)),
            (Some("a"), replayed("", 0), (text("a"), false)),
            (Some("a"), unusable(), (text("a"), true)),
            (None, replayed("a", 2), (text("a"), false)),
            (None, Recorded::Nothing, (None, true)),
            (None, unusable(), (None, true)),
        ] {
            assert_eq!(chosen(contents, recorded.clone()), expected, "{recorded:?}");
        }
    }

    #[test]
    fn edits_that_were_left_out_are_named() {
        let replayed = |count, passed_contents| {
            Recorded::Text(Replayed {
                text: "replayed".to_owned(),
                edits: 9,
                left_out: Some(LeftOut { count, first: 4 }),
                passed_contents,
                last_edit_at_ms: None,
            })
        };
        for (contents, recorded, text, said) in [
            (None, replayed(1, false), "replayed", "edit 4 doesn’t"),
            (Some("first"), replayed(1, true), "replayed", "without it"),
            (Some("first"), replayed(3, true), "replayed", "without them"),
            (Some("last"), replayed(3, false), "last", "3 recorded edits"),
            (Some("last"), replayed(1, false), "last", "own text"),
        ] {
            let chosen = choose(contents.map(str::to_owned), recorded);
            assert_eq!(chosen.text.as_deref(), Some(text));
            let remark = chosen.remark.unwrap();
            assert!(remark.contains(said), "{remark}");
        }
    }
}
