//! Questions to begin a pad with (contracts/coderpad.md, 3).

use serde_json::{Value, json};

use super::CoderPad;
use super::call::{Call, Outcome, ok};
use super::list::{link_pages, page_number};
use super::refusal::Refusal;
use crate::times::in_whole_seconds;

const PER_PAGE: usize = 50;

/// A question.
#[derive(Debug, Clone)]
pub struct Question {
    /// What it is called.
    pub title: String,
    /// The e-mail address of whose it is.
    pub owner: String,
    /// The language that it is for, if for one.
    pub language: Option<String>,
    /// What the pad begins with.
    pub contents: String,
    /// The others of the organization may use it.
    pub shared: bool,
    /// ms since the epoch.
    pub created_at: i64,
}

impl Question {
    fn shown(&self, id: u64, coderpad: &CoderPad) -> Value {
        let author = coderpad.people.get(&self.owner);
        let author = author.map_or(self.owner.as_str(), |person| &person.name);
        let at = in_whole_seconds(self.created_at);
        json!({
            "id": id, "title": self.title, "owner_email": self.owner, "language": self.language,
            "description": "", "candidate_instructions": [], "contents": self.contents,
            "shared": self.shared, "used": 0, "take_home": false, "test_cases_enabled": false,
            "solution": null, "pad_type": "any", "is_draft": false, "author_name": author,
            "organization_name": coderpad.organization.name, "custom_files": [], "created_at": at, "updated_at": at,
        })
    }
}

pub(super) fn own(call: &mut Call<'_, '_>) -> Outcome {
    let query = &call.incoming.query;
    let page = page_number(query)?;
    let all = call.coderpad.questions.iter();
    let all: Vec<Value> = all
        .filter(|(_, question)| question.owner == call.email)
        .map(|(id, question)| question.shown(*id, call.coderpad))
        .collect();
    let (total, start) = (all.len(), (page - 1).saturating_mul(PER_PAGE));
    let more = total > start.saturating_add(PER_PAGE);
    let shown: Vec<Value> = all.into_iter().skip(start).take(PER_PAGE).collect();
    let mut body = json!({ "questions": shown, "total": total });
    if let Some(fields) = body.as_object_mut() {
        let address = format!("{}/api/questions", call.coderpad.site);
        link_pages(fields, &address, query, page, more);
    }
    Ok(ok(body))
}

pub(super) fn show(call: &mut Call<'_, '_>, id: &str) -> Outcome {
    let number: u64 = id.parse().map_err(|_| Refusal::NotFound)?;
    let question = call
        .coderpad
        .questions
        .get(&number)
        .ok_or(Refusal::NotFound)?;
    if question.owner != call.email && !question.shared {
        return Err(Refusal::NotFound);
    }
    Ok(ok(question.shown(number, call.coderpad)))
}
