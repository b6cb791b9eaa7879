//! Fields that forms send as text, and scripts as what they are.

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use crate::world::NoSuchThing;

/// What a command gives back, or why it could not be done.
pub(super) type Done = Result<Value, String>;

/// Nothing to give back.
pub(super) fn done(result: Result<(), NoSuchThing>) -> Done {
    result
        .map(|()| json!({}))
        .map_err(|error| error.to_string())
}

/// One text, or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// One. Empty text is none.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl OneOrMany {
    pub(super) fn into_vec(self) -> Vec<String> {
        match self {
            Self::One(text) if text.is_empty() => Vec::new(),
            Self::One(text) => vec![text],
            Self::Many(texts) => texts,
        }
    }
}

/// A number, or its digits.
pub(super) fn number<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    match Value::deserialize(from)? {
        Value::String(digits) => digits.parse().map_err(Error::custom),
        other => other
            .as_u64()
            .ok_or_else(|| Error::custom("this must be a number")),
    }
}

/// A flag, or its word.
pub(super) fn flag<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    match Value::deserialize(from)? {
        Value::String(word) => word.parse().map_err(Error::custom),
        other => other
            .as_bool()
            .ok_or_else(|| Error::custom("this must be true or false")),
    }
}
