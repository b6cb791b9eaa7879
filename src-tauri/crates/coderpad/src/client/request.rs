//! Requests as plain data, without the key. The [`super::Client`] adds it and sends.

use http::{HeaderValue, Method, header};
use transport::{Idempotency, Request};
use url::Url;
use url::form_urlencoded::Serializer;

/// A read of an address, such as the next page of a list.
pub(super) fn get(url: Url) -> Request {
    wanting_json(Request::get(url))
}

fn wanting_json(mut request: Request) -> Request {
    let json = HeaderValue::from_static("application/json");
    request.headers.insert(header::ACCEPT, json);
    request
}

/// Flat names and values as a browser's form sends them.
pub(super) struct Form(Serializer<'static, String>);

impl Default for Form {
    fn default() -> Self {
        Self(Serializer::new(String::new()))
    }
}

impl Form {
    /// Adds a text, unless it is empty.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.0.append_pair(name, value);
        }
    }

    /// Adds a value, if there is one. An empty one empties what is there.
    pub(super) fn maybe(&mut self, name: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.0.append_pair(name, &value.to_string());
        }
    }

    pub(super) fn into_request(
        mut self,
        method: Method,
        url: Url,
        idempotency: Idempotency,
    ) -> Request {
        let request = Request::new(method, url, idempotency);
        wanting_json(request).with_body("application/x-www-form-urlencoded", self.0.finish())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use transport::{ApiRoot, Body};

    use super::*;

    pub(in crate::client) fn root() -> ApiRoot {
        ApiRoot::parse("https://app.coderpad.io").unwrap()
    }

    /// Where a read lies, below the root.
    pub(in crate::client) fn path(request: &Request) -> &str {
        assert_eq!(request.method, Method::GET);
        assert_eq!(request.idempotency, Idempotency::Safe);
        let url = request.url.as_str();
        url.strip_prefix("https://app.coderpad.io").unwrap()
    }

    /// The names and values of a form.
    pub(in crate::client) fn form(request: &Request) -> Vec<(String, String)> {
        let Body::Bytes { media_type, bytes } = &request.body else {
            panic!("no body");
        };
        assert_eq!(media_type, "application/x-www-form-urlencoded");
        url::form_urlencoded::parse(bytes).into_owned().collect()
    }

    pub(in crate::client) fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = expected.iter().map(|(n, v)| ((*n).into(), (*v).into()));
        owned.collect()
    }
}
