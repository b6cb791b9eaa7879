//! Making, changing, ending and deleting pads.

use super::Client;
use crate::{
    CreateError, CreatedPad, Error, NewPad, PadChange, PadId, Refusal, answer, creation, requests,
};

impl Client {
    /// Makes a pad: one request, never sent again by any layer below.
    ///
    /// # Errors
    /// [`CreateError`]: only its `Unclear` leaves open whether there is a pad.
    pub async fn create_pad(&self, new: &NewPad) -> Result<CreatedPad, CreateError> {
        let Some(request) = self.authorized(requests::create_pad(self.root(), new)) else {
            return Err(Refusal::WrongKey.into());
        };
        creation::read(self.caller.call(request).await)
    }

    /// Changes a pad. The answer doesn't show the pad: read it again for its state.
    ///
    /// A pad that isn't there any more counts as deleted, so that an answer lost on the way
    /// doesn't turn into an error.
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

    /// Deletes a pad. Whether the month's allowance gets it back is not known
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
        let request = requests::update_pad(self.root(), id, change);
        answer::changed("this pad", self.ask(request).await?)
    }
}

#[cfg(test)]
mod tests {
    use http::Method;
    use transport::{Body, Failure, FailureKind, Idempotency};

    use super::*;
    use crate::scripted::{client, client_with_key, reply};
    use crate::{UnclearCause, UnclearOutcome};

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
    async fn a_creation_leaves_once_with_the_key_whatever_comes_back() {
        let elsewhere = crate::scripted::reply_with(307, "", "location", "/api/pads");
        for answer in [
            reply(200, r#"{"status":"OK","id":"K7QWM3ZD"}"#),
            reply(503, "<html>"),
            reply(429, "<html>"),
            reply(429, r#"{"status":"ERROR","message":"Over quota"}"#),
            Err(Failure::NotSent(FailureKind::Refused)),
            Err(Failure::Unclear(FailureKind::TimedOut)),
            elsewhere,
        ] {
            let (client, script) = client([answer]);
            let _ = client.create_pad(&NewPad::default()).await;
            let asked = script.asked();
            assert_eq!(asked.len(), 1);
            assert_eq!(asked[0].idempotency, Idempotency::NotIdempotent);
            assert_eq!(asked[0].headers["authorization"], "Token token=\"K\"");
            assert!(asked[0].headers["authorization"].is_sensitive());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_redirected_creation_is_in_doubt() {
        let moved = crate::scripted::reply_with(302, "", "location", "https://evil.test/");
        let (client, script) = client([moved]);
        let outcome = client.create_pad(&NewPad::default()).await.unwrap_err();
        let cause = UnclearCause::NoAnswer(FailureKind::CrossOriginRedirect);
        let unclear = UnclearOutcome {
            cause,
            server_date_ms: None,
            retry_after: None,
        };
        assert_eq!(outcome, CreateError::Unclear(unclear));
        assert_eq!(script.asked().len(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_text_that_can_be_no_key_is_never_sent() {
        for key in ["", "  ", "a\"b", "a\\b", "a b", "a\nb", "schlüssel"] {
            let (client, script) = client_with_key(key, []);
            let outcome = client.create_pad(&NewPad::default()).await;
            assert_eq!(outcome.unwrap_err(), Refusal::WrongKey.into(), "{key:?}");
            assert_eq!(client.quota().await.unwrap_err(), Error::WrongKey);
            assert!(script.asked().is_empty());
        }
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
}
