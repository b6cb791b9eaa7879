use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::NoteId;
use crate::lenient::or_default;

/// A note on an opportunity (contracts/lever.md, 4.5).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// What [`crate::Client::delete_note`] takes.
    pub id: NoteId,
    /// What was written, comments on it included, in Lever's order.
    #[serde(default, rename = "fields", deserialize_with = "values")]
    pub values: Vec<String>,
    /// When it was written, in ms since the epoch.
    #[serde(default, rename = "createdAt", deserialize_with = "or_default")]
    pub created_at_ms: Option<i64>,
    /// When it was deleted, in ms since the epoch.
    #[serde(default, rename = "deletedAt", deserialize_with = "or_default")]
    pub deleted_at_ms: Option<i64>,
}

/// A note to write.
///
/// Lever takes `@name` anywhere in the text as a mention, and notifies that user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewNote {
    /// The text, plain. Lever refuses an empty one.
    pub value: String,
    /// A secret note: only some people may see it.
    pub secret: bool,
    /// Notifies everyone who follows the opportunity.
    pub notify_followers: bool,
}

impl NewNote {
    /// A note that everyone may see and no one is notified of.
    pub fn new(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            secret: false,
            notify_followers: false,
        }
    }
}

/// What was written, in any shape: a search for a marker must not miss it.
fn values<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    let mut values = Vec::new();
    let mut left = vec![Value::deserialize(from)?];
    while let Some(value) = left.pop() {
        match value {
            Value::String(text) => values.push(text),
            Value::Array(items) => left.extend(items.into_iter().rev()),
            Value::Object(mut fields) => match fields.remove("value") {
                Some(value) => left.push(value),
                // Other texts of a field are not what a person wrote.
                None => left.extend(fields.into_iter().map(|(_, value)| value).filter(is_nested)),
            },
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    Ok(values)
}

fn is_nested(value: &Value) -> bool {
    value.is_array() || value.is_object()
}
