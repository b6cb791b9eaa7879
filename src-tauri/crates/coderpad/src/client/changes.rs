//! `PUT /api/pads/:id`: changing, ending and deleting pads.

use http::Method;
use transport::{ApiRoot, Idempotency, Request};

use super::request::Form;
use super::{Client, answer};
use crate::{Error, PadId};

/// What to change about a pad. What is `None` or `false` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PadChange {
    /// Another title; cut to 255 characters when it is sent.
    pub title: Option<String>,
    /// Another language.
    pub language: Option<String>,
    /// Other notes, in place of those that are there.
    pub notes: Option<String>,
    /// True if the candidate waits to be let in.
    pub private: Option<bool>,
    /// True if code can be run.
    pub execution_enabled: Option<bool>,
    /// Ends the interview. Nothing is known of a way back (contracts/coderpad.md, 2.8).
    pub end: bool,
    /// Deletes the pad. Together with `end` it is ended first, by a request of its own: what the
    /// service makes of both at once is not documented.
    pub delete: bool,
}

impl Client {
    /// Changes a pad. The answer doesn't show the pad: read it again for its state.
    ///
    /// A pad that is gone counts as deleted, so that an answer lost on the way doesn't turn into an
    /// error.
    ///
    /// # Errors
    /// See [`Error`]. Sending the same change again does no harm.
    pub async fn update_pad(&self, id: &PadId, change: &PadChange) -> Result<(), Error> {
        let outcome = match change {
            PadChange {
                end: true,
                delete: true,
                ..
            } => self.end_then_delete(id, change).await,
            _ => self.put(id, change).await,
        };
        match outcome {
            Err(Error::Gone) if change.delete => Ok(()),
            outcome => outcome,
        }
    }

    /// Ends the interview.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn end_pad(&self, id: &PadId) -> Result<(), Error> {
        let end = PadChange {
            end: true,
            ..PadChange::default()
        };
        self.update_pad(id, &end).await
    }

    /// Deletes a pad. It is not known whether the plan's allowance gets it back
    /// (contracts/coderpad.md, 2.4).
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn delete_pad(&self, id: &PadId) -> Result<(), Error> {
        let delete = PadChange {
            delete: true,
            ..PadChange::default()
        };
        self.update_pad(id, &delete).await
    }

    async fn end_then_delete(&self, id: &PadId, change: &PadChange) -> Result<(), Error> {
        let mut end = change.clone();
        end.delete = false;
        self.put(id, &end).await?;
        let delete = PadChange {
            delete: true,
            ..PadChange::default()
        };
        self.put(id, &delete).await
    }

    async fn put(&self, id: &PadId, change: &PadChange) -> Result<(), Error> {
        let request = update_pad(self.root(), id, change);
        answer::changed("this pad", self.ask(request).await?)
    }
}

/// For `ended` and `deleted` only the word `true` does anything.
fn update_pad(root: &ApiRoot, id: &PadId, change: &PadChange) -> Request {
    let mut form = Form::default();
    form.maybe("title", change.title.as_deref().map(cut_title));
    form.maybe("language", change.language.as_deref());
    form.maybe("notes", change.notes.as_deref());
    form.maybe("private", change.private);
    form.maybe("execution_enabled", change.execution_enabled);
    form.maybe("ended", change.end.then_some(true));
    form.maybe("deleted", change.delete.then_some(true));
    let url = root.at(&["api", "pads", id.as_str()]);
    form.into_request(Method::PUT, url, Idempotency::Idempotent)
}

/// The longest title, in characters.
const LONGEST_TITLE: usize = 255;

/// The title as it may be sent.
pub(super) fn cut_title(title: &str) -> String {
    title.chars().take(LONGEST_TITLE).collect()
}

#[cfg(test)]
mod tests {
    use transport::Body;

    use super::*;
    use crate::client::request::tests::{form, pairs, root};
    use crate::scripted::{client, reply};

    const OK: &str = r#"{"status":"OK"}"#;

    fn id() -> PadId {
        PadId::parse("K7QWM3ZD").unwrap()
    }

    fn bodies(script: &crate::scripted::Scripted) -> Vec<String> {
        let asked = script.asked().into_iter();
        asked
            .map(|request| match request.body {
                Body::Empty => String::new(),
                Body::Bytes { bytes, .. } => String::from_utf8(bytes.to_vec()).unwrap(),
            })
            .collect()
    }

    #[tokio::test(start_paused = true)]
    async fn a_change_is_asked_again_after_an_outage() {
        let (client, script) = client([reply(503, "<html>"), reply(200, OK)]);
        client.end_pad(&id()).await.unwrap();
        assert_eq!(bodies(&script), ["ended=true", "ended=true"]);
        assert!(script.asked().iter().all(|a| a.method == Method::PUT));
    }

    #[tokio::test(start_paused = true)]
    async fn ending_and_deleting_are_two_requests() {
        let (client, script) = client([reply(200, OK), reply(200, OK)]);
        let change = PadChange {
            title: Some("t".into()),
            end: true,
            delete: true,
            ..PadChange::default()
        };
        client.update_pad(&id(), &change).await.unwrap();
        assert_eq!(bodies(&script), ["title=t&ended=true", "deleted=true"]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_pad_that_is_gone_counts_as_deleted_but_not_as_changed() {
        const GONE: &str = r#"{"status":"ERROR","message":"Resource not found"}"#;
        let (client, _) = client([reply(404, GONE), reply(404, GONE)]);
        assert_eq!(client.delete_pad(&id()).await, Ok(()));
        assert_eq!(client.end_pad(&id()).await, Err(Error::Gone));
    }

    #[tokio::test(start_paused = true)]
    async fn a_change_without_an_ok_is_not_taken_for_done() {
        const QUOTA: &str = r#"{"status":"ERROR","message":"Over quota"}"#;
        let no = |message: &str| Error::Refused {
            message: message.into(),
        };
        for (answer, error) in [
            (
                reply(200, r#"{"status":"error","message":"No\u0007"}"#),
                no("No"),
            ),
            (reply(400, r#"{"status":"ERROR"}"#), no("")),
            (reply(401, r#"{"status":"ERROR"}"#), Error::WrongKey),
            (
                reply(403, r#"{"status":"ERROR"}"#),
                Error::NotAllowed { what: "this pad" },
            ),
        ] {
            let (client, _) = client([answer]);
            assert_eq!(client.end_pad(&id()).await, Err(error));
        }
        for body in ["{}", "", "<html>", r#"{"status":"OK""#] {
            let (client, _) = client([reply(200, body)]);
            let error = client.end_pad(&id()).await.unwrap_err();
            assert!(
                matches!(error, Error::NotCoderpad { .. }),
                "{body}: {error}"
            );
        }
        let (client, _) = client([(); 4].map(|()| reply(429, QUOTA)));
        assert_eq!(client.end_pad(&id()).await, Err(Error::OverQuota));
    }

    #[test]
    fn a_change_sends_what_changes_and_nothing_else() {
        let id = PadId::parse("K7QWM3ZD").unwrap();
        let change = PadChange {
            notes: Some(String::new()),
            end: true,
            ..PadChange::default()
        };
        let request = update_pad(&root(), &id, &change);
        assert_eq!(request.method, Method::PUT);
        assert_eq!(request.idempotency, Idempotency::Idempotent);
        let at = "https://app.coderpad.io/api/pads/K7QWM3ZD";
        assert_eq!(request.url.as_str(), at);
        assert_eq!(form(&request), pairs(&[("notes", ""), ("ended", "true")]));
    }
}
