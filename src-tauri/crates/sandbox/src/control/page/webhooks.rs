//! Lever's settings for webhooks, and what was sent.

use serde_json::Value;

use super::parts::{Form, options, time};
use crate::escape::escape;
use crate::lever::delivery::Delivery;
use crate::lever::webhook::{Event, Webhook};
use crate::world::World;

/// So many deliveries are shown.
const SHOWN: usize = 15;

const EVENTS: &[Event] = &[
    Event::StageChange,
    Event::ArchiveChange,
    Event::Hired,
    Event::Deleted,
    Event::ApplicationCreated,
    Event::InterviewCreated,
    Event::InterviewUpdated,
];

pub(super) fn list(world: &World) -> String {
    let hooks = &world.lever.webhooks;
    let switches: String = EVENTS
        .iter()
        .map(|event| switch(*event, hooks.switched_on.contains(event)))
        .collect();
    let rows: String = hooks.hooks.iter().map(hook).collect();
    let deliveries: String = hooks
        .deliveries
        .iter()
        .rev()
        .take(SHOWN)
        .map(delivery)
        .collect();
    let deliveries = match deliveries.is_empty() {
        true => "<p>Nothing was sent yet.</p>".to_owned(),
        false => format!("<ul>{deliveries}</ul>"),
    };
    format!(
        "<section id=\"webhooks\"><h2>Webhooks</h2><p class=\"hint\">A group of events is sent only \
         while it is switched on.</p><ul class=\"row\">{switches}</ul><ul>{rows}</ul>\
         <h3>Deliveries</h3>{deliveries}</section>"
    )
}

fn switch(event: Event, on: bool) -> String {
    let name = name_of(event);
    let hidden = [
        ("on", if on { "false" } else { "true" }),
        ("event", name.as_str()),
    ];
    let form = Form {
        to: "webhooks",
        command: "switchEvents",
        hidden: &hidden,
        back: "webhooks",
    };
    let state = if on { "on" } else { "off" };
    format!("<li>{}</li>", form.button(&format!("{name}: {state}")))
}

fn hook(hook: &Webhook) -> String {
    let hidden = [("webhook", hook.id.as_str())];
    let button = |command, text| {
        Form {
            to: "webhooks",
            command,
            hidden: &hidden,
            back: "webhooks",
        }
        .button(text)
    };
    format!(
        "<li>{} to <code>{}</code><br>Signature token <code>{}</code><div class=\"row\">{}{}</div></li>",
        escape(&name_of(hook.event)),
        escape(&hook.url),
        escape(&hook.signature_token),
        button("verify", "Verify"),
        button("delete", "Remove"),
    )
}

fn delivery(of: &Delivery) -> String {
    let last = of.tries.last();
    let came = match (last, last.and_then(|last| last.status)) {
        (None, _) => "on its way".to_owned(),
        (Some(_), Some(status)) => format!("answered {status}"),
        (Some(last), None) => last.failure.clone().unwrap_or_default(),
    };
    let number = of.number.to_string();
    let hidden = [("delivery", number.as_str())];
    let form = Form {
        to: "webhooks",
        command: "rerun",
        hidden: &hidden,
        back: "webhooks",
    };
    format!(
        "<li>{} {}: {}, {} tries {}</li>",
        time(of.letter.triggered_at),
        escape(&name_of(of.event)),
        escape(&came),
        of.tries.len(),
        form.button("Rerun"),
    )
}

fn name_of(event: Event) -> String {
    let name = serde_json::to_value(event).unwrap_or(Value::Null);
    name.as_str().unwrap_or_default().to_owned()
}

/// The form for a new webhook.
pub(super) fn new_one() -> String {
    let names: Vec<String> = EVENTS.iter().map(|event| name_of(*event)).collect();
    let events = options(
        names
            .iter()
            .map(|name| (name.as_str(), name.as_str(), false)),
    );
    let form = Form {
        to: "webhooks",
        command: "add",
        hidden: &[],
        back: "webhooks",
    };
    let fields = format!(
        "<label>Event <select name=\"event\">{events}</select></label>\
         <label>Address <input name=\"url\" type=\"url\" required \
         placeholder=\"http://127.0.0.1:…/lever/…\"></label><button>Add webhook</button>"
    );
    format!(
        "<details><summary>A new webhook</summary>{}</details>",
        form.around(&fields)
    )
}
