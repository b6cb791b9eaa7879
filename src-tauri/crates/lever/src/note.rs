use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::lenient::{self, or_default};
use crate::{NoteId, UserId};

/// A note on an opportunity (contracts/lever.md, 4.5).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "Told")]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// What was written, comments on it included, in Lever's order.
    pub values: Vec<String>,
    /// Who wrote it. Nobody, if the API did so in nobody's name.
    pub user: Option<UserId>,
    /// Whether only some people may see it.
    pub secret: bool,
    /// When it was written, in ms since the epoch.
    pub created_at_ms: Option<i64>,
    /// When it was deleted, in ms since the epoch.
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
    /// Whether only some people may see it.
    pub secret: bool,
    /// Whether everybody who follows the opportunity is told.
    pub notify_followers: bool,
}

impl NewNote {
    /// A note that everybody may see and nobody is told of.
    pub fn new(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            secret: false,
            notify_followers: false,
        }
    }
}

/// The text isn't at the top but in the fields.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    id: NoteId,
    #[serde(default)]
    fields: Value,
    #[serde(default, deserialize_with = "lenient::user")]
    user: Option<UserId>,
    #[serde(default, deserialize_with = "or_default")]
    secret: bool,
    #[serde(default, deserialize_with = "or_default")]
    created_at: Option<i64>,
    #[serde(default, deserialize_with = "or_default")]
    deleted_at: Option<i64>,
}

/// What was written, whatever shape it has: somebody looks for a mark in it, and must not miss it.
fn values(fields: Value) -> Vec<String> {
    let mut values = Vec::new();
    let mut left = vec![fields];
    while let Some(value) = left.pop() {
        match value {
            Value::String(text) => values.push(text),
            Value::Array(items) => left.extend(items.into_iter().rev()),
            Value::Object(mut fields) => match fields.remove("value") {
                Some(value) => left.push(value),
                // Other texts of a field are not what somebody wrote.
                None => left.extend(fields.into_iter().map(|(_, value)| value).filter(is_nested)),
            },
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    values
}

fn is_nested(value: &Value) -> bool {
    value.is_array() || value.is_object()
}

impl From<Told> for Note {
    fn from(told: Told) -> Self {
        Self {
            id: told.id,
            values: values(told.fields),
            user: told.user,
            secret: told.secret,
            created_at_ms: told.created_at,
            deleted_at_ms: told.deleted_at,
        }
    }
}

/// What creating a note answers: `noteId` by the documentation, the whole note in truth.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Created {
    /// `{"noteId": …}`, whatever else comes with it.
    Named {
        /// The id.
        #[serde(rename = "noteId")]
        note_id: NoteId,
    },
    /// `{"id": …}`
    Whole {
        /// The id.
        id: NoteId,
    },
}

impl Created {
    pub(crate) fn into_id(self) -> NoteId {
        match self {
            Self::Named { note_id } => note_id,
            Self::Whole { id } => id,
        }
    }
}
