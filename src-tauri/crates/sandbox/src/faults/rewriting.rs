//! Answers that are right but for one thing.

use serde_json::{Value, json};

use crate::incoming::Incoming;

/// The id at the top, or that of Lever's one object.
pub(super) fn without_id(body: &mut Value) {
    for place in ["", "/data"] {
        if let Some(fields) = body.pointer_mut(place).and_then(Value::as_object_mut) {
            fields.remove("id");
            fields.remove("noteId");
        }
    }
}

pub(super) fn set_next(body: &mut Value, address: &str) {
    if let Some(fields) = body.as_object_mut() {
        fields.insert("next_page".to_owned(), json!(address));
    }
}

/// CoderPad's next page becomes the page itself; Lever's token the one that was sent, or one that
/// stays the same.
pub(super) fn loop_next(body: &mut Value, incoming: &Incoming) {
    let lever = body.get("hasNext").is_some();
    let again = incoming
        .query
        .get("offset")
        .unwrap_or(first_token(incoming))
        .to_owned();
    let events = body.pointer("/pads/0/events").and_then(Value::as_str);
    let site = events
        .and_then(|address| address.split("/api/").next())
        .unwrap_or_default();
    let address = format!("{site}{}?{}", incoming.path, incoming.query.to_text());
    if let Some(fields) = body.as_object_mut() {
        if lever {
            fields.insert("hasNext".to_owned(), json!(true));
            fields.insert("next".to_owned(), json!(again));
        } else {
            fields.insert("next_page".to_owned(), json!(address));
        }
    }
}

/// A token that leads to the first row of a list in Lever.
fn first_token(incoming: &Incoming) -> &'static str {
    if incoming.path.ends_with("/opportunities") {
        "%5B0%2C0%2C%22%22%5D"
    } else {
        "0"
    }
}

pub(super) fn empty_page(body: &mut Value, incoming: &Incoming) {
    if let Some(fields) = body.as_object_mut() {
        for name in ["data", "pads", "events"] {
            if fields.contains_key(name) {
                fields.insert(name.to_owned(), json!([]));
            }
        }
        if fields.contains_key("hasNext") {
            fields.insert("hasNext".to_owned(), json!(true));
            fields.insert("next".to_owned(), json!(first_token(incoming)));
        }
    }
}

/// Fields that the contracts know as null, somewhere and sometimes.
const NULLABLE: &[&str] = &[
    "updatedAt",
    "owner",
    "snoozedUntil",
    "sourcedBy",
    "dataProtection",
    "urls",
    "notes",
    "language",
    "user_name",
    "user_email",
    "contents",
    "active_environment_id",
    "drawing",
    "photo",
];

pub(super) fn nulls(body: &mut Value) {
    match body {
        Value::Array(items) => items.iter_mut().for_each(nulls),
        Value::Object(fields) => {
            for (name, value) in fields {
                if NULLABLE.contains(&name.as_str()) {
                    *value = Value::Null;
                } else {
                    nulls(value);
                }
            }
        }
        _ => {}
    }
}
