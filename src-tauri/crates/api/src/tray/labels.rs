//! The texts of the tray menu's rows: as long as fits, in one direction.

use std::fmt::Write as _;

/// The longest label, in characters. Hosts never cut labels (reference/stack.md, Tray on Linux).
pub const LONGEST: usize = 48;

/// A name or a title for use in a label. One that is written from the right keeps that to itself
/// (Unicode's isolates): otherwise the rest of the row would change places with it.
#[must_use]
pub fn part(text: &str) -> String {
    let line = one_line(text.trim());
    if line.chars().any(is_written_from_the_right) {
        format!("\u{2068}{line}\u{2069}")
    } else {
        line
    }
}

/// The blocks of Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms, and the
/// plane's right-to-left areas (Unicode, DerivedBidiClass).
fn is_written_from_the_right(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// A text as a label: shortened in the middle so that both ends stay readable. One with a name
/// that is written from the right is marked as written from the left all the same: Pango lays the
/// whole row out by the first letter with a direction, even by one within an isolate.
#[must_use]
pub fn label(text: &str) -> String {
    let short = shortened(text);
    if short.chars().any(is_written_from_the_right) {
        format!("\u{200e}{short}")
    } else {
        short
    }
}

fn shortened(text: &str) -> String {
    let line: Vec<char> = text.chars().collect();
    if line.len() <= LONGEST {
        return line.into_iter().collect();
    }
    let kept = LONGEST - 1;
    let tail = kept / 3;
    let head = line.iter().take(kept - tail);
    let rest = line.iter().skip(line.len() - tail);
    head.chain(['…'].iter()).chain(rest).collect()
}

/// A sentence as up to `most` labels, broken between words.
#[must_use]
pub fn wrapped(sentence: &str, most: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for word in one_line(sentence)
        .split(' ')
        .filter(|word| !word.is_empty())
    {
        match rows.last_mut() {
            Some(row) if row.chars().count() + 1 + word.chars().count() <= LONGEST => {
                // Writing to a String can't fail.
                let _ = write!(row, " {word}");
            }
            _ => rows.push(label(word)),
        }
    }
    if rows.len() > most {
        rows.truncate(most);
        if let Some(last) = rows.last_mut() {
            *last = label(&format!("{last} …"));
        }
    }
    rows
}

/// Control characters would break a row; marks that turn the writing direction would leak out of
/// a name into the rest of the row.
fn one_line(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .filter(|c| !turns(*c))
        .map(|c| {
            if c.is_control() || c.is_whitespace() {
                ' '
            } else {
                c
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_label_keeps_both_of_its_ends() {
        let long = format!("Maximiliane {} · Backend Engineer", "von ".repeat(30));
        let short = label(&long);
        assert_eq!(short.chars().count(), LONGEST);
        assert!(short.starts_with("Maximiliane von"), "{short}");
        assert!(short.ends_with("end Engineer"), "{short}");
    }

    #[test]
    fn a_name_cannot_break_the_row_or_turn_its_direction() {
        assert_eq!(part("Ada\n\u{202e}Lovelace\t! "), "Ada Lovelace !");
        assert_eq!(part("נועה\u{2069}"), "\u{2068}נועה\u{2069}");
        assert_eq!(part("佐藤 😀"), "佐藤 😀");
        assert_eq!(
            label(&format!("● {} · Engineer", part("נועה"))),
            "\u{200e}● \u{2068}נועה\u{2069} · Engineer"
        );
        assert_eq!(label("😀".repeat(60).as_str()).chars().count(), LONGEST);
    }

    #[test]
    fn a_sentence_is_broken_between_words() {
        let rows = wrapped(
            "The Lever key may not read interviews, so finished ones can not be seen here.",
            3,
        );
        assert_eq!(rows.len(), 2);
        assert!(
            rows.iter().all(|row| row.chars().count() <= LONGEST),
            "{rows:?}"
        );
        assert_eq!(wrapped(&"word ".repeat(100), 2).len(), 2);
        assert!(wrapped(&"word ".repeat(100), 2)[1].ends_with('…'));
    }
}
