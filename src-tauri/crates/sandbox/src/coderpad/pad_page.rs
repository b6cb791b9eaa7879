//! What a browser sees when it opens a pad's link: plain pages, so that links lead somewhere.

use http::{StatusCode, header};
use transport::Reply;

use super::CoderPad;
use super::call::Outcome;
use super::pads::{Pad, State};
use super::refusal::Refusal;
use crate::answer;
use crate::escape::escape;
use crate::ids::PadId;

/// `/<pad>`, `/<pad>/playback` and short links. The notes are for interviewers and stay away from
/// here.
pub(super) fn show(coderpad: &CoderPad, path: &[&str]) -> Outcome {
    if let [short] = path
        && let Some(pad) = coderpad.short_links.get(*short)
    {
        return Ok(moved_to(&format!("{}/{pad}", coderpad.site)));
    }
    let id = match path {
        [id] | [id, "playback"] => PadId::from(*id),
        _ => return Err(Refusal::NotFound),
    };
    let pad = coderpad
        .pads
        .get(&id)
        .filter(|pad| pad.deleted_at.is_none());
    let pad = pad.ok_or(Refusal::NotFound)?;
    Ok(answer::html(StatusCode::OK, page(coderpad, pad)))
}

fn moved_to(address: &str) -> Reply {
    let mut reply = answer::html(StatusCode::FOUND, String::new());
    answer::set(&mut reply, header::LOCATION, address);
    reply
}

fn page(coderpad: &CoderPad, pad: &Pad) -> String {
    let title = escape(&pad.values.title);
    let state = match pad.values.state {
        State::Pending => "Nobody has begun yet.",
        State::Started => "The interview is going on.",
        State::Ended => "The interview is over. This is its record.",
    };
    let files: String = pad
        .values
        .environments
        .iter()
        .filter_map(|id| coderpad.environments.get(id))
        .flat_map(|environment| &environment.files)
        .map(|file| {
            format!(
                "<h2>{}</h2><pre>{}</pre>",
                escape(&file.path),
                escape(file.text())
            )
        })
        .collect();
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <style>:root{{color-scheme:light dark}}body{{font:16px/1.5 system-ui;max-width:50rem;\
         margin:2rem auto;padding:0 1rem}}pre{{overflow:auto;padding:1rem;border:1px solid #8886}}\
         </style><p>A pad of the sandbox</p><h1>{title}</h1><p>{state}</p>{files}</html>"
    )
}
