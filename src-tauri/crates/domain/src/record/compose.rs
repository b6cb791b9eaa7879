//! Composing the note about the interview. Pure.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::code::InterviewCode;
use super::mentions::escape_mentions;
use super::{Extras, FinishedView, Participant};
use crate::lifecycle::Ending;
use crate::note::notice::Notice;
use crate::note::words::{Extra, NoteWords};
use crate::note::{CodeIn, Draft, DraftFile, MOST_PARTS, NoteChoice, NoteMarker, split};
use crate::problem::Problem;

/// A draft, and the text of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    pub draft: Draft,
    pub file: Option<String>,
}

/// What a note is composed of.
pub struct Material<'a> {
    pub view: &'a FinishedView,
    pub code: &'a InterviewCode,
    pub extras: &'a Extras,
    /// Whether files can be attached: Lever wants to know on whose behalf.
    pub may_attach: bool,
    /// Where the person is.
    pub zone: &'a TimeZone,
    pub words: &'a dyn NoteWords,
}

/// Composes the note as chosen. `marker` names the file, should there be one.
///
/// # Errors
/// When what was chosen can't be: a file on no one's behalf, or code too long for notes.
pub fn compose(
    material: &Material<'_>,
    choice: NoteChoice,
    marker: &NoteMarker,
) -> Result<Composed, Problem> {
    let code = code_text(material.code, material.words);
    let (code_in, notice) = place(material, choice, &code)?;
    let mut text = head(material);
    let (mut file, mut file_text) = (None, None);
    if code_in == CodeIn::File {
        let name = file_name(material.view, marker);
        let whole = format!("{text}\n{code}");
        text.push_str(&format!("\n{}\n", material.words.attached(&name)));
        file = Some(DraftFile {
            name,
            bytes: u32::try_from(whole.len()).unwrap_or(u32::MAX),
            marker: marker.clone(),
        });
        file_text = Some(whole);
    }
    push_extras(&mut text, material, choice);
    if code_in == CodeIn::Note {
        push_code(&mut text, &code, material.words);
    }
    let draft = Draft {
        text: escape_mentions(&text),
        secret: false,
        choice: NoteChoice {
            code: Some(code_in),
            ..choice
        },
        offers: material.extras.offers(),
        file,
        notices: material
            .code
            .notices
            .iter()
            .cloned()
            .chain(notice)
            .collect(),
    };
    Ok(Composed {
        draft,
        file: file_text,
    })
}

/// Where the code goes, and what has to be said about that.
fn place(
    material: &Material<'_>,
    choice: NoteChoice,
    code: &str,
) -> Result<(CodeIn, Option<Notice>), Problem> {
    if code.is_empty() {
        return Ok((CodeIn::Nowhere, None));
    }
    let parts = || {
        let mut text = head(material);
        push_extras(&mut text, material, choice);
        push_code(&mut text, code, material.words);
        split(&escape_mentions(&text)).len()
    };
    match choice.code {
        Some(CodeIn::File) if !material.may_attach => Err(Problem::FileNeedsAuthor),
        Some(CodeIn::Note) if parts() > MOST_PARTS => Err(Problem::CodeTooLongForNote),
        Some(chosen) => Ok((chosen, None)),
        None => Ok(match (parts(), material.may_attach) {
            (1, _) => (CodeIn::Note, None),
            (_, true) => (CodeIn::File, None),
            (few, false) if few <= MOST_PARTS => (CodeIn::Note, None),
            (_, false) => (CodeIn::Nowhere, Some(Notice::TooLongForNotes)),
        }),
    }
}

/// Everything but code and extras.
fn head(material: &Material<'_>) -> String {
    let (view, words) = (material.view, material.words);
    let mut lines = vec![words.title(), words.playback(&view.pad.playback)];
    lines.extend(date(material));
    if view.ending == Ending::ByItself {
        lines.push(words.closed_by_coderpad());
    }
    let names = names(&view.people);
    if !names.is_empty() {
        lines.push(words.participants(&names));
    }
    if !view.runs.is_empty() {
        lines.push(words.runs(&view.runs));
    }
    lines.join("\n") + "\n"
}

fn date(material: &Material<'_>) -> Option<String> {
    let view = material.view;
    let at_ms = view.began_ms.unwrap_or(view.ended_ms);
    let at = Timestamp::from_millisecond(at_ms).ok()?;
    let at = at.to_zoned_datetime(material.zone.clone());
    Some(material.words.date(&at, view.lasted_ms))
}

fn names(people: &[Participant]) -> String {
    let seen = people.iter().filter(|person| !person.unseen);
    let names: Vec<&str> = seen.map(|person| person.name.as_str()).collect();
    names.join(", ")
}

