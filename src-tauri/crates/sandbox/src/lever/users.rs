//! Who works with the account (contracts/lever.md, 4.1).

use serde_json::{Value, json};

use super::call::{Call, Outcome, one};
use super::paging;
use super::refusal::Refusal;
use crate::ids::UserId;

/// A user of Lever.
#[derive(Debug, Clone)]
pub struct User {
    /// First and last name.
    pub name: String,
    /// The address to sign in with, in lower case.
    pub email: String,
    /// `super admin`, `admin`, `team member`, `limited team member` or `interviewer`.
    pub access_role: String,
    /// ms since the epoch.
    pub created_at: i64,
    /// When the person left, in ms since the epoch.
    pub deactivated_at: Option<i64>,
}

impl User {
    pub(super) fn shown(&self, id: &UserId) -> Value {
        let username = self.email.split('@').next().unwrap_or_default();
        json!({
            "id": id, "name": self.name, "username": username, "email": self.email,
            "accessRole": self.access_role, "photo": null, "createdAt": self.created_at,
            "deactivatedAt": self.deactivated_at, "externalDirectoryId": null,
            "linkedContactIds": null, "jobTitle": null, "managerId": null,
        })
    }
}

pub(super) fn list(call: &mut Call<'_, '_>, _: &[&str]) -> Outcome {
    let query = &call.incoming.query;
    let email = query.get("email").map(str::to_lowercase);
    let fits = |user: &User| {
        user.deactivated_at.is_none() && email.as_ref().is_none_or(|email| &user.email == email)
    };
    let users = call.lever.users.iter().filter(|(_, user)| fits(user));
    paging::by_place(users.map(|(id, user)| user.shown(id)).collect(), query)
}

pub(super) fn show(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    let id = path.last().copied().unwrap_or_default();
    let known = UserId::from(id);
    match call.lever.users.get(&known) {
        Some(user) => Ok(one(&user.shown(&known))),
        None => Err(Refusal::NotFound("users", id.to_owned())),
    }
}
