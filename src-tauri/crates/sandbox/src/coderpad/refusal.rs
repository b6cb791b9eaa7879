//! How CoderPad says no (contracts/coderpad.md, 1).

use http::StatusCode;
use serde_json::json;
use transport::Reply;

use crate::answer;

/// Why a request got nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// No key, or one that no one knows.
    InvalidKey,
    /// There is no such thing, or it belongs to another user.
    NotFound,
    /// The key's person may not do this.
    Forbidden,
    /// The request makes no sense.
    Bad,
    /// The month's pads are used up.
    OverQuota,
}

impl Refusal {
    pub(crate) fn reply(self) -> Reply {
        let (status, message) = match self {
            Self::InvalidKey => (StatusCode::UNAUTHORIZED, "Invalid API key"),
            Self::NotFound => (StatusCode::NOT_FOUND, "Resource not found"),
            Self::Forbidden => (StatusCode::FORBIDDEN, "Forbidden"),
            Self::Bad => (StatusCode::BAD_REQUEST, "Bad Request"),
            Self::OverQuota => (StatusCode::TOO_MANY_REQUESTS, "Over quota"),
        };
        answer::json(status, &json!({ "status": "ERROR", "message": message }))
    }
}
