//! What a browser sees when it opens a candidate's profile: a plain page, so that the address
//! leads somewhere.

use http::StatusCode;

use super::Lever;
use super::call::Outcome;
use super::refusal::Refusal;
use crate::answer;
use crate::escape::escape;
use crate::ids::OpportunityId;

/// `/candidates/<opportunity>`.
pub(super) fn show(lever: &Lever, id: &str) -> Outcome {
    let found = lever.opportunities.get(&OpportunityId::from(id));
    let unknown = || Refusal::NotFound("opportunities", id.to_owned());
    let opportunity = found.ok_or_else(unknown)?;
    let contact = lever
        .contacts
        .get(&opportunity.contact)
        .ok_or_else(unknown)?;
    let name = if contact.name.is_empty() {
        "No name"
    } else {
        &contact.name
    };
    let stage = lever
        .stage(&opportunity.stage)
        .map_or("", |stage| &stage.text);
    let items = |texts: &mut dyn Iterator<Item = &str>| -> String {
        texts
            .map(|text| format!("<li><pre>{}</pre></li>", escape(text)))
            .collect()
    };
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{name}</title>\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <style>:root{{color-scheme:light dark}}body{{font:16px/1.5 system-ui;max-width:50rem;\
         margin:2rem auto;padding:0 1rem}}pre{{font:inherit;white-space:pre-wrap;margin:0}}</style>\
         <p>A profile of the sandbox</p><h1>{name}</h1><p>{headline}</p><p>{stage}</p>\
         <h2>Tags</h2><ul>{tags}</ul><h2>Links</h2><ul>{links}</ul><h2>Notes</h2><ul>{notes}</ul></html>",
        name = escape(name),
        headline = escape(&contact.headline),
        stage = escape(stage),
        tags = items(&mut lever.tags_of(opportunity).into_iter()),
        links = items(&mut contact.links.iter().map(String::as_str)),
        notes = items(&mut opportunity.notes.iter().map(|note| note.value.as_str())),
    );
    Ok(answer::html(StatusCode::OK, page))
}
