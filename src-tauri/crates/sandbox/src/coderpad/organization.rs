//! The organization, and the key's own person (contracts/coderpad.md, 3).

use serde_json::{Value, json};

use super::CoderPad;
use super::call::{Call, Outcome, ok};

pub(super) fn show(call: &mut Call<'_, '_>) -> Outcome {
    call.needed_role()?;
    let organization = &call.coderpad.organization;
    let users = members(call.coderpad);
    let mut teams = vec![&organization.default_team];
    teams.extend(&organization.teams);
    let mut whole = json!({
        "organization_name": organization.name, "user_count": users.len(), "users": users,
        "organization_default_language": "python", "single_sign_on_supported": false,
        "teams": teams,
    });
    if let (true, Some(fields)) = (call.coderpad.switches.strict_types, whole.as_object_mut()) {
        let address = format!("{}/sign_in", call.coderpad.site);
        fields.insert("single_sign_in_url".to_owned(), json!(address));
    }
    Ok(ok(whole))
}

/// The organization's people, or the one with the `email` in the query.
pub(super) fn users(call: &mut Call<'_, '_>) -> Outcome {
    call.needed_role()?;
    let wanted = call.incoming.query.get("email");
    let mut users = members(call.coderpad);
    users.retain(|user| wanted.is_none_or(|wanted| user.get("email") == Some(&json!(wanted))));
    Ok(ok(json!({ "users": users })))
}

fn members(coderpad: &CoderPad) -> Vec<Value> {
    let team = &coderpad.organization.default_team.name;
    let people = coderpad.people.iter();
    people
        .filter(|(_, person)| person.role.is_some())
        .map(|(email, person)| json!({ "email": email, "name": person.name, "teams": [team] }))
        .collect()
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
