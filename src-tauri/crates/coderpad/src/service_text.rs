//! Texts that a service wrote, made fit to be shown.

/// The longest text of a service that is shown, in characters.
const LONGEST: usize = 200;

/// Takes out what could disturb the place where it is shown, and cuts it.
pub(crate) fn fit_to_show(text: &str) -> String {
    let plain = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !is_invisible(*c));
    let mut shown: String = plain.take(LONGEST).collect();
    shown.truncate(shown.trim_end().len());
    shown
}

/// Marks that turn the direction of writing or take no room: they can make a text lie.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_text_is_one_short_line_without_tricks() {
        assert_eq!(fit_to_show("Over\nquota\t\u{1b}[31m!"), "Over quota [31m!");
        assert_eq!(fit_to_show("a\u{202e}b\u{200b}c\0"), "abc");
        assert_eq!(fit_to_show(&"ä".repeat(500)).chars().count(), 200);
        assert_eq!(fit_to_show("  \n"), "");
    }
}
