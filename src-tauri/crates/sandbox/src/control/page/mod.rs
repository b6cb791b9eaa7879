//! The page for people. It works without its script; with it, it follows what happens.

mod candidates;
mod parts;
mod requests;
mod troubles;
mod webhooks;

use crate::escape::escape;
use crate::world::World;

/// The whole page.
pub(super) fn whole(world: &World) -> String {
    format!(
        "{HEAD}<header><h1>Padwatch sandbox</h1><p>Lever and CoderPad, imitated on this computer. \
         Nothing you do here reaches the real services.</p>{NAVIGATION}</header>\
         <main>{}{}<div id=\"live\">{}</div></main></body></html>",
        candidates::new_one(world),
        webhooks::new_one(),
        live(world),
    )
}

/// The part that changes by itself.
pub(super) fn live(world: &World) -> String {
    format!(
        "{}{}{}{}",
        candidates::list(world),
        troubles::list(world),
        webhooks::list(world),
        requests::list(world),
    )
}

/// A command could not be obeyed.
pub(super) fn refused(error: &str) -> String {
    let error = escape(error);
    format!(
        "{HEAD}<main><h1>That didn't work</h1><p>{error}</p><p><a href=\"../\">Back</a></p></main></body></html>"
    )
}

const NAVIGATION: &str = "<nav aria-label=\"Parts of this page\"><a href=\"#candidates\">Candidates</a>\
    <a href=\"#troubles\">What goes wrong</a><a href=\"#webhooks\">Webhooks</a>\
    <a href=\"#requests\">Last requests</a></nav>";

/// The addresses of style and script are relative to the page, which ends with a slash.
const HEAD: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
    <title>Padwatch sandbox</title><link rel=\"stylesheet\" href=\"page.css\">\
    <script src=\"page.js\" defer></script></head><body>";
