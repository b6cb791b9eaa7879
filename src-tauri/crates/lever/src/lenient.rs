//! Decoding that takes what is there and lets nothing odd spoil the rest.

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Null, missing or oddly shaped counts as the default.
pub(crate) fn or_default<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Default,
{
    let value = Value::deserialize(from)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}

/// The elements of a list that have the right shape; anything but a list is empty.
pub(crate) fn list<'de, D, T>(from: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let Value::Array(items) = Value::deserialize(from)? else {
        return Ok(Vec::new());
    };
    let readable = items.into_iter().map(serde_json::from_value);
    Ok(readable.filter_map(Result::ok).collect())
}

/// The texts of a list that decides about someone. Null is an empty list, and an object counts by
/// the text in it; anything but a list is an error, so that nothing takes it for an empty one.
pub(crate) fn texts<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    match Value::deserialize(from)? {
        Value::Null => Ok(Vec::new()),
        Value::Array(items) => Ok(items.into_iter().filter_map(text_of).collect()),
        _ => Err(D::Error::custom("not a list")),
    }
}

fn text_of(item: Value) -> Option<String> {
    match item {
        Value::String(text) => Some(text),
        Value::Object(fields) => {
            let text = ["text", "url", "href", "value", "name"]
                .iter()
                .find_map(|name| fields.get(*name)?.as_str());
            text.map(str::to_owned)
        }
        _ => None,
    }
}

/// A text that is searched for a marker: null is empty, anything else but a text an error.
pub(crate) fn known_text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Option::<String>::deserialize(from).map(Option::unwrap_or_default)
}

/// A text for people to read, cut after 500 characters: no one reads on.
pub(crate) fn short<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    const LONGEST: usize = 500;
    let mut text: String = or_default(from)?;
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
    }
    Ok(text)
}

/// True for a confidential record. A word that Lever has added since, or an odd shape, counts as
/// confidential; without the field there is no confidential hiring.
pub(crate) fn confidential<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::Null => false,
        Value::Bool(is_confidential) => is_confidential,
        Value::String(word) => {
            let word = word.trim();
            !word.is_empty() && !word.eq_ignore_ascii_case("non-confidential")
        }
        _ => true,
    })
}

/// A text that names something: blank counts as missing.
pub(crate) fn named<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let text: Option<String> = or_default(from)?;
    Ok(text.filter(|text| !text.trim().is_empty()))
}

/// What Lever gives as a bare id, or as an object when it was asked to expand it
/// (contracts/lever.md, 2).
#[derive(Deserialize)]
#[serde(untagged)]
enum Reference {
    Bare(String),
    Expanded { id: String },
}

impl Reference {
    /// A blank id names nothing and counts as missing.
    fn into_id<T: TryFrom<String>>(self) -> Option<T> {
        let (Self::Bare(id) | Self::Expanded { id }) = self;
        T::try_from(id).ok()
    }
}

/// An id, bare or expanded. What can't be read counts as missing.
pub(crate) fn reference<'de, D, T>(from: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<String>,
{
    let found: Option<Reference> = or_default(from)?;
    Ok(found.and_then(Reference::into_id))
}

/// An id that decides about someone, bare or expanded: one that can't be read is an error, so
/// that nothing takes it for a missing one.
pub(crate) fn decisive<'de, D, T>(from: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<String>,
{
    let found: Option<Reference> = match Value::deserialize(from)? {
        Value::Null => None,
        value => Some(serde_json::from_value(value).map_err(D::Error::custom)?),
    };
    Ok(found.and_then(Reference::into_id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::StageId;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    struct Row {
        #[serde(default, deserialize_with = "or_default")]
        count: u64,
        #[serde(default, deserialize_with = "list")]
        tags: Vec<String>,
        #[serde(default, deserialize_with = "named")]
        name: Option<String>,
        #[serde(default, deserialize_with = "reference")]
        stage: Option<StageId>,
    }

    fn row(json: &str) -> Row {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn missing_null_and_odd_fields_count_as_nothing() {
        for json in [
            "{}",
            r#"{"count":null,"tags":null,"name":null,"stage":null}"#,
            r#"{"count":"x","tags":"x","name":7,"stage":7}"#,
            r#"{"count":-1,"tags":{},"name":"  ","stage":{"text":"no id"}}"#,
            r#"{"stage":""}"#,
        ] {
            assert_eq!(row(json), Row::default(), "{json}");
        }
    }

    #[test]
    fn one_odd_element_does_not_lose_the_others() {
        assert_eq!(row(r#"{"tags":["a",null,7,"b"]}"#).tags, ["a", "b"]);
    }

    #[test]
    fn a_reference_is_read_bare_or_expanded() {
        let expected = Some(StageId::new("applicant-new"));
        assert_eq!(row(r#"{"stage":"applicant-new"}"#).stage, expected);
        let expanded = r#"{"stage":{"id":"applicant-new","text":"New applicant"}}"#;
        assert_eq!(row(expanded).stage, expected);
    }
}
