//! Texts as a search sees them: without accents, apostrophes and case, in Latin letters.
//!
//! Done by `deunicode`, which knows what Unicode's own decomposition doesn't take apart (ø, ł, ß,
//! æ) and other alphabets too. Character by character, so that a part of a text folds to a part of
//! the folded text: the exact letters find them.

use deunicode::deunicode_char;

#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_dropped(*c)) {
        match deunicode_char(c) {
            Some(latin) => folded.extend(
                latin
                    .chars()
                    .filter(|c| !is_dropped(*c))
                    .map(|c| plain(c.to_ascii_lowercase())),
            ),
            None => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

/// What of a candidacy is searched: name, job and link, a line each.
#[must_use]
pub fn searched(name: &str, job: &str, link: &str) -> String {
    format!("{}\n{}\n{}", fold(name), fold(job), fold(link))
}

/// What people type or leave out as they like: apostrophes of all kinds, accents that stand for
/// themselves, and what can't be seen.
fn is_dropped(c: char) -> bool {
    matches!(c, '\'' | '`' | '\u{b4}' | '\u{2b0}'..='\u{36f}' | '\u{2018}'..='\u{201b}' | '\u{2032}'
        | '\u{ff07}' | '\u{a78b}' | '\u{a78c}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
}

/// Every kind of space is a space; a line's end would part the name from the job.
fn plain(c: char) -> char {
    if c.is_whitespace() { ' ' } else { c }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_found_by_plain_letters() {
        for (name, typed) in [
            ("Zoë", "zoe"),
            ("Zoe\u{308}", "zoe"),
            ("O'Neill", "oneill"),
            ("O’Neill", "oneill"),
            ("OʼNeill", "oneill"),
            ("O`Neill", "O'Neill"),
            ("O´Neill", "oneill"),
            ("Oʻahu", "oahu"),
            ("O＇Neill", "oneill"),
            ("Søren", "soren"),
            ("Łukasz", "lukasz"),
            ("Groß", "gross"),
            ("GROẞ", "gross"),
            ("Æsir", "aesir"),
            ("Œuvre", "oeuvre"),
            ("Đặng", "dang"),
            ("Ñúñez", "nunez"),
            ("İlker Işık", "ilker isik"),
            ("ﬁona", "fiona"),
            ("Ｚｏｅ", "zoe"),
            ("Þór", "thor"),
            ("Иван", "ivan"),
            ("Žofia\u{a0}Šťastná", "zofia stastna"),
            ("Zo\u{200b}e", "zoe"),
            ("Jean‑Luc", "jean-luc"),
            ("Ingénieur·e", "ingenieur"),
        ] {
            assert!(fold(name).contains(&fold(typed)), "{name}: {}", fold(name));
        }
        assert_eq!(fold("’"), "");
        assert_eq!(fold("Žofia\u{a0}Šťastná"), "zofia stastna");
        assert_eq!(fold("a\u{2028}b\u{2003}c"), "a b c");
        assert_eq!(searched("Zoë B", "Ö", "L"), "zoe b\no\nl");
        assert!(!searched("a\nb", "c", "d").starts_with("a\n"));
    }

    proptest! {
        #[test]
        fn a_part_of_a_text_is_found_in_it(before in ".{0,9}", part in ".{0,9}", after in ".{0,9}") {
            let whole = fold(&format!("{before}{part}{after}"));
            prop_assert!(whole.contains(&fold(&part)), "{} in {}", fold(&part), whole);
        }

        #[test]
        fn case_is_no_matter(text in "[a-zA-ZäÖßéÀøŁ' ]{0,20}") {
            prop_assert_eq!(fold(&text.to_lowercase()), fold(&text));
        }

        #[test]
        fn no_line_ends_within(text in any::<String>()) {
            prop_assert!(!fold(&text).contains('\n'));
        }
    }
}
