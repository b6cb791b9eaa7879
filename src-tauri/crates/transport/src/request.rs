use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, header};
use url::Url;

/// What to ask, as plain data. Nothing is sent until a [`crate::Transport`] gets it.
#[derive(Debug, Clone)]
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// The whole address, query included.
    pub url: Url,
    /// Headers besides those of the body. `Authorization` is marked sensitive: it prints as such.
    pub headers: HeaderMap,
    /// Sent along, with its media type.
    pub body: Body,
    /// What a second one would do.
    pub idempotency: Idempotency,
}

/// What a request carries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    #[default]
    Empty,
    /// Bytes and the media type they are of.
    Bytes {
        /// The `Content-Type`, such as `application/json`.
        media_type: String,
        /// The bytes as they go over the wire.
        bytes: Bytes,
    },
}

/// What sending a request a second time would do, when the first answer is missing or unclear
/// (RFC 9110, 9.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idempotency {
    /// It reads: sent again as often as the retry policy allows.
    Safe,
    /// It writes, but writing twice leaves the same as writing once.
    Idempotent,
    /// A second one could create a second thing. No layer may send it again, and it leaves on a
    /// connection of its own: a pooled one may have died unnoticed (RFC 9112, 9.3.1).
    NotIdempotent,
}

impl Request {
    /// A request that reads.
    #[must_use]
    pub fn get(url: Url) -> Self {
        Self::new(Method::GET, url, Idempotency::Safe)
    }

    /// A request without headers or body.
    #[must_use]
    pub fn new(method: Method, url: Url, idempotency: Idempotency) -> Self {
        Self {
            method,
            url,
            headers: HeaderMap::new(),
            body: Body::Empty,
            idempotency,
        }
    }

    /// Adds the `Authorization` header, marked sensitive so that it never prints.
    #[must_use]
    pub fn authorized(mut self, mut value: HeaderValue) -> Self {
        value.set_sensitive(true);
        self.headers.insert(header::AUTHORIZATION, value);
        self
    }

    /// Adds a body.
    #[must_use]
    pub fn with_body(mut self, media_type: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        self.body = Body::Bytes {
            media_type: media_type.into(),
            bytes: bytes.into(),
        };
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_request_does_not_show_the_key() {
        let request = Request::get("https://example.test/x".parse().unwrap())
            .authorized(HeaderValue::from_static("Basic c2VjcmV0LWtleTo="));
        assert!(!format!("{request:?}").contains("c2VjcmV0"), "{request:?}");
    }
}