fn push_extras(text: &mut String, material: &Material<'_>, choice: NoteChoice) {
    let extras = material.extras;
    let chosen = [
        (Extra::Summary, &extras.summary, choice.summary),
        (Extra::Transcript, &extras.transcript, choice.transcript),
        (Extra::Review, &extras.reports, choice.reports),
    ];
    for (kind, extra, wanted) in chosen {
        if let (Some(extra), true) = (extra, wanted) {
            text.push_str(&format!("\n{}\n{extra}\n", material.words.extra(kind)));
        }
    }
}

fn push_code(text: &mut String, code: &str, words: &dyn NoteWords) {
    text.push_str(&format!("\n{}\n\n", words.code()));
    text.push_str(code);
}

/// Every file with its name above it; what can't be shown is said. Empty: there is nothing.
fn code_text(code: &InterviewCode, words: &dyn NoteWords) -> String {
    let mut text = String::new();
    for environment in &code.environments {
        for file in &environment.files {
            let title = match (file.path.as_str(), environment.language.as_str()) {
                ("", "") => words.unnamed_code(),
                ("", language) => language.to_owned(),
                (path, "") => path.to_owned(),
                (path, language) => format!("{path} ({language})"),
            };
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&format!("=== {title} ===\n"));
            if let Some(remark) = &file.remark {
                text.push_str(&format!("({})\n", words.notice(remark)));
            }
            let body = file.text.as_deref().unwrap_or_default();
            text.push_str(body);
            if !body.is_empty() && !body.ends_with('\n') {
                text.push('\n');
            }
        }
    }
    text
}

/// The marker is in the name: it is all that Lever's list of files shows.
fn file_name(view: &FinishedView, marker: &NoteMarker) -> String {
    format!("interview-{}-{}.txt", view.pad.id, marker.random())
}

#[cfg(test)]
mod tests {
    use coderpad::PadId;
    use proptest::prelude::*;
    use transport::SeededRng;

    use super::*;
    use crate::note::Offers;
    use crate::note::words::Unworded;
    use crate::problem::ProblemCode;
    use crate::record::LanguageRuns;
    use crate::record::PadLinks;
    use crate::record::code::{CodeEnvironment, CodeFile};
    use crate::record::mentions::mentions_someone;

    fn view() -> FinishedView {
        FinishedView {
            name: "Ada Example".into(),
            posting: "Backend".into(),
            profile_url: None,
            pad: PadLinks {
                id: PadId::parse("K7QWM3ZD").unwrap(),
                link: "https://app.coderpad.io/K7QWM3ZD".into(),
                playback: "https://app.coderpad.io/K7QWM3ZD/playback".into(),
            },
            ending: Ending::Held,
            ended_ms: 1_772_535_600_000,
            began_ms: Some(1_772_532_000_000),
            lasted_ms: Some(65 * 60_000),
            people: vec![person("Rec Ruiter", false), person("Ada @ada", false)],
            runs: vec![LanguageRuns {
                language: "python".into(),
                runs: 2,
            }],
            complete: true,
            offers: Offers::default(),
            drawing: false,
            note: None,
        }
    }

    fn person(name: &str, unseen: bool) -> Participant {
        Participant {
            name: name.into(),
            has_account: false,
            unseen,
        }
    }

    fn code(text: &str) -> InterviewCode {
        let file = |path: &str, text: Option<&str>, remark: Option<Notice>| CodeFile {
            path: path.into(),
            text: text.map(str::to_owned),
            binary: text.is_none(),
            remark,
        };
        InterviewCode {
            environments: vec![CodeEnvironment {
                language: "python".into(),
                on_screen: true,
                files: vec![
                    file("main.py", Some(text), None),
                    file("logo.png", None, Some(Notice::NotText)),
                ],
            }],
            notices: Vec::new(),
        }
    }

    fn composed_of(
        view: &FinishedView,
        code: &InterviewCode,
        choice: NoteChoice,
        may_attach: bool,
    ) -> Result<Composed, Problem> {
        let extras = Extras {
            transcript: Some("Ada: @rec hello".into()),
            ..Extras::default()
        };
        let material = Material {
            view,
            code,
            extras: &extras,
            may_attach,
            zone: &TimeZone::UTC,
            words: &Unworded,
        };
        compose(&material, choice, &NoteMarker::fresh(&SeededRng::new(1)))
    }

    fn composed(text: &str, choice: NoteChoice, may_attach: bool) -> Result<Composed, Problem> {
        composed_of(&view(), &code(text), choice, may_attach)
    }

