//! A request to Lever as plain data. Nothing here sends anything or knows the key.

use http::Method;
use serde::Serialize;
use transport::{Idempotency, Request};
use url::Url;

use crate::{Permission, UserId};

/// A request, and what to say when Lever doesn't do it.
#[derive(Debug, Clone)]
pub(super) struct Call {
    /// What is sent.
    pub(super) request: Request,
    /// What the key has to be allowed for it.
    pub(super) needs: Permission,
    /// What the answer is about.
    pub(super) subject: Subject,
}

/// What most calls about one thing are about.
pub(super) const OPPORTUNITY: Subject = Subject::Thing("opportunity");

/// What a call is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// One thing, named by its id in the path: it can be gone.
    Thing(&'static str),
    /// All things of a kind: a list is never gone, it can only be at another address.
    All(&'static str),
}

impl Subject {
    /// What it is called in a sentence.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Thing(name) | Self::All(name) => name,
        }
    }
}

impl Call {
    pub(super) fn read(url: Url, needs: Permission, subject: Subject) -> Self {
        Self {
            request: Request::get(url),
            needs,
            subject,
        }
    }

    pub(super) fn write(
        method: Method,
        url: Url,
        idempotency: Idempotency,
        needs: Permission,
        subject: Subject,
    ) -> Self {
        Self {
            request: Request::new(method, url, idempotency),
            needs,
            subject,
        }
    }

    /// Returns true if the answer may be a bare list, without anything around it.
    pub(super) fn may_be_bare(&self) -> bool {
        self.needs == Permission::FindAllFiles
    }

    pub(super) fn json(mut self, body: &impl Serialize) -> Self {
        // Our own bodies are plain structs of texts, numbers and lists: they always serialize. An
        // empty body would be refused by Lever with 400.
        let bytes = serde_json::to_vec(body).unwrap_or_default();
        self.request = self.request.with_body("application/json", bytes);
        self
    }

    /// The same list, with so many rows a page.
    pub(super) fn limited(mut self, rows: u8) -> Self {
        add(&mut self.request.url, "limit", &rows.to_string());
        self
    }

    /// The same list, from the page that a token names. The token is text to be escaped like any
    /// other, although it holds escapes of its own (contracts/lever.md, 2).
    pub(super) fn at_offset(&self, token: &str) -> Self {
        let mut call = self.clone();
        add(&mut call.request.url, "offset", token);
        call
    }
}

/// Adds a query parameter.
pub(super) fn add(url: &mut Url, name: &str, value: &str) {
    url.query_pairs_mut().append_pair(name, value);
}

/// Adds a query parameter once for each value: to Lever that means "any of these".
pub(super) fn add_each<T: AsRef<str>>(url: &mut Url, name: &str, values: &[T]) {
    for value in values {
        add(url, name, value.as_ref());
    }
}

/// In whose name a write is done. Optional by the documentation, demanded by some accounts
/// (contracts/lever.md, 4.6): it is sent whenever it is known, and always in the query.
pub(super) fn add_perform_as(url: &mut Url, user: Option<&UserId>) {
    if let Some(user) = user {
        add(url, "perform_as", user.as_str());
    }
}

#[cfg(test)]
pub(super) mod tests {
    use transport::{ApiRoot, Body};

    use super::*;

    pub(in crate::client) fn root() -> ApiRoot {
        ApiRoot::parse("https://api.lever.co/v1").unwrap()
    }

    /// `METHOD path?query` of a call.
    pub(in crate::client) fn line(call: &Call) -> String {
        let text = call.request.url.as_str();
        let path = text.strip_prefix("https://api.lever.co/v1").unwrap();
        format!("{} {path}", call.request.method)
    }

    /// The JSON body of a call.
    pub(in crate::client) fn body(call: &Call) -> serde_json::Value {
        match &call.request.body {
            Body::Empty => serde_json::Value::Null,
            Body::Bytes { media_type, bytes } => {
                assert_eq!(media_type, "application/json");
                serde_json::from_slice(bytes).unwrap()
            }
        }
    }

    #[test]
    fn a_token_is_escaped_once_more_although_it_holds_escapes() {
        let call = super::super::account::stages(&root()).at_offset("%5B201%2C17%2C%22a%22%5D");
        assert_eq!(
            line(&call),
            "GET /stages?offset=%255B201%252C17%252C%2522a%2522%255D"
        );
    }
}
