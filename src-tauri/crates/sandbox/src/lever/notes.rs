//! Notes on a candidacy (contracts/lever.md, 4.5).

use serde::Deserialize;
use serde_json::{Value, json};

use super::call::{Call, Outcome, created, gone};
use super::paging;
use super::refusal::Refusal;
use crate::ids::{NoteId, StageId, UserId};

/// A note.
#[derive(Debug, Clone)]
pub struct Note {
    pub(crate) id: NoteId,
    /// The text.
    pub value: String,
    /// Only some may read it.
    pub secret: bool,
    /// Made with a key. Only such notes can be deleted with one.
    pub by_key: bool,
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
}

/// The text lies in a field of its own, as comments on a note do.
fn shown(note: &Note) -> Value {
    let field = json!({ "createdAt": note.at, "score": null, "stage": note.stage, "text": "Comment",
                        "type": "note", "user": note.by, "value": note.value });
    json!({
        "id": note.id, "text": "Note", "fields": [field], "user": note.by, "secret": note.secret,
        "completedAt": note.at, "deletedAt": null, "createdAt": note.at,
    })
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

/// The live service shows the whole note, and its id a second time.
pub(super) fn create(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    let id = call.opportunity(path.get(1).copied().unwrap_or_default())?;
    let by = call.performer()?;
    let new: NewNote = call.body()?;
    let value = new.value.filter(|value| !value.is_empty());
    let value = value.ok_or_else(|| Refusal::bad("Missing required parameter: value"))?;
    let (note, at) = (NoteId::from(call.moment.ids.uuid()), call.moment.now);
    let mut data = Value::Null;
    call.lever.change(&id, at, |opportunity| {
        let new = Note {
            id: note.clone(),
            value,
            secret: new.secret,
            by_key: true,
            stage: opportunity.stage.clone(),
            by,
            at,
        };
        data = shown(&new);
        opportunity.notes.push(new);
        opportunity.times.last_interaction_at = at;
        true
    });
    if let Some(fields) = data.as_object_mut() {
        fields.insert("noteId".to_owned(), json!(note));
    }
    Ok(created(&data))
}

/// Only notes that were made with a key go. The path is `opportunities/:id/notes/:note`.
pub(super) fn delete(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    let id = call.opportunity(path.get(1).copied().unwrap_or_default())?;
    let note = path.get(3).copied().unwrap_or_default();
    let opportunity = call.lever.opportunities.get(&id);
    let found = opportunity.and_then(|of| of.notes.iter().find(|known| known.id.as_str() == note));
    match found {
        None => return Err(Refusal::NotFound("notes", note.to_owned())),
        Some(found) if !found.by_key => {
            return Err(Refusal::bad(
                "Only notes created through the API can be deleted.",
            ));
        }
        Some(_) => {}
    }
    let now = call.moment.now;
    call.lever.change(&id, now, |opportunity| {
        opportunity.notes.retain(|known| known.id.as_str() != note);
        true
    });
    Ok(gone())
}
