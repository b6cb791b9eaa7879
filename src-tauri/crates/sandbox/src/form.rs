//! Bodies of requests that are forms: plain ones, and those of several parts that carry files.

use bytes::Bytes;
use http::header;

use crate::incoming::Incoming;

/// One part of a multipart form.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    pub(crate) bytes: Bytes,
}

/// Names and values of a form, in their order.
pub(crate) fn pairs(incoming: &Incoming) -> impl Iterator<Item = (String, String)> {
    url::form_urlencoded::parse(&incoming.body).into_owned()
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
    use transport::{Idempotency, Request};

    use super::*;

    fn incoming(media_type: &str, body: &'static str) -> Incoming {
        let url = "http://127.0.0.1:1/".parse().unwrap();
        Incoming::from_request(
            &Request::new(Method::POST, url, Idempotency::NotIdempotent)
                .with_body(media_type, body),
        )
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
