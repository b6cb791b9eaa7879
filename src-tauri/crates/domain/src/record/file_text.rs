//! Which text of a file counts. CoderPad's documents disagree whether `contents` is the first or
//! the last text (contracts/coderpad.md, 2.6), so the replay of the recorded edits comes first.
//! Pure.

use coderpad::history::{FetchError, ReplayError, Replayed};

use crate::note::notice::{EditsTrouble, Notice};

/// What became of a file's recorded edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// There are none.
    Nothing,
    /// What they come to.
    Text(Replayed),
    /// They can't be used.
    Unusable(EditsTrouble),
}

/// A file's text, and what has to be said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileText {
    pub text: Option<String>,
    pub remark: Option<Notice>,
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
        (Some(contents), Recorded::Unusable(trouble)) => FileText {
            text: Some(contents),
            remark: Some(Notice::OwnText { trouble }),
        },
        (None, Recorded::Text(replayed)) => FileText {
            remark: replayed.left_out.map(Notice::left_out),
            text: Some(replayed.text),
        },
        (None, Recorded::Nothing) => FileText {
            text: None,
            remark: Some(Notice::NoText),
        },
        (None, Recorded::Unusable(trouble)) => FileText {
            text: None,
            remark: Some(Notice::NoTextNorEdits { trouble }),
        },
    }
}

/// Edits that don't all fit come to a text that no one saw. It counts only where CoderPad's own is
/// certainly an earlier one.
fn differing(contents: String, replayed: Replayed) -> FileText {
    let (text, remark) = match replayed.left_out {
        None => (replayed.text, Notice::EditsDiffer),
        Some(left_out) if replayed.passed_contents => (replayed.text, Notice::left_out(left_out)),
        Some(left_out) => (contents, Notice::misfit(left_out)),
    };
    FileText {
        text: Some(text),
        remark: Some(remark),
    }
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
        FetchError::OtherHost => EditsTrouble::OtherHost,
        FetchError::Unreachable(_) => EditsTrouble::Unreachable,
        FetchError::NotGiven { .. } => EditsTrouble::NotGiven,
        FetchError::TooLarge => EditsTrouble::TooLarge,
    })
}

/// Why a log could not be replayed.
#[must_use]
pub fn not_replayed(error: ReplayError) -> Recorded {
    Recorded::Unusable(match error {
        ReplayError::Unreadable => EditsTrouble::Unreadable,
        ReplayError::DoesNotFit => EditsTrouble::DontFit,
        ReplayError::TooLarge => EditsTrouble::TooLarge,
    })
}

#[cfg(test)]
mod tests {
    use coderpad::history::LeftOut;

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
        let left_out = |count| Notice::EditsLeftOut { count, first: 4 };
        let misfit = |count| Notice::EditsMisfit { count, first: 4 };
        for (contents, recorded, text, said) in [
            (None, replayed(1, false), "replayed", left_out(1)),
            (Some("first"), replayed(1, true), "replayed", left_out(1)),
            (Some("first"), replayed(3, true), "replayed", left_out(3)),
            (Some("last"), replayed(3, false), "last", misfit(3)),
            (Some("last"), replayed(1, false), "last", misfit(1)),
        ] {
            let chosen = choose(contents.map(str::to_owned), recorded);
            assert_eq!(chosen.text.as_deref(), Some(text));
            assert_eq!(chosen.remark, Some(said));
        }
    }
}
