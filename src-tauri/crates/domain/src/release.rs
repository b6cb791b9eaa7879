//! Whether an address says that there is a newer version. What it answers is not to be trusted: it
//! gives a number, and nothing else of it is used.

use std::fmt;

use serde::Deserialize;

/// A longer answer is no version, in bytes.
pub const LONGEST: usize = 4_096;

/// A released version. Those that come before a release are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    major: u32,
    minor: u32,
    patch: u32,
}

impl Version {
    /// Reads `0.2`, `0.2.0` or `v0.2.0`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let mut numbers = text
            .strip_prefix('v')
            .unwrap_or(text)
            .split('.')
            .map(number);
        let version = Self {
            major: numbers.next()??,
            minor: numbers.next()??,
            patch: numbers.next().unwrap_or(Some(0))?,
        };
        numbers.next().is_none().then_some(version)
    }
}

/// Digits alone: a number's own parser takes a sign too.
fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

impl fmt::Display for Version {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}.{}", self.major, self.minor)?;
        match self.patch {
            0 => Ok(()),
            patch => write!(to, ".{patch}"),
        }
    }
}

/// What the address answers: `{"version": "0.2.0"}`.
#[derive(Deserialize)]
struct Answer {
    version: String,
}

/// The version that the answer names, if it is newer than the current one.
#[must_use]
pub fn newer(answer: &[u8], current: &str) -> Option<Version> {
    if answer.len() > LONGEST {
        return None;
    }
    let answer: Answer = serde_json::from_slice(answer).ok()?;
    let (named, current) = (Version::parse(&answer.version)?, Version::parse(current)?);
    (named > current).then_some(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(version: &str, current: &str) -> Option<String> {
        let answer = serde_json::json!({ "version": version }).to_string();
        newer(answer.as_bytes(), current).map(|version| version.to_string())
    }

    #[test]
    fn versions_are_compared_number_by_number() {
        for (named, current, expected) in [
            ("0.2.0", "0.1.0", Some("0.2")),
            ("0.10.0", "0.9.9", Some("0.10")),
            ("v1.0", "0.99.99", Some("1.0")),
            ("0.1.1", "0.1.0", Some("0.1.1")),
            ("0.1.0", "0.1.0", None),
            ("0.9.0", "0.10.0", None),
            ("0.1", "0.1.0", None),
        ] {
            assert_eq!(
                told(named, current).as_deref(),
                expected,
                "{named} {current}"
            );
        }
    }

    #[test]
    fn what_is_no_release_is_no_news() {
        for named in [
            "",
            "2",
            "1.2.3.4",
            "0.2.0-beta",
            "0.2.0+7",
            "+1.0",
            "-1.0",
            "1.x",
            "1..2",
            "१.२",
            "99999999999.0",
            "1.0<script>",
            "1.0; rm -rf /",
            "0.2\n0.3",
        ] {
            assert_eq!(told(named, "0.1.0"), None, "{named}");
        }
        assert_eq!(told("0.2.0", "not a version"), None);
    }

    #[test]
    fn an_answer_of_another_shape_or_size_is_no_news() {
        let long = format!(
            "{{\"version\": \"0.2.0\", \"x\": \"{}\"}}",
            "x".repeat(LONGEST)
        );
        let deep = "[".repeat(LONGEST);
        for answer in [
            "",
            "{}",
            "<html>",
            "\"0.2.0\"",
            "[]",
            "{\"version\": 2}",
            &long,
            &deep,
        ] {
            assert_eq!(newer(answer.as_bytes(), "0.1.0"), None);
        }
        assert_eq!(newer(&[0xff, 0xfe], "0.1.0"), None);
    }
}
