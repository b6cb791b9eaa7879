//! What a pad is to be like, as the request says it (contracts/coderpad.md, 2.2).

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// What was asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct NewPad {
    pub(super) title: Option<String>,
    pub(super) language: Option<String>,
    pub(super) contents: Option<String>,
    pub(super) question: Option<String>,
    pub(super) notes: Option<String>,
    pub(super) private: bool,
    pub(super) execution_enabled: bool,
    pub(super) user_email: Option<String>,
    pub(super) team: Option<String>,
    pub(super) restricted: bool,
    pub(super) allowed: BTreeSet<String>,
    pub(super) take_home: bool,
}

impl NewPad {
    pub(super) fn from_fields(fields: &Map<String, Value>) -> Self {
        let allowed = fields
            .get("allowed_interviewer_emails")
            .and_then(Value::as_array);
        let emails = allowed
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned);
        // In JSON only the text counts; a boolean is taken and ignored.
        let execution = fields.get("execution_enabled").and_then(Value::as_str);
        Self {
            title: text(fields, "title"),
            language: text(fields, "language"),
            contents: text(fields, "contents"),
            question: text(fields, "question_id"),
            notes: text(fields, "notes"),
            private: flag(fields, "private").unwrap_or(false),
            execution_enabled: execution.is_none_or(|wanted| wanted == "true"),
            user_email: text(fields, "user_email"),
            team: text(fields, "team_id"),
            restricted: flag(fields, "restrict_interviewer_access").unwrap_or(false),
            allowed: emails.collect(),
            take_home: flag(fields, "take_home").unwrap_or(false),
        }
    }
}

/// A field as text. Numbers in JSON are taken as text too.
pub(super) fn text(fields: &Map<String, Value>, name: &str) -> Option<String> {
    match fields.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A field that is `true` or `false`, as text or in JSON.
pub(super) fn flag(fields: &Map<String, Value>, name: &str) -> Option<bool> {
    match fields.get(name)? {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) => match text.as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        },
        _ => None,
    }
}
