//! The words of a note in Lever, and what has to be said about an interview's code.

use std::sync::Arc;

use jiff::ZonedDateTime;
use padwatch_domain::note::notice::Notice;
use padwatch_domain::note::words::{Extra, NoteWords};
use padwatch_domain::record::LanguageRuns;

use super::times::duration;
use crate::catalogue::words;
use crate::dto::convert::Convert;
use crate::locale::Locale;

/// The words of notes, by the catalogue; dates as this locale writes them.
#[must_use]
pub fn note_words(locale: Locale) -> Arc<dyn NoteWords> {
    Arc::new(Catalogued { locale })
}

struct Catalogued {
    locale: Locale,
}

impl NoteWords for Catalogued {
    fn title(&self) -> String {
        words().lever_note_title()
    }

    fn playback(&self, link: &str) -> String {
        words().lever_note_playback(link)
    }

    fn date(&self, at: &ZonedDateTime, lasted_ms: Option<i64>) -> String {
        let at = self.locale.recorded(at);
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
        words().lever_note_part(number, of)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn words_in(system: &str) -> Catalogued {
        Catalogued {
            locale: Locale::of_system(system),
        }
    }

    #[test]
    fn an_interview_is_dated_as_the_recruiters_region_does() {
        let at: ZonedDateTime = "2026-11-24T14:30:05[Europe/Lisbon]".parse().unwrap();
        assert_eq!(
            words_in("en-US").date(&at, Some(65 * 60_000)),
            "Date: November 24, 2026, 2:30 PM (Lisbon time)\nDuration: 1 hr 5 min"
        );
        assert_eq!(
            words_in("de-DE").date(&at, None),
            "Date: 24 November 2026, 14:30 (Lisbon time)"
        );
    }

    #[test]
    fn runs_are_counted_for_each_language() {
        let run = |language: &str, runs| LanguageRuns {
            language: language.to_owned(),
            runs,
        };
        let told = words_in("en-US").runs(&[run("python", 14), run("", 1)]);
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
