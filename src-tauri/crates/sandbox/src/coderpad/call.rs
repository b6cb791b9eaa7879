//! One request on its way through CoderPad, after the key was looked at.

use http::StatusCode;
use serde_json::{Map, Value, json};
use transport::Reply;

use super::CoderPad;
use super::people::Role;
use super::refusal::Refusal;
use crate::answer;
use crate::ids::{Moment, PadId};
use crate::incoming::Incoming;

/// What an endpoint gives back.
pub(super) type Outcome = Result<Reply, Refusal>;

/// The request, the service, and whose key it shows.
pub(super) struct Call<'a, 'm> {
    pub(super) coderpad: &'a mut CoderPad,
    pub(super) moment: &'a mut Moment<'m>,
    pub(super) incoming: &'a Incoming,
    pub(super) email: String,
}

impl Call<'_, '_> {
    /// What the key's person is in the organization. `None`: belongs to none.
    pub(super) fn role(&self) -> Option<Role> {
        self.coderpad.people.get(&self.email)?.role
    }

    /// As [`Call::role`], where CoderPad has nothing for people without one.
    pub(super) fn needed_role(&self) -> Result<Role, Refusal> {
        let forbidden = self.coderpad.switches.no_organization_forbidden;
        self.role().ok_or(if forbidden {
            Refusal::Forbidden
        } else {
            Refusal::NotFound
        })
    }

    /// The pad's id, if there is such a one and the key's person may see it.
    pub(super) fn pad(&self, id: &str) -> Result<PadId, Refusal> {
        let id = PadId::from(id);
        let pad = self
            .coderpad
            .pads
            .get(&id)
            .filter(|pad| pad.deleted_at.is_none());
        let pad = pad.ok_or(Refusal::NotFound)?;
        let may_see_all = self
            .role()
            .is_some_and(|role| self.coderpad.organization.may_see_all(role));
        let is_open = self.coderpad.switches.foreign_pad_readable;
        if is_open || pad.owner == self.email || may_see_all && self.coderpad.belongs(&pad.owner) {
            return Ok(id);
        }
        let forbidden = self.coderpad.switches.foreign_pad_forbidden;
        Err(if forbidden {
            Refusal::Forbidden
        } else {
            Refusal::NotFound
        })
    }
}

/// 200 with the fields beside `status`.
pub(super) fn ok(fields: Value) -> Reply {
    let mut whole = Map::new();
    whole.insert("status".to_owned(), json!("OK"));
    if let Value::Object(fields) = fields {
        whole.extend(fields);
    }
    answer::json(StatusCode::OK, &Value::Object(whole))
}
