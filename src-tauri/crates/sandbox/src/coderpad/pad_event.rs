//! What happened in a pad.

use serde_json::{Value, json};

use crate::times::in_whole_seconds;

/// One thing that happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// What.
    pub kind: Kind,
    /// The name that was typed. No one, for what happens automatically.
    pub name: Option<String>,
    /// The address of a person with an account.
    pub email: Option<String>,
    /// ms since the epoch.
    pub at: i64,
}

/// What can happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A person joined, seen by all or not.
    Joined {
        /// The others don't see it.
        invisible: bool,
    },
    /// A person left.
    Left,
    /// A person ran the code of this language.
    Ran(String),
    /// It really began.
    Started,
    /// A question was opened.
    AddedQuestion(u64),
    /// A person ended it.
    Ended,
    /// It ended automatically, seven days after its start.
    AutoEnded,
}

impl Event {
    pub(crate) fn by(kind: Kind, name: Option<String>, email: Option<String>, at: i64) -> Self {
        Self {
            kind,
            name,
            email,
            at,
        }
    }

    /// What more there is to say is a plain text (contracts/coderpad.md, 2.5).
    pub(super) fn shown(&self) -> Value {
        let (kind, metadata, did) = match &self.kind {
            Kind::Joined { invisible: true } => ("joined", json!("invisible"), "joined the pad"),
            Kind::Joined { invisible: false } => ("joined", Value::Null, "joined the pad"),
            Kind::Left => ("left", Value::Null, "left the pad"),
            Kind::Ran(language) => ("ran", json!(language), "ran the code"),
            Kind::Started => ("started", Value::Null, "The interview started"),
            Kind::AddedQuestion(id) => {
                ("added_question", json!(id.to_string()), "added a question")
            }
            Kind::Ended => ("ended", Value::Null, "ended the interview"),
            Kind::AutoEnded => ("auto_ended", Value::Null, "The interview ended by itself"),
        };
        let message = match &self.name {
            Some(name) => format!("{name} {did}"),
            None => did.to_owned(),
        };
        json!({ "message": message, "kind": kind, "metadata": metadata, "user_name": self.name,
                "user_email": self.email, "created_at": in_whole_seconds(self.at) })
    }
}
