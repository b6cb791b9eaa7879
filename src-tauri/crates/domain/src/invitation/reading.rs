//! What a template says: text, placeholders, and what was meant as one and isn't.

use super::{InvitationWords, Placeholder};

/// A piece of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Text(&'a str),
    Placeholder(Placeholder),
    Flawed { written: &'a str, flaw: Flaw<'a> },
}

/// What is wrong with something in braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw<'a> {
    /// It names something that there isn't.
    Unknown(&'a str),
    /// A brace is missing on this line, or what should stand between two.
    Braces,
}

/// The parts of one line. One brace on each side says the same as two.
pub(super) fn parts<'a>(mut line: &'a str, words: &dyn InvitationWords) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    while let Some(at) = line.find(['{', '}']) {
        let (text, rest) = line.split_at(at);
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
        let (written, rest) = rest.split_at(length_in_braces(rest));
        parts.push(in_braces(written, words));
        line = rest;
    }
    if !line.is_empty() {
        parts.push(Part::Text(line));
    }
    parts
}

/// The template with each placeholder written in another way. What is flawed stays as it is.
#[must_use]
pub fn rewritten(
    template: &str,
    words: &dyn InvitationWords,
    as_written: impl Fn(Placeholder) -> String,
) -> String {
    let lines = template.split('\n').map(|line| {
        let pieces = parts(line, words).into_iter().map(|part| match part {
            Part::Text(text) | Part::Flawed { written: text, .. } => text.to_owned(),
            Part::Placeholder(placeholder) => as_written(placeholder),
        });
        pieces.collect::<String>()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// How far it goes from a brace to the one that ends it, or to where that one is missed.
fn length_in_braces(text: &str) -> usize {
    let opening = run(text, '{');
    let rest = text.get(opening..).unwrap_or_default();
    let name = match opening {
        0 => 0,
        _ => rest.find(['{', '}']).unwrap_or(rest.len()),
    };
    let closing = run(rest.get(name..).unwrap_or_default(), '}');
    opening + name + closing
}

/// How many of these braces it begins with, up to two.
fn run(text: &str, brace: char) -> usize {
    text.chars().take(2).take_while(|c| *c == brace).count()
}

fn in_braces<'a>(written: &'a str, words: &dyn InvitationWords) -> Part<'a> {
    let opened = written.trim_start_matches('{');
    let name = opened.trim_end_matches('}');
    let complete = opened.len() < written.len() && name.len() < opened.len();
    let name = name.trim();
    let flaw = match complete && !name.is_empty() {
        true => match called(name, words) {
            Some(placeholder) => return Part::Placeholder(placeholder),
            None => Flaw::Unknown(name),
        },
        false => Flaw::Braces,
    };
    Part::Flawed { written, flaw }
}

/// The placeholder of that key, or called so in words.
fn called(name: &str, words: &dyn InvitationWords) -> Option<Placeholder> {
    let name = folded(name);
    Placeholder::ALL
        .into_iter()
        .find(|each| folded(each.key()) == name || folded(&words.called(*each)) == name)
}

/// Case, spaces and underscores make no difference.
fn folded(name: &str) -> String {
    let counts = |c: &char| !c.is_whitespace() && *c != '_';
    name.to_lowercase().chars().filter(counts).collect()
}

#[cfg(test)]
mod tests_of_reading {
    use super::*;
    use crate::invitation::words::Unworded;

    /// Templates of one line, with what they are in pieces. The page's tests read them too.
    const TEMPLATES: &str = include_str!("templates.json");

    #[test]
    fn a_template_is_read_as_the_table_says() {
        let table: Vec<(String, Vec<(String, String)>)> = serde_json::from_str(TEMPLATES).unwrap();
        assert!(table.len() > 20);
        for (line, expected) in table {
            let found = pieces(&line)
                .into_iter()
                .map(|(kind, text)| (kind, text.to_owned()));
            assert_eq!(found.collect::<Vec<_>>(), expected, "{line}");
        }
    }

    /// What each piece is and how it is written. A placeholder's text is what its part leaves over.
    fn pieces(line: &str) -> Vec<(String, &str)> {
        let mut rest = line;
        let mut pieces = Vec::new();
        for part in parts(line, &Unworded) {
            let (kind, length) = match part {
                Part::Text(text) => ("text", text.len()),
                Part::Flawed { written, .. } => ("flawed", written.len()),
                Part::Placeholder(Placeholder::FirstName) => ("firstName", length_in_braces(rest)),
                Part::Placeholder(other) => (other.key(), length_in_braces(rest)),
            };
            let (text, after) = rest.split_at(length);
            pieces.push((kind.to_owned(), text));
            rest = after;
        }
        pieces
    }

    #[test]
    fn what_is_flawed_is_an_unknown_name_or_a_missing_brace() {
        for (line, flaw) in [
            ("{frist name}", Flaw::Unknown("frist name")),
            ("{{ name|upper }}", Flaw::Unknown("name|upper")),
            ("{% if time %}", Flaw::Unknown("% if time %")),
            ("{🙂}", Flaw::Unknown("🙂")),
            ("{name", Flaw::Braces),
            ("}}", Flaw::Braces),
            ("{ }", Flaw::Braces),
        ] {
            let written = line;
            assert_eq!(parts(line, &Unworded), [Part::Flawed { written, flaw }]);
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_of_a_line_is_lost_or_doubled(line in "[{}é ]{0,12}") {
            let whole: String = parts(&line, &Unworded)
                .into_iter()
                .map(|part| match part {
                    Part::Text(text) | Part::Flawed { written: text, .. } => text,
                    Part::Placeholder(_) => "a placeholder",
                })
                .collect();
            assert_eq!(whole, line);
        }
    }

    #[test]
    fn placeholders_are_written_in_another_way_and_the_rest_stays() {
        let shown = |text: &str| rewritten(text, &Unworded, |each| format!("<{}>", each.key()));
        assert_eq!(
            shown("Hi {{ name }},\n{x}\n\n{job"),
            "Hi <name>,\n{x}\n\n{job"
        );
        assert_eq!(shown(""), "");
    }
}
