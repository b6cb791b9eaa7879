//! What happened in a pad (contracts/coderpad.md, 2.5).

use super::pad_event::Event;
use serde_json::{Value, json};

use super::call::{Call, Outcome, ok};
use super::list::{Sort, link_pages, page_number};
use super::refusal::Refusal;

const PER_PAGE: usize = 50;

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
