//! Files on an opportunity, and the multipart body that carries a new one (RFC 7578).

use bytes::Bytes;
use serde::Deserialize;

use crate::lenient::{self, or_default};

/// A file that is on an opportunity (contracts/lever.md, 4.5).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct File {
    /// Its id.
    pub id: String,
    /// What it was called when it was uploaded. May be empty. One that is no text makes the file
    /// unreadable: somebody looks for a mark in it.
    #[serde(default, deserialize_with = "lenient::known_text")]
    pub name: String,
    /// When it was uploaded, in ms since the epoch.
    #[serde(default, rename = "uploadedAt", deserialize_with = "or_default")]
    pub uploaded_at_ms: Option<i64>,
}

/// A file to put on an opportunity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// What it is called, such as `interview.py`.
    pub name: String,
    /// Its media type, such as `text/plain`.
    pub media_type: String,
    /// What is in it.
    pub bytes: Bytes,
}

impl NewFile {
    /// The largest file that Lever takes, in bytes (contracts/lever.md, 4.5).
    pub const LARGEST: usize = 30 * 1024 * 1024;
}

/// The `Content-Type` and the body that carry the file as the form field `file`. The boundary must
/// not occur in the file.
pub(crate) fn multipart(file: &NewFile, boundary: &str) -> (String, Bytes) {
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\n\
         Content-Type: {}\r\n\r\n",
        quoted(&file.name),
        header_line(&file.media_type),
    );
    let tail = format!("\r\n--{boundary}--\r\n");
    let mut body = Vec::with_capacity(head.len() + file.bytes.len() + tail.len());
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(&file.bytes);
    body.extend_from_slice(tail.as_bytes());
    (
        format!("multipart/form-data; boundary={boundary}"),
        body.into(),
    )
}

/// A file name as browsers write it: quotes and line ends can't end the header.
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// What may stand in one line of a header; anything odd is just bytes.
fn header_line(media_type: &str) -> &str {
    let plain = media_type.bytes().all(|b| (b' '..=b'~').contains(&b));
    if plain && !media_type.is_empty() {
        media_type
    } else {
        "application/octet-stream"
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_file_travels_as_the_field_file() {
        let file = NewFile {
            name: "a \"b\".py".into(),
            media_type: "text/x-python".into(),
            bytes: Bytes::from_static(b"print(1)\n"),
        };
        let (kind, body) = multipart(&file, "XyZ");
        assert_eq!(kind, "multipart/form-data; boundary=XyZ");
        let expected = "--XyZ\r\nContent-Disposition: form-data; name=\"file\"; \
            filename=\"a %22b%22.py\"\r\nContent-Type: text/x-python\r\n\r\nprint(1)\n\r\n--XyZ--\r\n";
        assert_eq!(body, expected.as_bytes());
    }

    proptest! {
        #[test]
        fn no_name_or_type_adds_a_header(name in any::<String>(), media_type in any::<String>()) {
            let file = NewFile { name, media_type, bytes: Bytes::from_static(b"x") };
            let (_, body) = multipart(&file, "B");
            let text = String::from_utf8(body.to_vec()).unwrap();
            let (head, rest) = text.split_once("\r\n\r\n").unwrap();
            prop_assert_eq!(head.lines().count(), 3, "{}", head);
            prop_assert_eq!(rest, "x\r\n--B--\r\n");
        }
    }
}
