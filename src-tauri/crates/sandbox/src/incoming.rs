//! What arrives at one of the services, as plain data.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, header};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use transport::{Body, Request};

/// Which of the simulated services is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Service {
    /// Lever's Data API.
    Lever,
    /// CoderPad's Interview API and its pad pages.
    CoderPad,
    /// The other host, on which CoderPad keeps the history of edits.
    History,
}

/// One request as a service sees it.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// The HTTP method.
    pub method: Method,
    /// The path, still percent-encoded, without the query.
    pub path: String,
    /// The query's names and values, decoded, in their order.
    pub query: Query,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
}

/// Names and values of a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Incoming {
    /// A request as it would arrive, made from one that has not left.
    #[must_use]
    pub fn from_request(request: &Request) -> Self {
        let mut headers = request.headers.clone();
        let body = match &request.body {
            Body::Empty => Bytes::new(),
            Body::Bytes { media_type, bytes } => {
                if let Ok(value) = HeaderValue::from_str(media_type) {
                    headers.insert(header::CONTENT_TYPE, value);
                }
                bytes.clone()
            }
        };
        Self {
            method: request.method.clone(),
            path: request.url.path().to_owned(),
            query: Query::parse(request.url.query().unwrap_or_default()),
            headers,
            body,
        }
    }

    /// The path's segments, decoded. A slash at the end makes no difference.
    #[must_use]
    pub fn segments(&self) -> Vec<String> {
        let path = self.path.trim_matches('/');
        path.split('/')
            .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
            .collect()
    }

    /// A header as text.
    #[must_use]
    pub fn header(&self, name: header::HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The media type of the body without its parameters, in lower case.
    #[must_use]
    pub fn media_type(&self) -> String {
        let whole = self.header(header::CONTENT_TYPE).unwrap_or_default();
        whole
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    }
}

impl Query {
    /// Reads a query without its question mark.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self(
            url::form_urlencoded::parse(text.as_bytes())
                .into_owned()
                .collect(),
        )
    }

    /// The first value of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// All values of a name. `name[]` is the same name (contracts/lever.md, 4.1, `accessRole[]`).
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<&str> {
        let same = |known: &str| known == name || known.strip_suffix("[]") == Some(name);
        self.0
            .iter()
            .filter(|(known, _)| same(known))
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// The query as it would stand in an address, for the journal.
    #[must_use]
    pub fn to_text(&self) -> String {
        url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.0)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_decoded_and_a_slash_at_the_end_makes_no_difference() {
        let request = Request::get(
            "http://127.0.0.1:1/v1/a%2Fb/c/?x=1&x=2&y[]=3"
                .parse()
                .unwrap(),
        );
        let incoming = Incoming::from_request(&request);
        assert_eq!(incoming.segments(), ["v1", "a/b", "c"]);
        assert_eq!(incoming.query.all("x"), ["1", "2"]);
        assert_eq!(incoming.query.all("y"), ["3"]);
    }
}
