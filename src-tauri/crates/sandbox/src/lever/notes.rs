//! Notes on a candidacy (contracts/lever.md, 4.5).

use serde::Deserialize;
use serde_json::{Value, json};

use super::call::{Call, Outcome, created, gone, one};
use super::opportunities::Opportunity;
use super::paging;
use super::refusal::Refusal;
use crate::ids::{NoteId, OpportunityId, StageId, UserId};

/// A note, with the comments below it.
#[derive(Debug, Clone)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// The note itself, then its comments.
    pub comments: Vec<Comment>,
    /// Only some may read it.
    pub secret: bool,
    /// Made with a key. Only such notes can be changed or deleted with one.
    pub by_key: bool,
}

/// One text in a note.
#[derive(Debug, Clone)]
pub struct Comment {
    /// The text.
    pub value: String,
    /// 1 to 4.
    pub score: Option<u8>,
    /// Where the candidacy was then.
    pub stage: StageId,
    /// In whose name.
    pub by: Option<UserId>,
    /// ms since the epoch.
    pub at: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewNote {
    value: Option<String>,
    #[serde(default)]
    secret: bool,
    score: Option<u8>,
    created_at: Option<i64>,
}

#[derive(Deserialize)]
struct Replacement {
    values: Vec<NewNote>,
    secret: Option<bool>,
}

fn shown(note: &Note) -> Value {
    let first = note.comments.first();
    let at = first.map(|first| first.at);
    let fields: Vec<Value> = note.comments.iter().map(comment).collect();
    json!({
        "id": note.id, "text": "Note", "fields": fields, "user": first.and_then(|first| first.by.clone()),
        "secret": note.secret, "completedAt": at, "deletedAt": null, "createdAt": at,
    })
}

fn comment(of: &Comment) -> Value {
    json!({ "createdAt": of.at, "score": of.score, "stage": of.stage, "text": "Comment",
            "type": "note", "user": of.by, "value": of.value })
}

/// Opportunity and note of the path `opportunities/:id/notes/:note`.
fn known(call: &Call<'_, '_>, path: &[&str]) -> Result<(OpportunityId, NoteId), Refusal> {
    let id = call.opportunity(path.get(1).copied().unwrap_or_default())?;
    let note = path.get(3).copied().unwrap_or_default();
    let notes = call
        .lever
        .opportunities
        .get(&id)
        .map(|opportunity| &opportunity.notes);
    if notes.is_some_and(|notes| notes.iter().any(|known| known.id.as_str() == note)) {
        return Ok((id, NoteId::from(note)));
    }
    Err(Refusal::NotFound("notes", note.to_owned()))
}

fn find<'a>(opportunity: &'a Opportunity, id: &NoteId) -> Option<&'a Note> {
    opportunity.notes.iter().find(|note| &note.id == id)
}

pub(super) fn list(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    let id = call.opportunity(path.get(1).copied().unwrap_or_default())?;
    let notes = call
        .lever
        .opportunities
        .get(&id)
        .into_iter()
        .flat_map(|found| &found.notes);
    paging::by_place(notes.map(shown).collect(), &call.incoming.query)
}

pub(super) fn show(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    let (id, note) = known(call, path)?;
    let found = call
        .lever
        .opportunities
        .get(&id)
        .and_then(|opportunity| find(opportunity, &note));
    found
        .map(|note| one(&shown(note)))
        .ok_or_else(|| Refusal::NotFound("notes", note.to_string()))
}

pub(super) fn create(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    let id = call.opportunity(path.get(1).copied().unwrap_or_default())?;
    let by = call.performer()?;
    let new: NewNote = call.body()?;
    let secret = new.secret;
    let comment = checked(call, &id, new, by)?;
    let note = match call.incoming.query.get("note_id") {
        Some(thread) => NoteId::from(thread),
        None => NoteId::from(call.moment.ids.uuid()),
    };
    let threaded = call.incoming.query.get("note_id").is_some();
    let now = call.moment.now;
    let mut missing = false;
    call.lever.change(&id, now, |opportunity| {
        let thread = opportunity.notes.iter_mut().find(|known| known.id == note);
        match thread {
            Some(thread) => thread.comments.push(comment),
            None if threaded => missing = true,
            None => {
                let new = Note {
                    id: note.clone(),
                    comments: vec![comment],
                    secret,
                    by_key: true,
                };
                opportunity.notes.push(new);
            }
        }
        opportunity.last_interaction_at = if missing {
            opportunity.last_interaction_at
        } else {
            now
        };
        !missing
    });
    if missing {
        return Err(Refusal::NotFound("notes", note.to_string()));
    }
    answer_with_id(call, &id, &note)
}

/// The live service shows the whole note, and its id a second time.
fn answer_with_id(call: &Call<'_, '_>, id: &OpportunityId, note: &NoteId) -> Outcome {
    let opportunity = call.lever.opportunities.get(id);
    let found = opportunity.and_then(|opportunity| find(opportunity, note));
    let mut data = found.map(shown).unwrap_or_default();
    if let Some(fields) = data.as_object_mut() {
        fields.insert("noteId".to_owned(), json!(note));
    }
    Ok(created(&data))
}

fn checked(
    call: &Call<'_, '_>,
    id: &OpportunityId,
    new: NewNote,
    by: Option<UserId>,
) -> Result<Comment, Refusal> {
    let value = new.value.filter(|value| !value.is_empty());
    let value = value.ok_or_else(|| Refusal::bad("Missing required parameter: value"))?;
    if new.score.is_some_and(|score| !(1..=4).contains(&score)) {
        return Err(Refusal::bad("score must be between 1 and 4"));
    }
    let at = new.created_at.unwrap_or(call.moment.now);
    if at > call.moment.now {
        return Err(Refusal::bad("createdAt must lie in the past"));
    }
    let stage = call
        .lever
        .opportunities
        .get(id)
        .map(|found| found.stage.clone());
    let stage = stage.ok_or_else(|| Refusal::NotFound("opportunities", id.to_string()))?;
    Ok(Comment {
        value,
        score: new.score,
        stage,
        by,
        at,
    })
}

fn changeable(call: &Call<'_, '_>, id: &OpportunityId, note: &NoteId) -> Result<(), Refusal> {
    let found = call
        .lever
        .opportunities
        .get(id)
        .and_then(|opportunity| find(opportunity, note));
    if found.is_some_and(|note| note.by_key) {
        return Ok(());
    }
    Err(Refusal::bad(
        "Only notes created through the API can be changed.",
    ))
}

pub(super) fn replace(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    let (id, note) = known(call, path)?;
    changeable(call, &id, &note)?;
    let by = call.performer()?;
    let Replacement { values, secret } = call.body()?;
    let checked: Result<Vec<_>, _> = values
        .into_iter()
        .map(|value| checked(call, &id, value, by.clone()))
        .collect();
    let comments = checked?;
    if comments.is_empty() {
        return Err(Refusal::bad("Missing required parameter: values"));
    }
    let now = call.moment.now;
    call.lever.change(&id, now, |opportunity| {
        if let Some(known) = opportunity.notes.iter_mut().find(|known| known.id == note) {
            known.comments = comments;
            known.secret = secret.unwrap_or(known.secret);
        }
        true
    });
    Ok(one(&json!({ "noteId": note })))
}

pub(super) fn delete(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    let (id, note) = known(call, path)?;
    changeable(call, &id, &note)?;
    let now = call.moment.now;
    call.lever.change(&id, now, |opportunity| {
        opportunity.notes.retain(|known| known.id != note);
        true
    });
    Ok(gone())
}
