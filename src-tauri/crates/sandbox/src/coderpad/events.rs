//! What happened in a pad (contracts/coderpad.md, 2.5).

use serde_json::{Value, json};

use super::call::{Call, Outcome, ok};
use super::list::{Sort, link_pages, page_number};
use super::refusal::Refusal;
use crate::moment::in_whole_seconds;

const PER_PAGE: usize = 50;

/// One thing that happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// What.
    pub kind: Kind,
    /// The name that was typed. Nobody, for what happens automatically.
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
    fn shown(&self) -> Value {
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

/// Newest first, 50 a page.
pub(super) fn list(call: &mut Call<'_, '_>, id: &str) -> Outcome {
    let id = call.pad(id)?;
    let query = &call.incoming.query;
    let (sort, page) = (Sort::read(query)?, page_number(query)?);
    let pad = call.coderpad.pads.get(&id).ok_or(Refusal::NotFound)?;
    let mut events: Vec<Value> = pad.values.events.iter().map(Event::shown).collect();
    if !sort.is_ascending() {
        events.reverse();
    }
    let (total, start) = (events.len(), (page - 1).saturating_mul(PER_PAGE));
    let shown: Vec<Value> = events.into_iter().skip(start).take(PER_PAGE).collect();
    let more = total > start.saturating_add(PER_PAGE);
    let mut body = json!({ "events": shown, "total": total });
    if let Some(fields) = body.as_object_mut() {
        let address = format!("{}/api/pads/{id}/events", call.coderpad.site);
        link_pages(fields, &address, query, page, more);
    }
    Ok(ok(body))
}
