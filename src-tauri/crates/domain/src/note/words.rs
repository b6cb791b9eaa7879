//! The words of a note. What is in it is decided here; how it is worded, by what shows it.

use jiff::ZonedDateTime;

use super::notice::Notice;

/// How often a language was run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageRuns {
    /// The language, by CoderPad's name for it; empty where it didn't say.
    pub language: String,
    /// How often.
    pub runs: u32,
}

/// The words of a note.
pub trait NoteWords: Send + Sync {
    /// The heading.
    fn title(&self) -> String;
    fn playback(&self, link: &str) -> String;
    /// When the interview was, and how long it lasted, in ms.
    fn date(&self, at: &ZonedDateTime, lasted_ms: Option<i64>) -> String;
    fn closed_by_coderpad(&self) -> String;
    fn participants(&self, names: &str) -> String;
    fn runs(&self, runs: &[LanguageRuns]) -> String;
    /// The code is attached as this file.
    fn attached(&self, file: &str) -> String;
    /// The heading of what CoderPad offers besides.
    fn extra(&self, extra: Extra) -> String;
    /// The heading of the code.
    fn code(&self) -> String;
    /// A file without a path, in a language that is not known.
    fn unnamed_code(&self) -> String;
    fn notice(&self, notice: &Notice) -> String;
    /// Which part of a note this is, of those that were sent as several.
    fn part(&self, number: usize, of: usize) -> String;
}

/// What CoderPad offers besides code and events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extra {
    Summary,
    Transcript,
    Review,
}

/// Names of facts in place of words, for hosts that show no note to anyone.
#[derive(Debug, Clone, Copy)]
pub struct Unworded;

impl NoteWords for Unworded {
    fn title(&self) -> String {
        "title".to_owned()
    }

    fn playback(&self, link: &str) -> String {
        format!("playback: {link}")
    }

    fn date(&self, at: &ZonedDateTime, lasted_ms: Option<i64>) -> String {
        format!("date: {at}, {}", lasted_ms.unwrap_or_default())
    }

    fn closed_by_coderpad(&self) -> String {
        "closed-by-coderpad".to_owned()
    }

    fn participants(&self, names: &str) -> String {
        format!("participants: {names}")
    }

    fn runs(&self, runs: &[LanguageRuns]) -> String {
        let each = runs
            .iter()
            .map(|one| format!(" {} {}", one.language, one.runs));
        format!("runs:{}", each.collect::<String>())
    }

    fn attached(&self, file: &str) -> String {
        format!("attached: {file}")
    }

    fn extra(&self, extra: Extra) -> String {
        format!("extra: {extra:?}")
    }

    fn code(&self) -> String {
        "code:".to_owned()
    }

    fn unnamed_code(&self) -> String {
        "unnamed".to_owned()
    }

    fn notice(&self, notice: &Notice) -> String {
        format!("{notice:?}")
    }

    fn part(&self, number: usize, of: usize) -> String {
        format!("part: {number}/{of}")
    }
}
