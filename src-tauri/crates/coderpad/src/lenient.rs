//! Reading what matters less: a field that is null or of another kind than documented is taken as
//! missing, so that one odd field doesn't cost the whole answer (contracts/coderpad.md, 6, 18).

use serde::de::DeserializeOwned;
use serde::{Deserialize as _, Deserializer};
use serde_json::Value;
use transport::Listed;

/// The value, or the default where it is null or doesn't fit.
pub(crate) fn or_default<'de, D, T>(input: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Default,
{
    let value = Value::deserialize(input)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}

/// An id that may be a text or a number. Anything else, and a blank one, is taken as missing.
pub(crate) fn text_of_id<'de, D>(input: D) -> Result<Option<String>, D::Error>
where
    D: Deserializer<'de>,
{
    let text = match Value::deserialize(input)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// A list without those of its members that don't fit.
pub(crate) fn those_that_fit<'de, D, T>(input: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let Value::Array(members) = Value::deserialize(input)? else {
        return Ok(Vec::new());
    };
    let fitting = members.into_iter().map(serde_json::from_value);
    Ok(fitting.filter_map(Result::ok).collect())
}

/// A list that may be null. A member that doesn't fit is counted, so that nobody misses it in
/// silence.
pub(crate) fn null_as_empty<'de, D, T>(input: D) -> Result<Listed<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    Ok(Option::deserialize(input)?.unwrap_or_default())
}
