//! What a service sends back, and how it travels.

use std::time::Duration;

use bytes::Bytes;
use http::header::{self, HeaderName};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::Value;
use transport::Reply;

/// What the platform below a service shows when the service doesn't answer.
pub(crate) const APPLICATION_ERROR: &str = "<!doctype html><html><head><title>Application Error</title></head>\
     <body><h1>Application error</h1><p>An error occurred in the application.</p></body></html>";

/// What goes over the wire, and after which wait.
#[derive(Debug, Clone)]
pub struct Answer {
    /// How long the service waits before the first byte.
    pub delay: Duration,
    /// What it then does.
    pub wire: Wire,
}

/// How a reply travels, if there is one at all.
#[derive(Debug, Clone)]
pub enum Wire {
    /// As it should.
    Reply(Reply),
    /// Evenly, byte by byte, over this time.
    Drip {
        /// What is sent.
        reply: Reply,
        /// From the first byte to the last.
        over: Duration,
    },
    /// Half of the body, and then the connection breaks.
    CutOff(Reply),
    /// The body, and then spaces without end.
    Endless(Reply),
    /// The connection is closed without a byte. Whether the work was done stands in the journal.
    Closed,
    /// No one listens. Over real sockets the connection is closed instead.
    Refused,
}

impl Answer {
    /// A reply, at once.
    #[must_use]
    pub fn at_once(reply: Reply) -> Self {
        Self {
            delay: Duration::ZERO,
            wire: Wire::Reply(reply),
        }
    }

    /// The status that the caller will see, if any.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match &self.wire {
            Wire::Reply(reply)
            | Wire::Drip { reply, .. }
            | Wire::CutOff(reply)
            | Wire::Endless(reply) => Some(reply.status.as_u16()),
            Wire::Closed | Wire::Refused => None,
        }
    }
}

/// A reply with a JSON body.
pub(crate) fn json(status: StatusCode, body: &Value) -> Reply {
    typed(status, "application/json; charset=utf-8", body.to_string())
}

/// A reply with a page.
pub(crate) fn html(status: StatusCode, body: impl Into<Bytes>) -> Reply {
    typed(status, "text/html; charset=utf-8", body)
}

/// A reply without a body.
pub(crate) fn empty(status: StatusCode) -> Reply {
    Reply {
        status,
        headers: HeaderMap::new(),
        body: Bytes::new(),
    }
}

/// Sets a header. A value that can't be one is left out.
pub(crate) fn set(reply: &mut Reply, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        reply.headers.insert(name, value);
    }
}

fn typed(status: StatusCode, media_type: &'static str, body: impl Into<Bytes>) -> Reply {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    Reply {
        status,
        headers,
        body: body.into(),
    }
}