    fn into(code: CodeIn) -> NoteChoice {
        NoteChoice {
            code: Some(code),
            ..NoteChoice::default()
        }
    }

    #[test]
    fn a_note_has_heading_playback_people_length_and_code() {
        let note = composed("@wraps\ndef f(): pass", NoteChoice::default(), false).unwrap();
        assert_eq!(
            note.draft.text,
            "title\n\
             playback: https://app.coderpad.io/K7QWM3ZD/playback\n\
             date: 2026-03-03T10:00:00+00:00[UTC], 3900000\n\
             participants: Rec Ruiter, Ada @ ada\n\
             runs: python 2\n\
             \n\
             code:\n\
             \n\
             === main.py (python) ===\n\
             @ wraps\ndef f(): pass\n\
             \n\
             === logo.png (python) ===\n\
             (NotText)\n"
        );
        assert_eq!(note.file, None);
        assert_eq!(note.draft.choice.code, Some(CodeIn::Note));
    }

    #[test]
    fn what_coderpad_offers_is_in_it_when_it_was_chosen() {
        let choice = NoteChoice {
            transcript: true,
            ..NoteChoice::default()
        };
        let with = composed("x", choice, false).unwrap().draft;
        assert!(with.text.contains("extra: Transcript\nAda: @ rec hello\n"));
        assert!(with.offers.transcript && !with.offers.summary);
        let without = composed("x", NoteChoice::default(), false).unwrap();
        assert!(!without.draft.text.contains("Transcript"));
    }

    #[test]
    fn a_file_holds_the_code_as_it_is_and_the_note_names_it() {
        let note = composed("@wraps\n", into(CodeIn::File), true).unwrap();
        let name = note.draft.file.clone().unwrap().name;
        assert!(name.starts_with("interview-K7QWM3ZD-"), "{name}");
        assert!(note.draft.text.contains(&name));
        assert!(!note.draft.text.contains("wraps"));
        assert!(note.file.unwrap().contains("\n@wraps\n"));
        let refused = composed("x", into(CodeIn::File), false).unwrap_err();
        assert_eq!(refused.code(), ProblemCode::ActingUserNeeded);
    }

    #[test]
    fn long_code_is_attached_or_split_and_far_too_long_code_is_refused() {
        let long = "x = 1\n".repeat(10_000);
        let place = |text: &str, may_attach| {
            let note = composed(text, NoteChoice::default(), may_attach).unwrap();
            note.draft.choice.code.unwrap()
        };
        assert_eq!(place(&long, true), CodeIn::File);
        assert_eq!(place(&long, false), CodeIn::Note);
        let endless = "x = 1\n".repeat(100_000);
        let left_out = composed(&endless, NoteChoice::default(), false).unwrap();
        assert_eq!(left_out.draft.choice.code, Some(CodeIn::Nowhere));
        assert_eq!(left_out.draft.notices.len(), 1);
        assert!(composed(&endless, into(CodeIn::Note), true).is_err());
        assert!(composed(&endless, into(CodeIn::File), true).is_ok());
    }

    #[test]
    fn code_for_ten_notes_goes_into_notes_and_more_does_not() {
        let line = format!("{}\n", "x".repeat(999));
        let parts = |lines: usize| {
            let note = composed(&line.repeat(lines), into(CodeIn::Note), true)?;
            Ok::<_, Problem>(split(&note.draft.text).len())
        };
        let most = (150..250).rev().find(|lines| parts(*lines).is_ok());
        assert_eq!(parts(most.unwrap()), Ok(MOST_PARTS));
        let refused = parts(most.unwrap() + 1).unwrap_err();
        assert_eq!(refused.code(), ProblemCode::NotValid);
    }

    #[test]
    fn a_pad_without_code_makes_a_note_without_code() {
        let nothing = InterviewCode::default();
        for choice in [
            NoteChoice::default(),
            into(CodeIn::Note),
            into(CodeIn::File),
        ] {
            let note = composed_of(&view(), &nothing, choice, true).unwrap();
            assert_eq!(note.draft.choice.code, Some(CodeIn::Nowhere));
            assert!(!note.draft.text.contains("code:"));
        }
    }

    proptest! {
        #[test]
        fn whatever_strangers_write_nobody_is_named_in_the_note(
            name in "[@a \u{202e}\n]{0,12}",
            text in "[@a \n]{0,60}",
        ) {
            let mut view = view();
            view.people.push(person(&name, false));
            let note = composed_of(&view, &code(&text), NoteChoice::default(), false).unwrap();
            prop_assert!(!mentions_someone(&note.draft.text), "{}", note.draft.text);
        }
    }
}
