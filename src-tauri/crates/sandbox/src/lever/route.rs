//! Which path leads where, and which permission it takes.

use super::call::{Call, Outcome};
use super::refusal::Refusal;
use super::{
    Lever, access, files, interviews, notes, opportunity_calls, opportunity_list, postings,
    profile_page, stages, users, webhooks,
};
use crate::ids::Moment;
use crate::incoming::Incoming;

/// An endpoint. It gets the ids in the path.
type Endpoint = fn(&mut Call<'_, '_>, &[&str]) -> Outcome;

/// Profiles are pages and need no key. For the rest: lets the request in, or says why not. The key
/// comes first, then the pace, the path, the permission.
pub(super) fn answer(lever: &mut Lever, incoming: &Incoming, moment: &mut Moment<'_>) -> Outcome {
    let segments = incoming.segments();
    let path: Vec<&str> = segments.iter().map(String::as_str).collect();
    if let ("GET", ["candidates", id]) = (incoming.method.as_str(), path.as_slice()) {
        return profile_page::show(lever, id);
    }
    let key = access::authenticate(lever, incoming)?;
    access::take_turn(lever, &key, moment.now)?;
    let no_path = || Refusal::NoPath(incoming.path.clone());
    let path = path.strip_prefix(&["v1"]).ok_or_else(no_path)?;
    let (permission, endpoint) = find(incoming.method.as_str(), path).ok_or_else(no_path)?;
    let key = lever.keys.get(&key).ok_or(Refusal::Unauthorized)?;
    if key.missing.contains(permission) {
        let message = format!("This key lacks the permission \"{permission}\".");
        return Err(Refusal::Forbidden(message));
    }
    let may_see_confidential = key.confidential;
    let mut call = Call {
        lever,
        moment,
        incoming,
        may_see_confidential,
    };
    let writes = matches!(incoming.method.as_str(), "POST" | "PUT");
    if call.lever.switches.require_perform_as && writes && path.first() == Some(&"opportunities") {
        call.needed_performer()?;
    }
    endpoint(&mut call, path)
}

/// The permissions' names are those of the check boxes where one was seen
/// (contracts/lever.md, 1.3), and follow their pattern elsewhere.
fn find(method: &str, path: &[&str]) -> Option<(&'static str, Endpoint)> {
    let found: (&'static str, Endpoint) = match (method, path) {
        ("GET", ["opportunities"]) => ("Find all opportunities", opportunity_list::list),
        ("GET", ["opportunities", "deleted"]) => {
            ("Find all deleted opportunities", opportunity_list::deleted)
        }
        ("GET", ["opportunities", _]) => ("Find an opportunity", opportunity_calls::show),
        ("POST", ["opportunities", _, "addTags"]) => {
            ("Add opportunity tags", opportunity_calls::add_tags)
        }
        ("POST", ["opportunities", _, "removeTags"]) => {
            ("Remove opportunity tags", opportunity_calls::remove_tags)
        }
        ("POST", ["opportunities", _, "addLinks"]) => {
            ("Add opportunity links", opportunity_calls::add_links)
        }
        ("POST", ["opportunities", _, "removeLinks"]) => {
            ("Remove opportunity links", opportunity_calls::remove_links)
        }
        (_, ["opportunities", _, below @ ..]) => return below_opportunity(method, below),
        _ => return elsewhere(method, path),
    };
    Some(found)
}

fn below_opportunity(method: &str, below: &[&str]) -> Option<(&'static str, Endpoint)> {
    let found: (&'static str, Endpoint) = match (method, below) {
        ("GET", ["applications"]) => ("Find all applications", opportunity_calls::applications),
        ("GET", ["notes"]) => ("Find all opportunity notes", notes::list),
        ("POST", ["notes"]) => ("Create an opportunity note", notes::create),
        ("DELETE", ["notes", _]) => ("Delete an opportunity note", notes::delete),
        ("GET", ["files"]) => ("Find all opportunity files", files::list),
        ("POST", ["files"]) => ("Upload an opportunity file", files::upload),
        ("GET", ["interviews"]) => ("Find all opportunity interviews", interviews::list),
        ("GET", ["panels"]) => ("Find all opportunity panels", interviews::panels),
        _ => return None,
    };
    Some(found)
}

fn elsewhere(method: &str, path: &[&str]) -> Option<(&'static str, Endpoint)> {
    let found: (&'static str, Endpoint) = match (method, path) {
        ("GET", ["stages"]) => ("Find all stages", stages::list),
        ("GET", ["tags"]) => ("Find all tags", opportunity_list::tags),
        ("GET", ["users"]) => ("Find all users", users::list),
        ("GET", ["users", _]) => ("Find a user", users::show),
        ("GET", ["postings"]) => ("Find all postings", postings::list),
        ("GET", ["postings", _]) => ("Find a posting", postings::show),
        ("POST", ["postings", _]) => ("Update a posting", postings::update),
        ("GET", ["webhooks"]) => ("Find all webhooks", webhooks::list),
        ("POST", ["webhooks"]) => ("Create a webhook", webhooks::create),
        ("DELETE", ["webhooks", _]) => ("Delete a webhook", webhooks::delete),
        _ => return None,
    };
    Some(found)
}
