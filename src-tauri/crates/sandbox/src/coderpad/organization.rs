//! The organization, its numbers, and the key's own person (contracts/coderpad.md, 3).

use serde_json::{Value, json};

use super::call::{Call, Outcome, ok};
use super::people::Person;
use super::refusal::Refusal;

fn shown(email: &str, person: &Person, team: &str) -> Value {
    json!({ "email": email, "name": person.name, "teams": [team] })
}

fn members(call: &Call<'_, '_>, only: Option<&str>) -> Vec<Value> {
    let team = &call.coderpad.organization.default_team.name;
    let people = call
        .coderpad
        .people
        .iter()
        .filter(|(_, person)| person.role.is_some());
    people
        .filter(|(email, _)| only.is_none_or(|only| only == email.as_str()))
        .map(|(email, person)| shown(email, person, team))
        .collect()
}

pub(super) fn show(call: &mut Call<'_, '_>) -> Outcome {
    call.needed_role()?;
    let users = members(call, None);
    let organization = &call.coderpad.organization;
    let mut teams = vec![&organization.default_team];
    teams.extend(&organization.teams);
    Ok(ok(json!({
        "organization_name": organization.name, "user_count": users.len(), "users": users,
        "organization_default_language": "python", "single_sign_on_supported": false,
        "teams": teams,
    })))
}

pub(super) fn users(call: &mut Call<'_, '_>) -> Outcome {
    call.needed_role()?;
    let users = members(call, call.incoming.query.get("email"));
    let total = users.len();
    Ok(ok(json!({ "users": users, "total": total })))
}

/// The numbers of all time: the emulator keeps no others. Both bounds, or neither.
pub(super) fn stats(call: &mut Call<'_, '_>) -> Outcome {
    call.needed_role()?;
    let query = &call.incoming.query;
    if query.get("start_time").is_some() != query.get("end_time").is_some() {
        return Err(Refusal::Bad);
    }
    let made_by = |email: &str| {
        call.coderpad
            .pads
            .values()
            .filter(|pad| pad.owner == email)
            .count()
    };
    let people = call
        .coderpad
        .people
        .iter()
        .filter(|(_, person)| person.role.is_some());
    let users: Vec<Value> = people
        .map(|(email, person)| json!({ "email": email, "name": person.name, "pads_created": made_by(email) }))
        .collect();
    Ok(ok(
        json!({ "pads_created": call.coderpad.pads.len(), "users": users }),
    ))
}

pub(super) fn user(call: &mut Call<'_, '_>) -> Outcome {
    let name = call
        .coderpad
        .people
        .get(&call.email)
        .map(|person| &person.name);
    let may = call.coderpad.quota.allows_one_more();
    Ok(ok(
        json!({ "name": name, "allow_pad_creation": may, "analytics_id": analytics_id(&call.email) }),
    ))
}

/// The same for every key of one person.
fn analytics_id(email: &str) -> String {
    let number = |seed: u64| {
        email.bytes().fold(seed, |sum, byte| {
            sum.wrapping_mul(0x0100_0000_01b3) ^ u64::from(byte)
        })
    };
    format!("{:016x}", number(0xcbf2_9ce4_8422_2325))
}
