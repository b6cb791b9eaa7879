//! How Lever says no (contracts/lever.md, 1.5).

use http::{StatusCode, header};
use serde_json::json;
use transport::Reply;

use crate::answer;

/// Why a request got nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// No key, or one that no one knows.
    Unauthorized,
    /// The key lacks a permission. Lever's own code and text are unknown.
    Forbidden(String),
    /// There is no such path.
    NoPath(String),
    /// There is no such object: the collection and the id.
    NotFound(&'static str, String),
    /// The request makes no sense.
    Bad(String),
    /// The bucket is empty. Seconds in `Retry-After`, if at all.
    TooMany(Option<u64>),
}

impl Refusal {
    pub(crate) fn bad(message: impl Into<String>) -> Self {
        Self::Bad(message.into())
    }

    pub(crate) fn reply(&self) -> Reply {
        let (status, code, message) = self.parts();
        let mut reply = answer::json(status, &json!({ "code": code, "message": message }));
        if let Self::TooMany(Some(seconds)) = self {
            answer::set(&mut reply, header::RETRY_AFTER, &seconds.to_string());
        }
        reply
    }

    fn parts(&self) -> (StatusCode, &'static str, String) {
        match self {
            Self::Unauthorized => (
                StatusCode::UNAUTHORIZED,
                "UnauthorizedError",
                "The request requires authentication.".to_owned(),
            ),
            Self::Forbidden(message) => (StatusCode::FORBIDDEN, "Forbidden", message.clone()),
            Self::NoPath(path) => (
                StatusCode::NOT_FOUND,
                "ResourceNotFound",
                format!("{path} does not exist"),
            ),
            Self::NotFound(collection, id) => (
                StatusCode::NOT_FOUND,
                "ResourceNotFound",
                format!("{collection} {id} was not found"),
            ),
            Self::Bad(message) => (StatusCode::BAD_REQUEST, "BadRequestError", message.clone()),
            Self::TooMany(_) => (
                StatusCode::TOO_MANY_REQUESTS,
                "TooManyRequests",
                "The rate limit of this key is used up.".to_owned(),
            ),
        }
    }
}
