use serde::Deserialize;

use crate::lenient::or_default;

/// A tag and how often it is used. Spellings that differ in case are different tags.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TagCount {
    /// The tag, exactly as it is spelt.
    pub text: String,
    /// Opportunities that carry it, archived ones and inherited tags included.
    #[serde(default, deserialize_with = "or_default")]
    pub count: u64,
}
