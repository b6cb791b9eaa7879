//! Reading what matters less: a field that is null or of another kind than documented is taken as
//! missing, so that one odd field doesn't cost the whole answer (contracts/coderpad.md, 6, 18).

use jiff::Timestamp;
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

/// A list that may be null. A member that doesn't fit is counted, so that its absence is
/// noticed.
pub(crate) fn null_as_empty<'de, D, T>(input: D) -> Result<Listed<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    Ok(Option::deserialize(input)?.unwrap_or_default())
}

/// A date in ms since the epoch; `None` where it is null or unreadable.
pub(crate) fn optional_ms<'de, D: Deserializer<'de>>(input: D) -> Result<Option<i64>, D::Error> {
    let value = Value::deserialize(input)?;
    Ok(value.as_str().and_then(to_ms))
}

/// RFC 3339 with `Z` or an offset, with or without a fraction (contracts/coderpad.md, 6, 7), in ms
/// since the epoch; a finer fraction is cut off.
fn to_ms(text: &str) -> Option<i64> {
    let date: Timestamp = text.trim().parse().ok()?;
    // Cut off towards the past, before 1970 too.
    i64::try_from(date.as_nanosecond().div_euclid(1_000_000)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_date_becomes_milliseconds() {
        for (text, ms) in [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("2026-03-02T09:00:00Z", Some(1_772_442_000_000)),
            ("2026-03-02T10:00:00.123+01:00", Some(1_772_442_000_123)),
            ("2026-03-02T09:00:00.123999Z", Some(1_772_442_000_123)),
            ("2026-03-02T09:00:00.000+00:00", Some(1_772_442_000_000)),
            ("1969-12-31T23:59:59.9999Z", Some(-1)),
            ("2026-03-02", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(to_ms(text), ms, "{text}");
        }
    }
}
