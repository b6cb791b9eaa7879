//! Reading and changing one opportunity.

use super::Lever;
use super::call::{Call, Outcome, one};
use super::opportunity_view::{View, applications_of, shown};
use super::paging;
use super::refusal::Refusal;
use crate::ids::OpportunityId;
use serde_json::{Map, Value};

fn reply(call: &Call<'_, '_>, id: &OpportunityId) -> Outcome {
    let view = View::from_query(&call.incoming.query)?;
    shown(call.lever, id, &view)
        .map(|data| one(&data))
        .ok_or_else(|| Refusal::NotFound("opportunities", id.to_string()))
}

pub(super) fn show(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    let id = known(call, path)?;
    reply(call, &id)
}

/// None, or the one that there is.
pub(super) fn applications(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    let id = known(call, path)?;
    let opportunity = call.lever.opportunities.get(&id);
    let applications = opportunity.map(|of| applications_of(call.lever, of));
    paging::by_place(applications.unwrap_or_default(), &call.incoming.query)
}

pub(super) fn add_tags(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    change(call, path, "tags", Lever::add_tags)
}

pub(super) fn remove_tags(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    change(call, path, "tags", Lever::remove_tags)
}

pub(super) fn add_links(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    change(call, path, "links", Lever::add_links)
}

pub(super) fn remove_links(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    change(call, path, "links", Lever::remove_links)
}

/// Adds or removes the texts that stand in this field of the body.
fn change(
    call: &mut Call<'_, '_>,
    path: &[&str],
    field: &str,
    change: fn(&mut Lever, &OpportunityId, &[String], i64),
) -> Outcome {
    let (id, mut body) = (known(call, path)?, call.body::<Map<String, Value>>()?);
    let items = body.remove(field).unwrap_or_default();
    let items: Vec<String> = serde_json::from_value(items)
        .map_err(|error| Refusal::bad(format!("Invalid body: {error}")))?;
    call.performer()?;
    change(call.lever, &id, &items, call.moment.now);
    reply(call, &id)
}

fn known(call: &Call<'_, '_>, path: &[&str]) -> Result<OpportunityId, Refusal> {
    call.opportunity(path.get(1).copied().unwrap_or_default())
}
