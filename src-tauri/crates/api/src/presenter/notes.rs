//! The words of a note in Lever, and what has to be said about an interview's code.

use std::sync::Arc;

use jiff::ZonedDateTime;
use padwatch_domain::note::words::{Extra, NoteWords};
use padwatch_domain::record::LanguageRuns;
use padwatch_domain::record::notice::Notice;

use crate::catalogue::words;
use crate::dto::convert::Convert;

/// The words of notes, by the catalogue.
#[must_use]
pub fn note_words() -> Arc<dyn NoteWords> {
    Arc::new(Catalogued)
}

struct Catalogued;

impl NoteWords for Catalogued {
    fn title(&self) -> String {
        words().lever_note_title()
    }

    fn playback(&self, link: &str) -> String {
        words().lever_note_playback(link)
    }

    fn date(&self, at: &ZonedDateTime, lasted_ms: Option<i64>) -> String {
        let at = at.strftime("%-d %B %Y, %H:%M %Z").to_string();
        match lasted_ms {
            Some(lasted_ms) => words().lever_note_date_and_duration(&at, &duration(lasted_ms)),
            None => words().lever_note_date(&at),
        }
    }

    fn closed_by_coderpad(&self) -> String {
        words().lever_note_closed_by_coderpad()
    }

    fn participants(&self, names: &str) -> String {
        words().lever_note_participants(names)
    }

    fn runs(&self, runs: &[LanguageRuns]) -> String {
        let each = runs.iter().map(|one| match one.language.as_str() {
            "" => words().lever_note_runs_of(&words().lever_note_unnamed_code(), one.runs),
            language => words().lever_note_runs_of(language, one.runs),
        });
        words().lever_note_runs(&each.collect::<Vec<_>>().join("; "))
    }

    fn attached(&self, file: &str) -> String {
        words().lever_note_attached(file)
    }

    fn extra(&self, extra: Extra) -> String {
        match extra {
            Extra::Summary => words().lever_note_summary(),
            Extra::Transcript => words().lever_note_transcript(),
            Extra::Review => words().lever_note_review(),
        }
    }

    fn code(&self) -> String {
        words().lever_note_code()
    }

    fn unnamed_code(&self) -> String {
        words().lever_note_unnamed_code()
    }

    fn notice(&self, notice: &Notice) -> String {
        notice_text(notice)
    }

    fn part(&self, number: usize, of: usize) -> String {
        words().lever_note_part(&number.to_string(), &of.to_string())
    }
}

impl Convert<Notice> for String {
    fn convert(from: Notice) -> Self {
        notice_text(&from)
    }
}

fn notice_text(notice: &Notice) -> String {
    words().coded("notice", notice, "")
}

fn duration(ms: i64) -> String {
    let minutes = ms / 60_000;
    let of = |number: i64| number.to_string();
    match (minutes / 60, minutes % 60) {
        (0, 0) => words().lever_note_under_a_minute(),
        (0, minutes) => words().lever_note_minutes(&of(minutes)),
        (hours, 0) => words().lever_note_hours(&of(hours)),
        (hours, minutes) => words().lever_note_hours_and_minutes(&of(hours), &of(minutes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_told_in_hours_and_minutes() {
        let told = [0, 59_999, 60_000, 3_600_000, 5_400_000].map(duration);
        let expected = [
            "less than a minute",
            "less than a minute",
            "1 min",
            "1 hr",
            "1 hr 30 min",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn runs_are_counted_for_each_language() {
        let run = |language: &str, runs| LanguageRuns {
            language: language.to_owned(),
            runs,
        };
        let told = Catalogued.runs(&[run("python", 14), run("", 1)]);
        assert_eq!(told, "Code runs: python, 14 runs; code, 1 run");
    }

    #[test]
    fn a_notice_counts_what_it_is_about() {
        let said = |count| notice_text(&Notice::EditsLeftOut { count, first: 4 });
        assert_eq!(
            said(1),
            "Recorded edit 4 doesn’t fit the others. The text is shown without it."
        );
        assert!(
            said(3).starts_with("3 recorded edits don’t fit"),
            "{}",
            said(3)
        );
    }
}
