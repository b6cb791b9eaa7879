//! Bodies of requests in the shapes that the services take: form fields, parts of a multipart
//! form, and JSON.

use bytes::Bytes;
use http::header;
use serde_json::{Map, Value};

use crate::incoming::Incoming;

/// One part of a multipart form.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    pub(crate) bytes: Bytes,
}

/// The body as named values: text for forms, anything for JSON. `None` when it can't be read.
///
/// A JSON object that is wrapped in another under `wrapper` is unwrapped.
pub(crate) fn fields(incoming: &Incoming, wrapper: &str) -> Option<Map<String, Value>> {
    match incoming.media_type().as_str() {
        "application/json" => {
            let body: Value = serde_json::from_slice(&incoming.body).ok()?;
            let inner = body.get(wrapper).filter(|inner| inner.is_object()).cloned();
            match inner.unwrap_or(body) {
                Value::Object(fields) => Some(fields),
                _ => None,
            }
        }
        "multipart/form-data" => Some(parts(incoming).iter().map(text_of).collect()),
        _ => Some(pairs(incoming, wrapper)),
    }
}

/// Fields of a form, with `wrapper[name]` the same as `name`.
fn pairs(incoming: &Incoming, wrapper: &str) -> Map<String, Value> {
    let bare = |name: &str| {
        let inner = name
            .strip_prefix(wrapper)
            .and_then(|rest| rest.strip_prefix('[')?.strip_suffix(']'));
        inner.unwrap_or(name).to_owned()
    };
    url::form_urlencoded::parse(&incoming.body)
        .map(|(name, value)| (bare(&name), Value::String(value.into_owned())))
        .collect()
}

fn text_of(part: &Part) -> (String, Value) {
    (
        part.name.clone(),
        Value::String(String::from_utf8_lossy(&part.bytes).into_owned()),
    )
}

/// The parts of a multipart form. None, when it isn't one.
pub(crate) fn parts(incoming: &Incoming) -> Vec<Part> {
    let Some(boundary) = boundary(incoming) else {
        return Vec::new();
    };
    let mark = format!("--{boundary}");
    let body = &incoming.body;
    let marks = places(body, mark.as_bytes());
    marks
        .windows(2)
        .filter_map(|pair| match pair {
            [from, to] => part(&body.slice(from + mark.len()..*to)),
            _ => None,
        })
        .collect()
}

fn boundary(incoming: &Incoming) -> Option<String> {
    let whole = incoming.header(header::CONTENT_TYPE)?;
    let value = whole
        .split(';')
        .find_map(|piece| piece.trim().strip_prefix("boundary="))?;
    Some(value.trim_matches('"').to_owned())
}

/// One part without the marks around it: line break, headers, empty line, content, line break.
fn part(raw: &Bytes) -> Option<Part> {
    let split = places(raw, b"\r\n\r\n").first().copied()?;
    let head = String::from_utf8_lossy(raw.get(..split)?).into_owned();
    let end = raw.len().checked_sub(2).filter(|end| *end >= split + 4)?;
    let disposition = head
        .lines()
        .find(|line| line.to_ascii_lowercase().starts_with("content-disposition"))?;
    Some(Part {
        name: quoted(disposition, "; name=")?,
        file_name: quoted(disposition, "; filename="),
        bytes: raw.slice(split + 4..end),
    })
}

fn quoted(line: &str, name: &str) -> Option<String> {
    let (_, rest) = line.split_once(name)?;
    let inner = rest
        .strip_prefix('"')
        .and_then(|rest| rest.split('"').next());
    let plain = || rest.split(';').next().map(str::trim);
    inner.or_else(plain).map(str::to_owned)
}

/// Where the mark begins, each time.
fn places(text: &[u8], mark: &[u8]) -> Vec<usize> {
    let windows = text.windows(mark.len().max(1)).enumerate();
    windows
        .filter(|(_, window)| *window == mark)
        .map(|(at, _)| at)
        .collect()
}

#[cfg(test)]
mod tests {
    use http::Method;
    use transport::{Repeat, Request};

    use super::*;

    fn incoming(media_type: &str, body: &'static str) -> Incoming {
        let url = "http://127.0.0.1:1/".parse().unwrap();
        Incoming::from_request(
            &Request::new(Method::POST, url, Repeat::Never).with_body(media_type, body),
        )
    }

    #[test]
    fn all_four_shapes_of_a_body_give_the_same_fields() {
        let multipart =
            "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nA & B\r\n--b--\r\n";
        for (media_type, body) in [
            ("application/x-www-form-urlencoded", "title=A+%26+B"),
            ("application/json; charset=utf-8", r#"{"title":"A & B"}"#),
            ("application/json", r#"{"pad":{"title":"A & B"}}"#),
            ("multipart/form-data; boundary=b", multipart),
        ] {
            let fields = fields(&incoming(media_type, body), "pad").unwrap();
            assert_eq!(fields.get("title").unwrap(), "A & B", "{media_type}");
        }
    }

    #[test]
    fn a_file_keeps_its_bytes_and_its_name() {
        let body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n\r\nx\r\n\r\n--b--";
        let parts = parts(&incoming("multipart/form-data; boundary=\"b\"", body));
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].file_name.as_deref(), Some("a.txt"));
        assert_eq!(&parts[0].bytes[..], b"\r\nx\r\n");
    }
}
