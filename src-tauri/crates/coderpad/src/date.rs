//! Moments as CoderPad writes them: RFC 3339 with `Z` or an offset, with or without a fraction
//! (contracts/coderpad.md, 6, 7).

use serde::{Deserialize as _, Deserializer};
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The moment in ms since the epoch; a finer fraction is cut off. `None` when it is no date.
fn to_ms(text: &str) -> Option<i64> {
    let date = OffsetDateTime::parse(text.trim(), &Rfc3339).ok()?;
    i64::try_from(date.unix_timestamp_nanos().div_euclid(1_000_000)).ok()
}

/// A date that may be missing, null or unreadable: nothing depends on it so much that a whole page
/// should be lost for it.
pub(crate) fn optional_ms<'de, D: Deserializer<'de>>(input: D) -> Result<Option<i64>, D::Error> {
    let value = Value::deserialize(input)?;
    Ok(value.as_str().and_then(to_ms))
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
