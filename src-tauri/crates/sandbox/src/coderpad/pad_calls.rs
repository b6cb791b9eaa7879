//! Reading and changing one pad.

use super::call::{Call, Outcome, ok};
use super::new_pad::Fields;
use super::pad_event::{Event, Kind};
use super::pad_view::shown;
use super::pads::is_too_long;
use super::refusal::Refusal;
use serde_json::json;

pub(super) fn show(call: &mut Call<'_, '_>, id: &str) -> Outcome {
    let id = call.pad(id)?;
    let pad = call.coderpad.pads.get(&id).ok_or(Refusal::NotFound)?;
    let with_history = call.coderpad.switches.history_in_read;
    Ok(ok(shown(call.coderpad, pad, &pad.values, with_history)))
}

/// Only `{"status":"OK"}` comes back. Whatever else a pad's owner can change is left alone: no
/// client here asks for it.
pub(super) fn change(call: &mut Call<'_, '_>, id: &str) -> Outcome {
    let id = call.pad(id)?;
    let fields = Fields::of(call.incoming);
    let (title, notes) = (fields.text("title"), fields.text("notes"));
    if title.as_ref().is_some_and(|title| is_too_long(title)) {
        return Err(Refusal::Bad);
    }
    let now = call.moment.now;
    call.coderpad.change(&id, now, |values| {
        values.title = title.unwrap_or_else(|| values.title.clone());
        values.notes = notes.or_else(|| values.notes.clone());
    });
    // Only a literal true does anything for these two.
    if fields.flag("ended") == Some(true) {
        let person = call.coderpad.people.get(&call.email);
        let name = person.map(|person| person.name.clone());
        let event = Event::by(Kind::Ended, name, Some(call.email.clone()), now);
        call.coderpad.end(&id, now, event);
    }
    if fields.flag("deleted") == Some(true) {
        call.coderpad.delete(&id, now);
    }
    Ok(ok(json!({})))
}
