//! The control address: a page for people, and JSON for tests and scripts. Both lie behind a
//! secret in the path, so that no web page in the same browser can play with them.
//!
//! | below the control address | `GET` shows | `POST` does, as JSON |
//! | --- | --- | --- |
//! | `api/candidates` | candidates, postings, stages | a [`HiringCommand`] |
//! | `api/pads` | pads, deleted ones included | an [`InterviewCommand`] |
//! | `api/faults` | faults, switches, quota | a [`TroubleCommand`] |
//! | `api/webhooks` | webhooks and deliveries | a [`WebhookCommand`] |
//! | `api/journal?since=N` | requests after number N, counts, violations | forgets the requests |
//!
//! A command answers `{}` or the ids of what was made; with 400 `{"error":"…"}`.

mod candidates;
mod fields;
mod pads;
mod page;
mod presets;
mod troubles;
mod webhooks;

use http::{Method, StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use tokio::sync::watch;
use transport::{Reply, Rng as _, SystemRng};

pub use candidates::HiringCommand;
pub use fields::OneOrMany;
pub use pads::{InterviewCommand, NewFile};
pub use troubles::TroubleCommand;
pub use webhooks::WebhookCommand;

use crate::answer::{self, Answer};
use crate::form;
use crate::http::Answers;
use crate::incoming::Incoming;
use crate::shared::SharedWorld;
use crate::world::World;
use fields::Done;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Answers at the control address.
#[derive(Clone)]
pub(crate) struct Control {
    world: SharedWorld,
    secret: String,
    host: String,
    shown: watch::Sender<u64>,
}

impl Control {
    /// A control for this world at `host` (name and port).
    pub(crate) fn new(world: SharedWorld, host: String) -> Self {
        let mut bytes = [0; 16];
        SystemRng.fill(&mut bytes);
        let secret = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Self {
            world,
            secret,
            host,
            shown: watch::Sender::new(0),
        }
    }

    /// The address of the page, with a slash at the end.
    pub(crate) fn address(&self) -> String {
        format!("http://{}/{}/", self.host, self.secret)
    }

    /// How often a browser has asked for the page.
    pub(crate) fn times_shown(&self) -> watch::Receiver<u64> {
        self.shown.subscribe()
    }

    fn reply(&self, incoming: &Incoming) -> Reply {
        // Another name for this computer is how a web page would get here.
        let host = incoming.header(header::HOST).unwrap_or_default();
        let port = self.host.rsplit(':').next().unwrap_or_default();
        if host != self.host && host != format!("localhost:{port}") {
            return no_such_page();
        }
        let segments = incoming.segments();
        let path: Vec<&str> = segments.iter().map(String::as_str).collect();
        match path.split_first() {
            Some((secret, below)) if *secret == self.secret => self.below(incoming, below),
            _ => no_such_page(),
        }
    }

    fn below(&self, incoming: &Incoming, below: &[&str]) -> Reply {
        match (&incoming.method, below) {
            (&Method::GET, []) if !incoming.path.ends_with('/') => see(&self.address()),
            (&Method::GET, []) => {
                self.shown.send_modify(|times| *times += 1);
                answer::html(StatusCode::OK, self.world.with(|world| page::whole(world)))
            }
            (&Method::GET, ["live"]) => {
                answer::html(StatusCode::OK, self.world.with(|world| page::live(world)))
            }
            (&Method::GET, ["page.css"]) => file(STYLE, "text/css; charset=utf-8"),
            (&Method::GET, ["page.js"]) => file(SCRIPT, "text/javascript; charset=utf-8"),
            (&Method::GET, ["api", what]) => self.show(incoming, what),
            (&Method::POST, ["api", what]) => self.by_json(incoming, what),
            (&Method::POST, ["do", what]) => self.by_form(incoming, what),
            _ => no_such_page(),
        }
    }

    fn show(&self, incoming: &Incoming, what: &str) -> Reply {
        let since = incoming
            .query
            .get("since")
            .and_then(|text| text.parse().ok())
            .unwrap_or(0);
        let shown = self.world.with(|world| match what {
            "candidates" => Some(candidates::shown(world)),
            "pads" => Some(pads::shown(world)),
            "faults" => Some(troubles::shown(world)),
            "webhooks" => Some(webhooks::shown(world)),
            "journal" => Some(requests(world, since)),
            _ => None,
        });
        shown.map_or_else(no_such_page, |shown| answer::json(StatusCode::OK, &shown))
    }

    fn by_json(&self, incoming: &Incoming, what: &str) -> Reply {
        let body = if incoming.body.is_empty() {
            b"{}"
        } else {
            incoming.body.as_ref()
        };
        let done = serde_json::from_slice(body)
            .map_err(|error| error.to_string())
            .and_then(|command| self.obey(what, command));
        match done {
            Ok(made) => answer::json(StatusCode::OK, &made),
            Err(error) => answer::json(StatusCode::BAD_REQUEST, &json!({ "error": error })),
        }
    }

    /// The page's forms send the fields of a command, and with `back` the place on the page.
    fn by_form(&self, incoming: &Incoming, what: &str) -> Reply {
        let pairs = form::pairs(&incoming.body);
        let fields: Map<String, Value> = pairs.map(|(name, text)| (name, text.into())).collect();
        let place = fields
            .get("back")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let back = format!("{}#{place}", self.address());
        match self.obey(what, Value::Object(fields)) {
            Ok(_) => see(&back),
            Err(error) => answer::html(StatusCode::BAD_REQUEST, page::refused(&error)),
        }
    }

    fn obey(&self, what: &str, command: Value) -> Done {
        self.world.with(|world| match what {
            "candidates" => read::<HiringCommand>(command)?.obey(world),
            "pads" => read::<InterviewCommand>(command)?.obey(world),
            "faults" => read::<TroubleCommand>(command)?.obey(world),
            "webhooks" => read::<WebhookCommand>(command)?.obey(world),
            "journal" => {
                world.journal.clear();
                Ok(json!({}))
            }
            _ => Err("there is nothing of that name".to_owned()),
        })
    }
}

fn read<T: DeserializeOwned>(command: Value) -> Result<T, String> {
    serde_json::from_value(command).map_err(|error| error.to_string())
}

fn requests(world: &World, since: u64) -> Value {
    let journal = &world.journal;
    let entries: Vec<Value> = journal
        .entries()
        .filter(|entry| entry.number > since)
        .map(|entry| json!(entry))
        .collect();
    json!({ "requests": entries, "counts": journal.counts(), "violations": journal.violations() })
}

impl Answers for Control {
    async fn answer(&self, incoming: Incoming) -> Answer {
        let mut reply = self.reply(&incoming);
        answer::set(&mut reply, header::CACHE_CONTROL, "no-store");
        answer::set(&mut reply, header::REFERRER_POLICY, "no-referrer");
        answer::set(&mut reply, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        answer::set(&mut reply, header::CONTENT_SECURITY_POLICY, POLICY);
        Answer::at_once(reply)
    }
}

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

fn no_such_page() -> Reply {
    answer::html(
        StatusCode::NOT_FOUND,
        "<!doctype html><title>Nothing here</title><h1>Nothing here</h1>",
    )
}

fn see(address: &str) -> Reply {
    let mut reply = answer::empty(StatusCode::SEE_OTHER);
    answer::set(&mut reply, header::LOCATION, address);
    reply
}

fn file(text: &'static str, media_type: &str) -> Reply {
    let mut reply = answer::html(StatusCode::OK, text);
    answer::set(&mut reply, header::CONTENT_TYPE, media_type);
    reply
}
