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
        "{}<header><h1>Padwatch sandbox</h1><p>Lever and CoderPad, imitated on this computer. \
         Nothing you do here reaches the real services.</p>{NAVIGATION}</header>\
         <main>{}{}<div id=\"live\">{}</div></main></body></html>",
        head(""),
        candidates::new_one(world),
        webhooks::new_one(),
        live(world),
    )
}

/// The part that is refreshed.
pub(super) fn live(world: &World) -> String {
    format!(
        "{}{}{}{}",
        candidates::list(world),
        troubles::list(world),
        webhooks::list(world),
        requests::list(world),
    )
}

/// A command could not be obeyed. This is shown one step below the page.
pub(super) fn refused(error: &str) -> String {
    let (head, error) = (head("../"), escape(error));
    format!(
        "{head}<main><h1>That didn't work</h1><p>{error}</p>\
         <p><a href=\"../\">Back</a></p></main></body></html>"
    )
}

const NAVIGATION: &str = "<nav aria-label=\"Parts of this page\"><a href=\"#candidates\">Candidates</a>\
    <a href=\"#troubles\">What goes wrong</a><a href=\"#webhooks\">Webhooks</a>\
    <a href=\"#requests\">Last requests</a></nav>";

/// Style and script lie beside the page, which is `up` from here.
fn head(up: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Padwatch sandbox</title><link rel=\"stylesheet\" href=\"{up}page.css\">\
         <script src=\"{up}page.js\" defer></script></head><body>"
    )
}
