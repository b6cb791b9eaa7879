//! Splitting a long text into several notes, at ends of lines. Pure.

/// The longest text of one note, in characters. Lever doesn't say how long one may be
/// (contracts/lever.md, 4.5); this is long for a reader and short for a database.
pub const LONGEST: usize = 20_000;
/// More notes than this are too many for a profile.
pub const MOST_PARTS: usize = 10;

/// The parts, in their order. Put together they are the text again.
#[must_use]
pub fn split(text: &str) -> Vec<String> {
    split_at(text, LONGEST)
}

fn split_at(text: &str, longest: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let (mut part, mut length) = (String::new(), 0);
    let lines = text.split_inclusive('\n');
    for piece in lines.flat_map(|line| pieces(line, longest)) {
        let letters = piece.chars().count();
        if length + letters > longest {
            parts.push(std::mem::take(&mut part));
            length = 0;
        }
        part.push_str(piece);
        length += letters;
    }
    if !part.is_empty() || parts.is_empty() {
        parts.push(part);
    }
    parts
}

/// A line in pieces that fit into a part each.
fn pieces(line: &str, longest: usize) -> impl Iterator<Item = &str> {
    let places = line.char_indices().map(|(at, _)| at);
    let starts = places.step_by(longest.max(1));
    let ends = starts.clone().skip(1).chain([line.len()]);
    starts
        .zip(ends)
        .filter_map(|(start, end)| line.get(start..end))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_short_text_is_one_part_and_a_long_one_is_cut_at_lines() {
        assert_eq!(split_at("a\nb\n", 10), ["a\nb\n"]);
        assert_eq!(split_at("", 10), [""]);
        assert_eq!(split_at("123456789\n", 10), ["123456789\n"]);
        assert_eq!(split_at("123456789\nc", 10), ["123456789\n", "c"]);
        assert_eq!(split_at("aaaa\nbbbb\ncc", 10), ["aaaa\nbbbb\n", "cc"]);
        assert_eq!(
            split_at("ab\n123456789012345\nc", 10),
            ["ab\n", "1234567890", "12345\nc"]
        );
    }

    proptest! {
        #[test]
        fn parts_are_short_enough_and_together_the_text(text in "[a\u{1F600}\n]{0,80}", longest in 1_usize..20) {
            let parts = split_at(&text, longest);
            prop_assert_eq!(parts.concat(), text);
            for part in &parts {
                prop_assert!(part.chars().count() <= longest, "{:?}", part);
            }
        }
    }
}
