//! The `Exec` line of a desktop entry: its words, and its words with another program.

use std::ffi::OsStr;
use std::io;
use std::path::Path;

/// The words of a line, unquoted: first as a string of the entry, then by the rules for `Exec`.
pub(super) fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut begun, mut in_quotes) = (String::new(), false, false);
    let text = unescaped(line);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => {
                in_quotes = !in_quotes;
                begun = true;
            }
            '\\' if in_quotes => word.extend(letters.next()),
            ' ' | '\t' if !in_quotes => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            '%' if letters.peek() == Some(&'%') => {
                word.extend(letters.next());
                begun = true;
            }
            letter => {
                word.push(letter);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word);
    }
    words
}

/// The value of an option, beside it or behind an equals sign.
pub(super) fn option<'a>(words: &'a [String], name: &str) -> Option<&'a str> {
    let at = words.iter().position(|word| {
        let rest = word.strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
    })?;
    let word = words.get(at)?;
    match word.split_once('=') {
        Some((_, value)) => Some(value),
        None => words.get(at + 1).map(String::as_str),
    }
}

/// The line with `program` in the place of the Padwatch that it starts; `None`: it starts this one
/// already, or something else, such as a script of the person's own.
pub(super) fn with_program(line: &str, program: &Path) -> Option<String> {
    let words = words(line);
    let named = words
        .iter()
        .position(|word| Path::new(word).file_name() == program.file_name())?;
    if words.get(named).map(Path::new) == Some(program) {
        return None;
    }
    let renewed = words.iter().enumerate().map(|(at, word)| {
        let word = if at == named {
            program.as_os_str()
        } else {
            OsStr::new(word)
        };
        if at == named || needs_quotes(word) {
            quoted(word)
        } else {
            Ok(word.to_string_lossy().into_owned())
        }
    });
    let renewed: Vec<String> = renewed.collect::<io::Result<_>>().ok()?;
    Some(renewed.join(" "))
}

/// An argument of `Exec`: quoted by the rules of the specification, then escaped as a string.
pub(super) fn quoted(argument: &OsStr) -> io::Result<String> {
    let text = argument.to_str().ok_or(io::ErrorKind::InvalidFilename)?;
    if text.contains(['\n', '\r']) {
        return Err(io::ErrorKind::InvalidFilename.into());
    }
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            // A backslash is itself escaped in a string value.
            '"' | '`' | '$' => quoted.push_str("\\\\"),
            '\\' => quoted.push_str("\\\\\\"),
            // A single one begins a field code.
            '%' => quoted.push('%'),
            _ => {}
        }
        quoted.push(c);
    }
    quoted.push('"');
    Ok(quoted)
}

fn needs_quotes(word: &OsStr) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=./:,@+".contains(c);
    let text = word.to_string_lossy();
    text.is_empty() || !text.chars().all(plain)
}

/// The escapes of a string value: of those that stand for something, only the backslash and the
/// space occur in a command.
fn unescaped(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => match letters.next() {
                Some('s') => text.push(' '),
                Some('\\') => text.push('\\'),
                Some(other) => text.extend(['\\', other]),
                None => text.push('\\'),
            },
            (letter, false) => text.push(letter),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_is_read_back() {
        for word in [
            "/usr/bin/padwatch",
            "/opt/My Tools/100%/pad\"watch$",
            r"a\b",
            "`x`",
            "pads & more",
            "",
        ] {
            let line = format!("{} --hidden", quoted(OsStr::new(word)).unwrap());
            assert_eq!(words(&line), [word, "--hidden"], "{line}");
        }
        assert_eq!(quoted(OsStr::new(r"a\b")).unwrap(), r#""a\\\\b""#);
        assert!(
            quoted(OsStr::new("a\nb")).is_err(),
            "an entry must stay one entry"
        );
    }

    #[test]
    fn only_the_program_is_replaced_and_only_where_it_differs() {
        let here = Path::new("/usr/bin/padwatch");
        let renewed = |line| with_program(line, here);
        assert_eq!(renewed("/usr/bin/padwatch --hidden"), None);
        assert_eq!(renewed("\"/usr/bin/padwatch\" --hidden"), None);
        assert_eq!(renewed("/home/rosa/start-padwatch.sh"), None);
        assert_eq!(renewed(""), None);
        assert_eq!(
            renewed("env GDK_BACKEND=x11 /old/padwatch --hidden \"--profile=a b\"").unwrap(),
            "env GDK_BACKEND=x11 \"/usr/bin/padwatch\" --hidden \"--profile=a b\""
        );
    }

    #[test]
    fn an_options_value_is_found_in_both_forms() {
        assert_eq!(
            option(&words("p --profile \"a b\""), "--profile"),
            Some("a b")
        );
        assert_eq!(
            option(&words("p --profile=/x --hidden"), "--profile"),
            Some("/x")
        );
        assert_eq!(option(&words("p --profiles x"), "--profile"), None);
    }
}
