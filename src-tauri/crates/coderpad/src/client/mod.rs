//! What asks CoderPad: an endpoint a file, each with its requests and the shapes of its answers.

mod account;
mod answer;
mod changes;
mod creation;
mod environments;
mod events;
mod pads;
mod paging;
mod questions;
mod request;

use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use serde::de::DeserializeOwned;
use transport::{
    ApiRoot, Caller, Clock, ExposeSecret as _, Failure, Rate, RateLimiter, Reply, Request, Rng,
    SecretString, Transport,
};

use crate::Error;

pub use changes::PadChange;

/// No request limit is published (contracts/coderpad.md, 1). This is far above what one person's
/// interviews need, and far below what would disturb the service.
pub const DEFAULT_RATE: Rate = Rate {
    per_second: 5.0,
    burst: 10,
};

/// Asks CoderPad on behalf of one person's key. Clones share the rate limit and the connections.
#[derive(Clone)]
pub struct Client {
    caller: Caller,
    key: SecretString,
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
            caller: Caller::new(transport, root, clock, rng).with_rate_limiter(limiter),
            key,
        }
    }

    /// Keeps to this rate limit instead of one of its own: several clients can share one.
    #[must_use]
    pub fn with_rate_limiter(mut self, limiter: RateLimiter) -> Self {
        self.caller = self.caller.with_rate_limiter(limiter);
        self
    }

    /// A client that sends each request once: for what failed before and has a backoff of its own.
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
        self.caller.clock().elapsed()
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

#[cfg(test)]
mod tests {
    use transport::FailureKind;

    use super::*;
    use crate::scripted::{client, client_with_key, reply, reply_with};
    use crate::{NewPad, Refusal};

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
    async fn the_key_goes_along_in_the_documented_form() {
        let (client, script) = client_with_key(
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
    async fn a_text_that_can_be_no_key_is_never_sent() {
        for key in ["", "  ", "a\"b", "a\\b", "a b", "a\nb", "schlüssel"] {
            let (client, script) = client_with_key(key, []);
            let outcome = client.create_pad(&NewPad::default()).await;
            assert_eq!(outcome.unwrap_err(), Refusal::WrongKey.into(), "{key:?}");
            assert_eq!(client.quota().await.unwrap_err(), Error::WrongKey);
            assert!(script.asked().is_empty());
        }
    }
}
