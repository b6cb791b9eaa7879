mod changes;
mod lists;

use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use serde::de::DeserializeOwned;
use transport::{
    ApiRoot, Caller, Clock, ExposeSecret as _, Failure, Idempotency, Rate, RateLimiter, Reply,
    Request, Rng, SecretString, Transport,
};

use crate::{
    Account, Environment, EnvironmentId, Error, Organization, Pad, PadId, Question, QuestionId,
    Quota, answer, requests,
};

/// No request limit is published (contracts/coderpad.md, 1). This is far above what one person's
/// interviews need, and far below what would disturb anybody.
pub const DEFAULT_RATE: Rate = Rate {
    per_second: 5.0,
    burst: 10,
};

/// Asks CoderPad on behalf of one person's key. Clones share the rate limit and the connections.
#[derive(Clone)]
pub struct Client {
    caller: Caller,
    key: SecretString,
    clock: Arc<dyn Clock>,
}

impl Client {
    /// A client. Nothing is sent yet, so nothing is known of the key: [`Client::quota`] is a cheap
    /// way to try it.
    #[must_use]
    pub fn new(
        transport: Arc<dyn Transport>,
        root: ApiRoot,
        key: SecretString,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
    ) -> Self {
        let limiter = RateLimiter::new(DEFAULT_RATE, clock.clone());
        Self {
            caller: Caller::new(transport, root, clock.clone(), rng).with_rate_limiter(limiter),
            key,
            clock,
        }
    }

    /// Keeps to this rate limit instead of one of its own: several clients can share one.
    #[must_use]
    pub fn with_rate_limiter(mut self, limiter: RateLimiter) -> Self {
        self.caller = self.caller.with_rate_limiter(limiter);
        self
    }

    /// A client that sends each request once: for something that failed before, and is tried again
    /// by a backoff of its own.
    #[must_use]
    pub fn without_retries(&self) -> Self {
        let mut client = self.clone();
        client.caller = client.caller.without_retries();
        client
    }

    /// The root of the service that is asked.
    #[must_use]
    pub fn root(&self) -> &ApiRoot {
        self.caller.root()
    }

    /// Time that never jumps.
    fn elapsed(&self) -> Duration {
        self.clock.elapsed()
    }

    /// One pad, as it is now.
    ///
    /// # Errors
    /// [`Error::Gone`] when there is none, or it is somebody else's.
    pub async fn pad(&self, id: &PadId) -> Result<Pad, Error> {
        self.pad_by(id, requests::pad(self.root(), id)).await
    }

    /// The same without retries, for a caller that waits for the answer.
    ///
    /// # Errors
    /// See [`Client::pad`].
    pub async fn pad_once(&self, id: &PadId) -> Result<Pad, Error> {
        let request = Request {
            idempotency: Idempotency::NotIdempotent,
            ..requests::pad(self.root(), id)
        };
        self.pad_by(id, request).await
    }

    async fn pad_by(&self, id: &PadId, request: Request) -> Result<Pad, Error> {
        let pad: Pad = self.read("this pad", request).await?;
        if !pad.id.as_str().eq_ignore_ascii_case(id.as_str()) {
            return Err(Error::NotCoderpad {
                status: None,
                seen: "another pad than the one asked for",
            });
        }
        Ok(pad)
    }

    /// One environment with its files.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn environment(&self, id: EnvironmentId) -> Result<Environment, Error> {
        let request = requests::environment(self.root(), id);
        self.read("the code of this pad", request).await
    }

    /// The month's allowance.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn quota(&self) -> Result<Quota, Error> {
        self.read("the quota", requests::quota(self.root())).await
    }

    /// The organization. `None` when the account has none, may not see it, or gets anything else
    /// that is no organization: what the service answers then isn't documented
    /// (contracts/coderpad.md, Unknowns 5).
    ///
    /// # Errors
    /// See [`Error`]: the key is wrong, or the service can't be asked at the moment.
    pub async fn organization(&self) -> Result<Option<Organization>, Error> {
        let request = requests::organization(self.root());
        optional(self.read("the organization", request).await)
    }

    /// The key's user. `None` where the service doesn't tell: the endpoint is from 2026.
    ///
    /// # Errors
    /// See [`Error`]: the key is wrong, or the service can't be asked at the moment.
    pub async fn account(&self) -> Result<Option<Account>, Error> {
        let request = requests::account(self.root());
        optional(self.read("the account", request).await)
    }

    /// One question.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn question(&self, id: QuestionId) -> Result<Question, Error> {
        let request = requests::question(self.root(), id);
        self.read("this question", request).await
    }

    async fn read<T: DeserializeOwned>(
        &self,
        what: &'static str,
        request: Request,
    ) -> Result<T, Error> {
        answer::read(what, self.ask(request).await?)
    }

    /// Sends with the key. The outer error is a key that can't be sent at all.
    async fn ask(&self, request: Request) -> Result<Result<Reply, Failure>, Error> {
        let request = self.authorized(request).ok_or(Error::WrongKey)?;
        Ok(self.caller.call(request).await)
    }

    /// `Authorization: Token token="KEY"`: of the forms that have been seen the one that works
    /// everywhere (contracts/coderpad.md, 1). `None` for a text that can't stand in it.
    fn authorized(&self, request: Request) -> Option<Request> {
        let key = self.key.expose_secret().trim();
        let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
        if key.is_empty() || !key.bytes().all(plain) {
            return None;
        }
        let value = HeaderValue::try_from(format!("Token token=\"{key}\"")).ok()?;
        Some(request.authorized(value))
    }
}

