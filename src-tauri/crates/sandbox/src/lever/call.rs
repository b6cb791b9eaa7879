//! One request on its way through Lever, after the key was looked at.

use http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use transport::Reply;

use super::Lever;
use super::refusal::Refusal;
use crate::answer;
use crate::ids::{Moment, OpportunityId, UserId};
use crate::incoming::Incoming;

/// What an endpoint gives back.
pub(super) type Outcome = Result<Reply, Refusal>;

/// The request, the account it is for, and what its key may do.
pub(super) struct Call<'a, 'm> {
    pub(super) lever: &'a mut Lever,
    pub(super) moment: &'a mut Moment<'m>,
    pub(super) incoming: &'a Incoming,
    pub(super) may_see_confidential: bool,
}

impl Call<'_, '_> {
    /// The body as JSON of the given shape. Nothing at all counts as an empty object.
    pub(super) fn body<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        let body: &[u8] = if self.incoming.body.is_empty() {
            b"{}"
        } else {
            &self.incoming.body
        };
        serde_json::from_slice(body).map_err(|error| Refusal::bad(format!("Invalid body: {error}")))
    }

    /// The user in whose name the request acts. Named in the query, or in a JSON body
    /// (contracts/lever.md, 4.6).
    pub(super) fn performer(&self) -> Result<Option<UserId>, Refusal> {
        let in_query = self.incoming.query.get("perform_as").map(str::to_owned);
        let Some(id) = in_query.or_else(|| self.performer_in_body()) else {
            return Ok(None);
        };
        let id = UserId::from(id);
        if self.lever.users.contains_key(&id) {
            return Ok(Some(id));
        }
        Err(Refusal::bad(format!(
            "perform_as: users {id} was not found"
        )))
    }

    /// As [`Call::performer`], where Lever refuses to do without.
    pub(super) fn needed_performer(&self) -> Result<UserId, Refusal> {
        let missing = || Refusal::bad("Missing required parameter: perform_as");
        self.performer()?.ok_or_else(missing)
    }

    fn performer_in_body(&self) -> Option<String> {
        let body: Value = serde_json::from_slice(&self.incoming.body).ok()?;
        body.get("perform_as")?.as_str().map(str::to_owned)
    }

    /// The opportunity's id, if there is such a one and the key may see it.
    pub(super) fn opportunity(&self, id: &str) -> Result<OpportunityId, Refusal> {
        let known = OpportunityId::from(id);
        let opportunity = self.lever.opportunities.get(&known);
        match opportunity {
            None => Err(Refusal::NotFound("opportunities", id.to_owned())),
            Some(found) if found.confidential && !self.may_see_confidential => Err(
                Refusal::Forbidden("This record is confidential.".to_owned()),
            ),
            Some(_) => Ok(known),
        }
    }

    /// A number of ms in the query, if there is one.
    pub(super) fn time(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let Some(text) = self.incoming.query.get(name) else {
            return Ok(None);
        };
        let time = text
            .parse()
            .map_err(|_| Refusal::bad(format!("{name} is not a timestamp")))?;
        Ok(Some(time))
    }

    /// `true` or `false` in the query, if there is one.
    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.incoming.query.get(name) {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(_) => Err(Refusal::bad(format!("{name} must be true or false"))),
        }
    }
}

/// 200 with one object.
pub(super) fn one(data: &Value) -> Reply {
    data_with(StatusCode::OK, data)
}

/// 201 with one object.
pub(super) fn created(data: &Value) -> Reply {
    data_with(StatusCode::CREATED, data)
}

/// 204.
pub(super) fn gone() -> Reply {
    answer::empty(StatusCode::NO_CONTENT)
}

fn data_with(status: StatusCode, data: &Value) -> Reply {
    answer::json(status, &json!({ "data": data }))
}
