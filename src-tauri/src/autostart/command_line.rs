//! Windows: a command line, from which every program takes its words apart again by the same rules.

/// A word of it, in quotes: a folder with a space in its name stays one word.
pub(super) fn quoted(word: &str) -> String {
    let mut quoted = String::from('"');
    let mut backslashes = 0;
    for c in word.chars() {
        match c {
            '\\' => backslashes += 1,
            // Before a quotation mark, each of them counts double.
            '"' => quoted.push_str(&"\\".repeat(backslashes + 1)),
            _ => {}
        }
        if c != '\\' {
            backslashes = 0;
        }
        quoted.push(c);
    }
    quoted.push_str(&"\\".repeat(backslashes));
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stays_one_word_whatever_is_in_it() {
        for (word, written) in [
            (
                r"C:\Users\Ada Lovelace\padwatch.exe",
                r#""C:\Users\Ada Lovelace\padwatch.exe""#,
            ),
            (r"D:\", r#""D:\\""#),
            (r#"a\"b"#, r#""a\\\"b""#),
            ("", r#""""#),
        ] {
            assert_eq!(quoted(word), written);
        }
    }
}