/// What not every account has: a no in whatever form, and an answer of another shape, mean that
/// there is none.
fn optional<T>(read: Result<T, Error>) -> Result<Option<T>, Error> {
    match read {
        Ok(found) => Ok(Some(found)),
        Err(
            Error::Gone
            | Error::NotAllowed { .. }
            | Error::Refused { .. }
            | Error::NotCoderpad { .. },
        ) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use transport::FailureKind;

    use super::*;
    use crate::scripted::{client, reply, reply_with};

    const NO: &str = r#"{"status":"ERROR","message":"No"}"#;

    #[tokio::test(start_paused = true)]
    async fn each_answer_to_a_read_means_one_thing() {
        let what = "the quota";
        let elsewhere = Failure::Unclear(FailureKind::CrossOriginRedirect);
        let not_coderpad = |status, seen| Error::NotCoderpad { status, seen };
        let strange = "a refusal that is not in CoderPad's form";
        for (answer, error) in [
            (reply(401, NO), Error::WrongKey),
            (reply(403, NO), Error::NotAllowed { what }),
            (reply(404, NO), Error::Gone),
            (
                reply(400, NO),
                Error::Refused {
                    message: "No".into(),
                },
            ),
            (
                reply(200, NO),
                Error::Refused {
                    message: "No".into(),
                },
            ),
            (reply(401, "<html>"), not_coderpad(Some(401), strange)),
            (reply(403, "<html>"), not_coderpad(Some(403), strange)),
            (reply(404, "<html>"), not_coderpad(Some(404), strange)),
            (reply(404, "{}"), not_coderpad(Some(404), strange)),
            (
                reply(200, "<html>"),
                not_coderpad(Some(200), "an answer that is not JSON"),
            ),
            (
                reply(200, r#"{"status":"OK"}"#),
                not_coderpad(Some(200), "an answer of another shape"),
            ),
            (
                Err(elsewhere),
                not_coderpad(None, "it leads to another address"),
            ),
        ] {
            let (client, script) = client([answer]);
            assert_eq!(client.quota().await, Err(error));
            assert_eq!(script.asked().len(), 1);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_passes_is_asked_again_before_it_is_an_error() {
        let refused = Failure::NotSent(FailureKind::Refused);
        for (answer, error) in [
            (reply(503, "<html>"), Error::Down { status: 503 }),
            (reply(408, "<html>"), Error::Down { status: 408 }),
            (
                reply(429, "<html>"),
                Error::RateLimited { retry_after: None },
            ),
            (reply(429, NO), Error::RateLimited { retry_after: None }),
            (Err(refused), Error::Unreachable(refused)),
        ] {
            let (client, script) = client([(); 4].map(|()| answer.clone()));
            let outcome = client.quota().await.unwrap_err();
            assert!(outcome.is_passing());
            assert_eq!(outcome, error);
            assert_eq!(script.asked().len(), 4);
        }
        let (client, _) = client([reply_with(429, "<html>", "retry-after", "600")]);
        let retry_after = Some(Duration::from_secs(600));
        assert_eq!(
            client.quota().await,
            Err(Error::RateLimited { retry_after })
        );
    }

    #[tokio::test(start_paused = true)]
    async fn another_pad_than_the_one_asked_for_is_not_taken_for_it() {
        let body = r#"{"status":"OK","id":"K7QWM3ZD"}"#;
        let (client, _) = client([reply(200, body), reply(200, body)]);
        let asked_for = PadId::parse("K7QWM3ZD").unwrap();
        assert_eq!(client.pad(&asked_for).await.unwrap().id, asked_for);
        let other = PadId::parse("OTHER123").unwrap();
        assert!(client.pad(&other).await.is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn the_key_goes_along_in_the_documented_form() {
        let (client, script) = crate::scripted::client_with_key(
            " abc123\n",
            [reply(200, r#"{"status":"OK","pads_used":1}"#)],
        );
        client.quota().await.unwrap();
        let asked = script.asked();
        assert_eq!(asked[0].headers["authorization"], "Token token=\"abc123\"");
        assert_eq!(asked[0].headers["accept"], "application/json");
        assert!(!format!("{asked:?}").contains("abc123"));
    }

    #[tokio::test(start_paused = true)]
    async fn an_account_without_an_organization_is_no_error() {
        let (client, _) = client([
            reply(403, NO),
            reply(404, NO),
            reply(404, NO),
            reply(401, NO),
        ]);
        assert_eq!(client.organization().await, Ok(None));
        assert_eq!(client.organization().await, Ok(None));
        assert_eq!(client.account().await, Ok(None));
        assert_eq!(client.organization().await, Err(Error::WrongKey));
        for shape in [
            reply(404, "<html>"),
            reply(403, "<html>"),
            reply(403, NO),
            reply(400, NO),
            reply(422, "{}"),
            reply(200, NO),
            reply(200, "<html>"),
            reply(200, "[]"),
            reply(200, "null"),
            reply(200, r#""none""#),
        ] {
            let (client, _) = crate::scripted::client([shape.clone(), shape.clone()]);
            assert_eq!(client.organization().await, Ok(None), "{shape:?}");
            assert_eq!(client.account().await, Ok(None), "{shape:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_organization_without_a_name_is_one_all_the_same() {
        for name in ["null", "7", r#""""#, r#""\ud83d""#] {
            let body =
                format!(r#"{{"status":"OK","organization_name":{name},"teams":7,"users":null}}"#);
            let (client, _) = client([reply(200, &body), reply(200, r#"{"status":"OK"}"#)]);
            assert!(client.organization().await.unwrap().is_some(), "{name}");
            assert_eq!(client.organization().await.unwrap().unwrap().name, "");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn organization_and_account_are_read() {
        let organization = json!({"status": "OK", "organization_name": "Example",
            "organization_default_language": "python", "teams": [{"id": "t-1", "name": "A"}],
            "users": [{"email": "a@example.test", "name": null, "teams": []}, {"name": "no one"}]});
        let older = json!({"organization_name": "Example", "default_language": "ruby"});
        let account = json!({"name": null, "allow_pad_creation": false, "analytics_id": "x"});
        let (client, _) = client([
            reply(200, &organization.to_string()),
            reply(200, &older.to_string()),
            reply(200, &account.to_string()),
        ]);
        let found = client.organization().await.unwrap().unwrap();
        assert_eq!(found.users.len(), 1, "who has no address can't own a pad");
        assert_eq!(found.teams[0].id.to_string(), "t-1");
        let found = client.organization().await.unwrap().unwrap();
        assert_eq!(found.default_language.as_deref(), Some("ruby"));
        let account = client.account().await.unwrap().unwrap();
        assert_eq!(account.allow_pad_creation, Some(false));
    }

    #[tokio::test(start_paused = true)]
    async fn an_environment_is_read_with_its_files() {
        let environment = json!({"status": "OK", "id": 910_001, "pad_id": 5_550_001,
            "question_id": null, "example_question_id": "examples/000-python",
            "language": "python", "file_contents": [
                {"path": "main.py", "contents": "print('hi')\n",
                 "history": "https://coderpad-7.firebaseio.com/K7QWM3ZD/history.json"},
                {"path": "logo.png", "contents": null, "binary": true}],
            "created_at": "2026-03-02T10:00:00.123+01:00"});
        let odd =
            json!({"id": 910_001, "file_contents": [{"contents": "lost"}, {"path": "kept.py"}]});
        let (client, _) = client([
            reply(200, &environment.to_string()),
            reply(200, r#"{"id":910001,"file_contents":null}"#),
            reply(200, &odd.to_string()),
        ]);
        let id = EnvironmentId(910_001);
        let read = client.environment(id).await.unwrap();
        assert_eq!(read.created_at_ms, Some(1_772_442_000_123));
        assert_eq!(
            read.files.rows[0].contents.as_deref(),
            Some("print('hi')\n")
        );
        assert!(read.files.rows[0].history.is_some() && !read.files.rows[0].binary);
        assert!(read.files.rows[1].binary && read.files.rows[1].contents.is_none());
        assert_eq!(client.environment(id).await.unwrap().files.count(), 0);
        let odd = client.environment(id).await.unwrap().files;
        assert_eq!(
            (odd.rows.len(), odd.skipped.count()),
            (1, 1),
            "not in silence"
        );
        assert_eq!(odd.rows[0].path, "kept.py");
    }
}
