//! Which path leads where.

use transport::Reply;

use super::call::{Call, Outcome};
use super::refusal::Refusal;
use super::{
    CoderPad, access, create, environments, events, list, organization, pad_calls, pad_page,
    questions, quota,
};
use crate::ids::Moment;
use crate::incoming::Incoming;

/// Pages need no key; for everything under `/api` the key is looked at first.
pub(super) fn answer(
    coderpad: &mut CoderPad,
    incoming: &Incoming,
    moment: &mut Moment<'_>,
) -> Reply {
    let segments = incoming.segments();
    let path: Vec<&str> = segments.iter().map(String::as_str).collect();
    let outcome = match path.split_first() {
        Some((&"api", path)) => api(coderpad, incoming, moment, path),
        _ => pad_page::show(coderpad, &path),
    };
    outcome.unwrap_or_else(Refusal::reply)
}

fn api(
    coderpad: &mut CoderPad,
    incoming: &Incoming,
    moment: &mut Moment<'_>,
    path: &[&str],
) -> Outcome {
    let email = access::authenticate(coderpad, incoming)?;
    let call = &mut Call {
        coderpad,
        moment,
        incoming,
        email,
    };
    match (incoming.method.as_str(), path) {
        ("GET", ["pads"]) => list::own_pads(call),
        ("POST", ["pads"]) => create::create(call),
        ("GET", ["pads", id]) => pad_calls::show(call, id),
        ("PUT", ["pads", id]) => pad_calls::change(call, id),
        ("GET", ["pads", id, "events"]) => events::list(call, id),
        ("GET", ["pad_environments", id]) => environments::show(call, id),
        ("GET", ["quota"]) => quota::show(call),
        ("GET", ["user"]) => organization::user(call),
        ("GET", ["organization"]) => organization::show(call),
        ("GET", ["organization", "users"]) => organization::users(call),
        ("GET", ["organization", "pads"]) => list::everybodys_pads(call),
        ("GET", ["questions"]) => questions::own(call),
        ("GET", ["questions", id]) => questions::show(call, id),
        _ => Err(Refusal::NotFound),
    }
}
