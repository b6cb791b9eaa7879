//! How the API shows a pad (contracts/coderpad.md, 2.3).

use serde_json::{Value, json};

use super::CoderPad;
use super::pads::{Pad, State, Values};
use crate::times::in_whole_seconds;

/// The pad with the given values, which may be those of a while ago.
pub(super) fn shown(coderpad: &CoderPad, pad: &Pad, values: &Values, with_history: bool) -> Value {
    let (site, id) = (&coderpad.site, &pad.id);
    let switches = &coderpad.switches;
    let environments: &[u64] = if switches.no_environments {
        &[]
    } else {
        &values.environments
    };
    let mut whole = json!({
        "id": id, "title": values.title, "state": state(coderpad, values), "owner_email": pad.owner,
        "language": values.language, "private": values.private,
        "execution_enabled": values.execution_enabled, "contents": contents(coderpad, values),
        "participants": values.participants, "events": format!("{site}/api/pads/{id}/events"),
        "notes": values.notes, "created_at": in_whole_seconds(pad.created_at),
        "updated_at": in_whole_seconds(values.times.updated_at),
        "ended_at": values.times.ended_at.map(in_whole_seconds), "url": format!("{site}/{id}"),
        "playback": format!("{site}/{id}/playback"), "drawing": null,
        "type": "live",
        "question_ids": values.question_ids, "pad_environment_ids": environments,
        "active_environment_id": values.active_environment, "team": values.team,
    });
    if let Some(fields) = whole.as_object_mut() {
        if with_history {
            let history = format!("{}/{id}/history.json", coderpad.history_site);
            fields.insert("history".to_owned(), json!(history));
        }
        fields.extend(values.extras.clone());
        if switches.unknown_fields {
            fields.insert("moon_phase".to_owned(), json!({ "waxing": true }));
        }
    }
    whole
}

fn state(coderpad: &CoderPad, values: &Values) -> &'static str {
    match values.state {
        State::Ended => "ended",
        _ if coderpad.switches.unknown_state => "hovering",
        State::Pending => "pending",
        State::Started => "started",
    }
}

/// Null in modern pads, whose text lies in their environments.
fn contents(coderpad: &CoderPad, values: &Values) -> Option<String> {
    let switches = &coderpad.switches;
    if !switches.no_environments {
        return None;
    }
    let first = coderpad.environments.get(values.environments.first()?)?;
    first.files.first().map(|file| file.text().to_owned())
}
