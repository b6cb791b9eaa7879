//! A sandbox behind real sockets, and plain requests to it.
#![allow(dead_code, reason = "each test file uses its own part of this")]

use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::{HeaderMap, HeaderValue, Method};
use sandbox::{Candidate, OpportunityId, Options, Running, World, accounts, serve};
use serde_json::{Value, json};
use transport::{
    Clock as _, Failure, Idempotency, Reply, Request, SystemClock, Transport as _, Web,
};

/// A seed for all tests that don't care.
pub(crate) const SEED: u64 = 11;

/// A running sandbox.
pub(crate) struct Tried {
    pub(crate) running: Running,
    pub(crate) web: Arc<Web>,
}

/// An answer with its body as JSON; null where it is none.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
    pub(crate) text: String,
}

impl Tried {
    /// Accounts without candidates, and no limit of requests.
    pub(crate) async fn start() -> Self {
        Self::with(accounts(SEED)).await
    }

    /// This world, and no limit of requests.
    pub(crate) async fn with(world: World) -> Self {
        let options = Options {
            rate_limit: false,
            ..Options::default()
        };
        let running = serve(world, options).await.unwrap();
        Self {
            running,
            web: Arc::new(Web::new("test").unwrap()),
        }
    }

    /// Adds a tagged candidate in Phone Screen.
    pub(crate) fn candidate(&self) -> OpportunityId {
        self.add(Candidate {
            tags: vec!["coderpad".into()],
            stage: Some("Phone Screen".into()),
            ..Candidate::default()
        })
    }

    /// Adds a candidate.
    pub(crate) fn add(&self, candidate: Candidate) -> OpportunityId {
        self.running
            .world
            .with(|world| world.add_candidate(candidate).unwrap())
    }

    /// Changes the world, or looks at it.
    pub(crate) fn world<T>(&self, use_it: impl FnOnce(&mut World) -> T) -> T {
        self.running.world.with(use_it)
    }

    /// A request to Lever with the key; the path begins behind `/v1`.
    pub(crate) async fn lever(&self, method: Method, path: &str, body: Option<Value>) -> Answered {
        let addresses = &self.running.addresses;
        let key = BASE64_STANDARD.encode(format!("{}:", addresses.lever_key));
        let url = format!("{}{path}", addresses.lever_api);
        let body = body.map(|body| ("application/json", body.to_string()));
        self.ask(method, &url, Some(&format!("Basic {key}")), body)
            .await
            .unwrap()
    }

    pub(crate) async fn lever_get(&self, path: &str) -> Answered {
        self.lever(Method::GET, path, None).await
    }

    pub(crate) async fn lever_post(&self, path: &str, body: Value) -> Answered {
        self.lever(Method::POST, path, Some(body)).await
    }

    /// A request to CoderPad with the key.
    pub(crate) async fn coderpad(
        &self,
        method: Method,
        path: &str,
        body: Option<(&str, String)>,
    ) -> Answered {
        let addresses = &self.running.addresses;
        let key = format!("Token token=\"{}\"", addresses.coderpad_key);
        let url = format!("{}{path}", addresses.coderpad_api);
        self.ask(method, &url, Some(&key), body).await.unwrap()
    }

    pub(crate) async fn coderpad_get(&self, path: &str) -> Answered {
        self.coderpad(Method::GET, path, None).await
    }

    /// A pad from form fields.
    pub(crate) async fn make_pad(&self, form: &str) -> Answered {
        let body = ("application/x-www-form-urlencoded", form.to_owned());
        self.coderpad(Method::POST, "/api/pads", Some(body)).await
    }

    /// A request to the control address; the path begins behind its slash.
    pub(crate) async fn control(&self, path: &str, command: Option<Value>) -> Answered {
        let url = format!("{}{path}", self.running.addresses.control);
        let method = if command.is_some() {
            Method::POST
        } else {
            Method::GET
        };
        let body = command.map(|command| ("application/json", command.to_string()));
        self.ask(method, &url, None, body).await.unwrap()
    }

    /// Any request.
    pub(crate) async fn ask(
        &self,
        method: Method,
        url: &str,
        authorization: Option<&str>,
        body: Option<(&str, String)>,
    ) -> Result<Answered, Failure> {
        let mut request = Request::new(method, url.parse().unwrap(), Idempotency::NotIdempotent);
        if let Some(value) = authorization {
            request = request.authorized(HeaderValue::from_str(value).unwrap());
        }
        if let Some((media_type, body)) = body {
            request = request.with_body(media_type, body);
        }
        self.web.send(request).await.map(Answered::from)
    }
}

impl From<Reply> for Answered {
    fn from(reply: Reply) -> Self {
        Self {
            status: reply.status.as_u16(),
            body: serde_json::from_slice(&reply.body).unwrap_or(Value::Null),
            text: String::from_utf8_lossy(&reply.body).into_owned(),
            headers: reply.headers,
        }
    }
}

impl Answered {
    /// What stands at a JSON pointer; null where nothing does.
    pub(crate) fn at(&self, pointer: &str) -> &Value {
        self.body.pointer(pointer).unwrap_or(&Value::Null)
    }

    /// A field of each row of `data` or `pads`.
    pub(crate) fn column(&self, field: &str) -> Vec<String> {
        let rows = ["/data", "/pads", "/events"]
            .iter()
            .find_map(|place| self.body.pointer(place)?.as_array());
        let rows = rows.cloned().unwrap_or_default();
        rows.iter()
            .map(|row| row[field].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

/// A body of tags.
pub(crate) fn tags(tags: &[&str]) -> Value {
    json!({ "tags": tags })
}

/// Waits until the clock, which counts in ms, has moved, so that a change would show.
pub(crate) async fn a_moment() {
    let clock = SystemClock::new();
    let begun = clock.now_ms();
    while clock.now_ms() == begun {
        tokio::task::yield_now().await;
    }
}
