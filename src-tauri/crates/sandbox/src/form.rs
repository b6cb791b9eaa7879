//! Bodies of requests that are forms: plain ones, and those of several parts that carry files.

use bytes::Bytes;
/// One part of a multipart form.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    pub(crate) bytes: Bytes,
}

/// Names and values of a form, in their order.
pub(crate) fn pairs(body: &[u8]) -> impl Iterator<Item = (String, String)> {
    url::form_urlencoded::parse(body).into_owned()
}

/// The parts of a multipart form. None, when it isn't one by its media type.
pub(crate) fn parts(media_type: Option<&str>, body: &Bytes) -> Vec<Part> {
    let Some(boundary) = media_type.and_then(boundary) else {
        return Vec::new();
    };
    let mark = format!("--{boundary}");
    let marks = places(body, mark.as_bytes());
    marks
        .windows(2)
        .filter_map(|pair| match pair {
            [from, to] => part(&body.slice(from + mark.len()..*to)),
            _ => None,
        })
        .collect()
}

fn boundary(media_type: &str) -> Option<String> {
    let value = media_type
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
    use super::*;

    #[test]
    fn a_file_keeps_its_bytes_and_its_name() {
        let body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n\r\nx\r\n\r\n--b--";
        let parts = parts(
            Some("multipart/form-data; boundary=\"b\""),
            &Bytes::from(body),
        );
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].file_name.as_deref(), Some("a.txt"));
        assert_eq!(&parts[0].bytes[..], b"\r\nx\r\n");
    }
}
