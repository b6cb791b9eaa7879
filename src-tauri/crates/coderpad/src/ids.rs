use std::fmt;

use serde::{Deserialize, Serialize};

/// The public id of a pad, such as `K7QWM3ZD`: 1 to 64 of `A-Z a-z 0-9 . _ ~ -`
/// (contracts/coderpad.md, 2.3). Equal as written, since nothing says that case is ignored; for
/// links that people wrote see [`PadId::is_same`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "string"))]
pub struct PadId(String);

/// A text that can't be a pad's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this can't be the id of a pad")]
pub struct BadPadId;

/// The id of an environment: one question or language that was opened in a pad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "number"))]
pub struct EnvironmentId(pub i64);

/// The id of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "number"))]
pub struct QuestionId(pub i64);

/// The id of a team: a UUID as text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "string"))]
pub struct TeamId(pub String);

impl PadId {
    const LONGEST: usize = 64;

    /// Reads an id.
    ///
    /// # Errors
    /// [`BadPadId`] when it is empty, too long, or has other characters. `.` and `..` are refused
    /// too: they would mean another place in an address.
    pub fn parse(text: &str) -> Result<Self, BadPadId> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._~-".contains(&byte);
        let fits = (1..=Self::LONGEST).contains(&text.len()) && text.bytes().all(allowed);
        if fits && text != "." && text != ".." {
            Ok(Self(text.to_owned()))
        } else {
            Err(BadPadId)
        }
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns true if both are the same but for the case of their letters. No two pads are that
    /// much alike: ids are random.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }

    /// The id in capitals, as nearly all are.
    #[must_use]
    pub fn in_capitals(&self) -> Self {
        Self(self.0.to_ascii_uppercase())
    }

    /// Returns true if it is too short for an id, so that it is a short link's, which may lead to a
    /// pad that is known by its id.
    #[must_use]
    pub fn is_short(&self) -> bool {
        self.0.len() < 6
    }

    /// Returns true if it is in the form that nearly all ids have: 7 or 8 capitals and digits.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        let fits = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
        (7..=8).contains(&self.0.len()) && self.0.bytes().all(fits)
    }
}

impl TryFrom<String> for PadId {
    type Error = BadPadId;

    fn try_from(text: String) -> Result<Self, BadPadId> {
        Self::parse(&text)
    }
}

impl From<PadId> for String {
    fn from(id: PadId) -> Self {
        id.0
    }
}

impl std::str::FromStr for PadId {
    type Err = BadPadId;

    fn from_str(text: &str) -> Result<Self, BadPadId> {
        Self::parse(text)
    }
}

impl fmt::Display for PadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for EnvironmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for QuestionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for TeamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_stand_in_an_address_is_a_pad_id() {
        for good in ["K7QWM3ZD", "a", "A.b_c~d-9", &"x".repeat(64)] {
            assert_eq!(PadId::parse(good).unwrap().as_str(), good);
        }
        let too_long = "x".repeat(65);
        for bad in [
            "", ".", "..", "a b", "a/b", "a?b", "ä", "a\n", "a%2Fb", &too_long,
        ] {
            assert_eq!(PadId::parse(bad), Err(BadPadId), "{bad:?}");
        }
    }

    #[test]
    fn ids_that_people_wrote_are_the_same_in_any_case() {
        let id = |text: &str| PadId::parse(text).unwrap();
        assert!(id("k7qwm3zd").is_same(&id("K7QWM3ZD")));
        assert!(id("983SDkjdsh").is_same(&id("983sdKJDSH")));
        assert!(!id("K7QWM3ZD").is_same(&id("K7QWM3ZE")));
        assert_eq!(id("k7qWm3zd").in_capitals(), id("K7QWM3ZD"));
        let usual = ["K7QWM3ZD", "1234567", "k7qwm3zd", "AB12", "983SDkjdsh"];
        let usual: Vec<bool> = usual.iter().map(|text| id(text).is_usual()).collect();
        assert_eq!(usual, [true, true, false, false, false]);
        assert!(id("AB12").is_short() && !id("K7QWM3").is_short());
    }

    #[test]
    fn ids_are_bare_values_in_json() {
        let pad: PadId = serde_json::from_str("\"K7QWM3ZD\"").unwrap();
        assert_eq!(serde_json::to_string(&pad).unwrap(), "\"K7QWM3ZD\"");
        assert!(serde_json::from_str::<PadId>("\"../users\"").is_err());
        assert_eq!(serde_json::to_string(&EnvironmentId(9)).unwrap(), "9");
        assert_eq!(QuestionId(12).to_string(), "12");
    }
}
