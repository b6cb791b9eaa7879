//! The organization, and the key's own person (contracts/coderpad.md, 3).

use serde_json::{Value, json};

use super::call::{Call, Outcome, ok};

pub(super) fn show(call: &mut Call<'_, '_>) -> Outcome {
    call.needed_role()?;
    let organization = &call.coderpad.organization;
    let team = &organization.default_team.name;
    let people = call.coderpad.people.iter();
    let users: Vec<Value> = people
        .filter(|(_, person)| person.role.is_some())
        .map(|(email, person)| json!({ "email": email, "name": person.name, "teams": [team] }))
        .collect();
    let mut teams = vec![&organization.default_team];
    teams.extend(&organization.teams);
    Ok(ok(json!({
        "organization_name": organization.name, "user_count": users.len(), "users": users,
        "organization_default_language": "python", "single_sign_on_supported": false,
        "teams": teams,
    })))
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
