//! What a pad is to be like, as the request says it (contracts/coderpad.md, 2.2).

use std::collections::BTreeMap;

use crate::form;
use crate::incoming::Incoming;

/// The fields of a form, as the client sends them.
pub(super) struct Fields(BTreeMap<String, String>);

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
}

impl NewPad {
    pub(super) fn from_fields(fields: &Fields) -> Self {
        Self {
            title: fields.text("title"),
            language: fields.text("language"),
            contents: fields.text("contents"),
            question: fields.text("question_id"),
            notes: fields.text("notes"),
            private: fields.flag("private").unwrap_or(false),
            execution_enabled: fields.flag("execution_enabled").unwrap_or(true),
            user_email: fields.text("user_email"),
            team: fields.text("team_id"),
        }
    }
}

impl Fields {
    pub(super) fn of(incoming: &Incoming) -> Self {
        Self(form::pairs(&incoming.body).collect())
    }

    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned()
    }

    /// A field that is `true` or `false`.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        self.0.get(name)?.parse().ok()
    }
}
