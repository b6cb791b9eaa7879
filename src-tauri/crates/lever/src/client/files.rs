//! `/opportunities/:id/files`, and the multipart body that carries a new file (RFC 7578).

use bytes::Bytes;
use http::Method;
use transport::{ApiRoot, Idempotency, Listed};

use super::Client;
use super::call::{Call, OPPORTUNITY, add_perform_as};
use crate::{Error, File, NewFile, OpportunityId, Permission, UserId};

impl Client {
    /// The files on an opportunity, in no order that Lever promises.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn files(&self, id: &OpportunityId) -> Result<Listed<File>, Error> {
        self.all(list(self.root(), id)).await
    }

    /// Puts a file of at most [`NewFile::LARGEST`] bytes on an opportunity. Sent once: after an
    /// unclear answer the file may be there.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn upload_file(
        &self,
        id: &OpportunityId,
        file: &NewFile,
        perform_as: &UserId,
    ) -> Result<(), Error> {
        // 128 random bits: they occur in no file.
        let boundary = self.caller.rng().hex(16);
        let call = upload(self.root(), id, file, perform_as, &boundary);
        self.done(call).await
    }
}

/// `GET`
fn list(root: &ApiRoot, id: &OpportunityId) -> Call {
    let url = root.at(&["opportunities", id.as_str(), "files"]);
    Call::read(url, Permission::FindAllFiles, OPPORTUNITY)
}

/// `POST`. The boundary must not occur in the file.
fn upload(
    root: &ApiRoot,
    id: &OpportunityId,
    file: &NewFile,
    user: &UserId,
    boundary: &str,
) -> Call {
    let mut url = root.at(&["opportunities", id.as_str(), "files"]);
    add_perform_as(&mut url, Some(user));
    let needs = Permission::UploadAnOpportunityFile;
    let mut call = Call::write(
        Method::POST,
        url,
        Idempotency::NotIdempotent,
        needs,
        OPPORTUNITY,
    );
    let (media_type, bytes) = multipart(file, boundary);
    call.request = call.request.with_body(media_type, bytes);
    call
}

/// The `Content-Type` and the body that carry the file as the form field `file`. The boundary must
/// not occur in the file.
fn multipart(file: &NewFile, boundary: &str) -> (String, Bytes) {
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
    use transport::Body;

    use super::*;
    use crate::client::call::tests::{line, root};

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

    #[test]
    fn a_file_is_uploaded_once_as_a_form() {
        let id = OpportunityId::new("o-1");
        assert_eq!(line(&list(&root(), &id)), "GET /opportunities/o-1/files");
        let file = NewFile {
            name: "a.py".into(),
            media_type: "text/plain".into(),
            bytes: "x".into(),
        };
        let call = upload(&root(), &id, &file, &UserId::new("u-1"), "B");
        assert_eq!(line(&call), "POST /opportunities/o-1/files?perform_as=u-1");
        assert_eq!(call.request.idempotency, Idempotency::NotIdempotent);
        let Body::Bytes { media_type, .. } = call.request.body else {
            panic!("no body");
        };
        assert_eq!(media_type, "multipart/form-data; boundary=B");
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
