//! How CoderPad says no (contracts/coderpad.md, 1).

use http::{StatusCode, header};
use serde_json::json;
use transport::Reply;

use crate::answer;

/// Why a request got nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// No key, or one that nobody knows.
    InvalidKey,
    /// There is no such thing, or it is somebody else's.
    NotFound,
    /// The key's person may not do this.
    Forbidden,
    /// The request makes no sense.
    Bad,
    /// The month's pads are used up.
    OverQuota,
    /// Too many requests: a page of the proxy in front, with seconds in `Retry-After` or without.
    TooFast(Option<u64>),
}

impl Refusal {
    pub(crate) fn reply(self) -> Reply {
        let (status, message) = match self {
            Self::InvalidKey => (StatusCode::UNAUTHORIZED, "Invalid API key"),
            Self::NotFound => (StatusCode::NOT_FOUND, "Resource not found"),
            Self::Forbidden => (StatusCode::FORBIDDEN, "Forbidden"),
            Self::Bad => (StatusCode::BAD_REQUEST, "Bad Request"),
            Self::OverQuota => (StatusCode::TOO_MANY_REQUESTS, "Over quota"),
            Self::TooFast(seconds) => return too_fast(seconds),
        };
        answer::json(status, &json!({ "status": "ERROR", "message": message }))
    }
}

fn too_fast(seconds: Option<u64>) -> Reply {
    let page = "<!doctype html><title>Too many requests</title><h1>Error 1015</h1>";
    let mut reply = answer::html(StatusCode::TOO_MANY_REQUESTS, page);
    if let Some(seconds) = seconds {
        answer::set(&mut reply, header::RETRY_AFTER, &seconds.to_string());
    }
    reply
}
