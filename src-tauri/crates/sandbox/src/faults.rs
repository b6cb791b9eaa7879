//! Faults: rules that say which requests something goes wrong with, and what.

use std::time::Duration;

use exchange::Reply;
use http::{StatusCode, header};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::answer::{self, Answer, Wire};
use crate::coderpad::MAINTENANCE;
use crate::ids::Ids;
use crate::incoming::{Incoming, Service};

/// One rule. As JSON, what is left out of the match fits everything.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    /// What people call it.
    #[serde(default)]
    pub name: String,
    /// Which requests it is about.
    #[serde(default, rename = "match")]
    pub matching: Matching,
    /// What goes wrong.
    pub effect: Effect,
    /// It strikes so often, and then never again. For ever, if not said.
    #[serde(default)]
    pub times: Option<u32>,
}

/// Which requests a rule is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Matching {
    /// Whose.
    pub service: Option<Service>,
    /// `GET`, `POST`, …
    pub method: Option<String>,
    /// The path, with `*` for one segment and `**` at the end for any number of them:
    /// `/v1/opportunities/*/addLinks`.
    pub path: Option<String>,
    /// So many that fit are let pass first.
    pub skip: u32,
    /// The chance that a fitting one is struck, from 0 to 1.
    pub chance: f64,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Effect {
    /// Nothing is done, and the connection is closed without a byte.
    DropBefore,
    /// The work is done, and the connection is closed without a byte.
    DropAfter,
    /// Nobody listens. Over real sockets as [`Effect::DropBefore`]; to be really refused there, use
    /// the switch `offline`.
    Unreachable,
    /// Another status.
    Status(OtherStatus),
    /// Done, but the answer lacks the id.
    WithoutId,
    /// 200, but the body says `"status":"ERROR"`.
    StatusError {
        /// The work is done nevertheless.
        #[serde(default)]
        done: bool,
    },
    /// Done, but the JSON of the answer ends in its middle.
    Truncated,
    /// Done, but the connection breaks in the middle of the answer.
    CutOff,
    /// Done, but the answer comes byte by byte over this time, in ms.
    Drip {
        /// From the first byte to the last.
        over_ms: u64,
    },
    /// Done, but the answer comes late by this time, in ms.
    Delay {
        /// The wait.
        ms: u64,
    },
    /// The connection is closed, and the work is done so much later, in ms.
    Late {
        /// How much later.
        after_ms: u64,
    },
    /// The key that the request shows counts no more, from now on.
    RevokeKey,
    /// The key that the request shows lacks this permission, from now on (Lever).
    TakePermission {
        /// The name of the check box.
        permission: String,
    },
    /// The month's pads are used up, from now on (CoderPad).
    UseUpQuota,
    /// The next page lies on another host.
    OffOriginNext,
    /// The next page is this page again.
    LoopingNext,
    /// There is a next page, and it is empty.
    EmptyPageWithMore,
    /// A redirect to this address.
    Redirect {
        /// Where to.
        to: String,
    },
    /// A company's proxy answers with its own page, and 200.
    ProxyPage,
    /// Every field that may be null is null.
    Nulls,
}

/// An answer with another status than the one wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct OtherStatus {
    /// The status.
    pub status: u16,
    /// What the body is.
    pub body: Page,
    /// What a JSON body says.
    pub message: String,
    /// Seconds in `Retry-After`, if any.
    pub retry_after: Option<u64>,
    /// The work is done nevertheless.
    pub done: bool,
    /// The wait before the answer, in ms.
    pub delay_ms: u64,
}

/// The body of an answer that is not the one wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Page {
    /// The service's own JSON for errors.
    #[default]
    Json,
    /// A page of whatever stands before the service.
    Html,
    /// Nothing at all.
    Empty,
}

impl OtherStatus {
    /// This status with the service's own JSON; nothing is done.
    #[must_use]
    pub fn of(status: u16) -> Self {
        Self {
            status,
            ..Self::default()
        }
    }

    /// This status with a page of whatever stands before the service; nothing is done.
    #[must_use]
    pub fn page(status: u16) -> Self {
        Self {
            status,
            body: Page::Html,
            ..Self::default()
        }
    }
}

impl Default for OtherStatus {
    fn default() -> Self {
        Self {
            status: 500,
            body: Page::default(),
            message: "This is a fault of the sandbox.".to_owned(),
            retry_after: None,
            done: false,
            delay_ms: 0,
        }
    }
}

impl Default for Matching {
    fn default() -> Self {
        Self {
            service: None,
            method: None,
            path: None,
            skip: 0,
            chance: 1.0,
        }
    }
}

impl Matching {
    /// Requests of a method to a path of a service.
    #[must_use]
    pub fn of(service: Service, method: &str, path: &str) -> Self {
        Self {
            service: Some(service),
            method: Some(method.to_owned()),
            path: Some(path.to_owned()),
            ..Self::default()
        }
    }

    /// All requests to a service.
    #[must_use]
    pub fn all_of(service: Service) -> Self {
        Self {
            service: Some(service),
            ..Self::default()
        }
    }

    /// The creation of a pad.
    #[must_use]
    pub fn creating_a_pad() -> Self {
        Self::of(Service::CoderPad, "POST", "/api/pads")
    }

    fn fits(&self, service: Service, incoming: &Incoming) -> bool {
        self.service.is_none_or(|wanted| wanted == service)
            && self
                .method
                .as_ref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(incoming.method.as_str()))
            && self
                .path
                .as_ref()
                .is_none_or(|pattern| path_fits(pattern, &incoming.path))
    }
}

fn path_fits(pattern: &str, path: &str) -> bool {
    let mut segments = path.trim_matches('/').split('/');
    for wanted in pattern.trim_matches('/').split('/') {
        if wanted == "**" {
            return true;
        }
        match segments.next() {
            Some(segment) if wanted == "*" || wanted == segment => {}
            _ => return false,
        }
    }
    segments.next().is_none()
}

/// The rules that are set.
#[derive(Debug, Default)]
pub struct Faults {
    rules: Vec<Standing>,
    numbers: u64,
}

/// A rule with what it has seen so far.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    /// Its number, to take it away by.
    pub number: u64,
    /// The rule.
    #[serde(flatten)]
    pub rule: Rule,
    /// Requests that fitted.
    pub seen: u32,
    /// Requests that were struck.
    pub struck: u32,
}

/// What struck a request.
#[derive(Debug, Clone)]
pub(crate) struct Strike {
    pub(crate) name: String,
    pub(crate) effect: Effect,
}

impl Faults {
    /// Sets a rule. Gives its number. Of several that fit, the one set first strikes.
    pub fn set(&mut self, rule: Rule) -> u64 {
        self.numbers += 1;
        self.rules.push(Standing {
            number: self.numbers,
            rule,
            seen: 0,
            struck: 0,
        });
        self.numbers
    }

    /// Sets a rule that strikes one request.
    pub fn once(&mut self, matching: Matching, effect: Effect) -> u64 {
        self.set(Rule {
            name: String::new(),
            matching,
            effect,
            times: Some(1),
        })
    }

    /// Sets a rule that strikes every request that fits.
    pub fn always(&mut self, matching: Matching, effect: Effect) -> u64 {
        self.set(Rule {
            name: String::new(),
            matching,
            effect,
            times: None,
        })
    }

    /// Takes a rule away.
    pub fn remove(&mut self, number: u64) {
        self.rules.retain(|standing| standing.number != number);
    }

    /// Takes all rules away.
    pub fn clear(&mut self) {
        self.rules.clear();
    }

    /// The rules that are set, with what they have seen.
    #[must_use]
    pub fn rules(&self) -> &[Standing] {
        &self.rules
    }

    /// What strikes this request, if anything does.
    pub(crate) fn strike(
        &mut self,
        service: Service,
        incoming: &Incoming,
        ids: &mut Ids,
    ) -> Option<Strike> {
        let mut strike = None;
        for standing in &mut self.rules {
            let rule = &standing.rule;
            if !rule.matching.fits(service, incoming) {
                continue;
            }
            standing.seen += 1;
            let spent = rule.times.is_some_and(|times| standing.struck >= times);
            let lucky = rule.matching.chance < 1.0 && ids.unit() >= rule.matching.chance;
            if strike.is_some() || spent || standing.seen <= rule.matching.skip || lucky {
                continue;
            }
            standing.struck += 1;
            strike = Some(Strike {
                name: rule.label(),
                effect: rule.effect.clone(),
            });
        }
        strike
    }
}

impl Rule {
    /// Its name, or else the kind of its effect.
    pub(crate) fn label(&self) -> String {
        if !self.name.is_empty() {
            return self.name.clone();
        }
        let kind = serde_json::to_value(&self.effect).ok();
        let kind = kind.as_ref().and_then(|value| value.get("kind")?.as_str());
        kind.unwrap_or_default().to_owned()
    }
}

impl Effect {
    /// Whether the service still does the work, at once.
    pub(crate) fn lets_work(&self) -> bool {
        match self {
            Self::DropBefore
            | Self::Unreachable
            | Self::Late { .. }
            | Self::Redirect { .. }
            | Self::ProxyPage => false,
            Self::Status(other) => other.done,
            Self::StatusError { done } => *done,
            _ => true,
        }
    }

    /// The answer. `reply` is the service's own, where the work was done.
    pub(crate) fn answer(
        &self,
        service: Service,
        incoming: &Incoming,
        reply: Option<Reply>,
    ) -> Answer {
        let at_once = |wire| Answer {
            delay: Duration::ZERO,
            wire,
        };
        let reply = reply.unwrap_or_else(|| answer::empty(StatusCode::OK));
        match self {
            Self::DropBefore | Self::DropAfter | Self::Late { .. } => at_once(Wire::Closed),
            Self::Unreachable => at_once(Wire::Refused),
            Self::CutOff => at_once(Wire::CutOff(reply)),
            Self::Drip { over_ms } => at_once(Wire::Drip {
                reply,
                over: Duration::from_millis(*over_ms),
            }),
            Self::Delay { ms } => Answer {
                delay: Duration::from_millis(*ms),
                wire: Wire::Reply(reply),
            },
            Self::Status(other) => Answer {
                delay: Duration::from_millis(other.delay_ms),
                wire: Wire::Reply(other_status(service, other)),
            },
            _ => Answer::at_once(self.changed(incoming, reply)),
        }
    }

    /// The reply as the fault leaves it.
    fn changed(&self, incoming: &Incoming, reply: Reply) -> Reply {
        match self {
            Self::StatusError { .. } => {
                let body = json!({ "status": "ERROR", "message": "Something went wrong" });
                answer::json(StatusCode::OK, &body)
            }
            Self::ProxyPage => answer::html(StatusCode::OK, PROXY),
            Self::Redirect { to } => {
                let mut moved = answer::empty(StatusCode::FOUND);
                answer::set(&mut moved, header::LOCATION, to);
                moved
            }
            Self::Truncated => Reply {
                body: reply.body.slice(..reply.body.len() / 2),
                ..reply
            },
            _ => self.rewritten(incoming, reply),
        }
    }

    /// The reply with its JSON changed. What isn't JSON stays as it is.
    fn rewritten(&self, incoming: &Incoming, reply: Reply) -> Reply {
        let Ok(mut body) = serde_json::from_slice::<Value>(&reply.body) else {
            return reply;
        };
        match self {
            Self::WithoutId => without_id(&mut body),
            Self::OffOriginNext => set_next(&mut body, "https://pads.evil.example/api/pads?page=2"),
            Self::LoopingNext => loop_next(&mut body, incoming),
            Self::EmptyPageWithMore => empty_page(&mut body, incoming),
            Self::Nulls => nulls(&mut body),
            _ => return reply,
        }
        Reply {
            body: body.to_string().into(),
            ..reply
        }
    }
}

const PROXY: &str = "<!doctype html><title>Access denied</title>\
    <h1>This page was blocked by your company's web filter</h1>";

fn other_status(service: Service, other: &OtherStatus) -> Reply {
    let status = StatusCode::from_u16(other.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let message = &other.message;
    let mut reply = match (other.body, service) {
        (Page::Empty, _) => answer::empty(status),
        (Page::Html, _) => answer::html(status, MAINTENANCE),
        (Page::Json, Service::Lever) => {
            let code = status
                .canonical_reason()
                .unwrap_or_default()
                .replace(' ', "");
            answer::json(status, &json!({ "code": code, "message": message }))
        }
        (Page::Json, _) => answer::json(status, &json!({ "status": "ERROR", "message": message })),
    };
    if let Some(seconds) = other.retry_after {
        answer::set(&mut reply, header::RETRY_AFTER, &seconds.to_string());
    }
    reply
}

/// The id at the top, or that of Lever's one object.
fn without_id(body: &mut Value) {
    for place in ["", "/data"] {
        if let Some(fields) = body.pointer_mut(place).and_then(Value::as_object_mut) {
            fields.remove("id");
            fields.remove("noteId");
        }
    }
}

fn set_next(body: &mut Value, address: &str) {
    if let Some(fields) = body.as_object_mut() {
        fields.insert("next_page".to_owned(), json!(address));
    }
}

/// CoderPad's next page becomes the page itself; Lever's token the one that was sent, or one that
/// stays the same.
fn loop_next(body: &mut Value, incoming: &Incoming) {
    let lever = body.get("hasNext").is_some();
    let again = incoming
        .query
        .get("offset")
        .unwrap_or(first_token(incoming))
        .to_owned();
    let events = body.pointer("/pads/0/events").and_then(Value::as_str);
    let site = events
        .and_then(|address| address.split("/api/").next())
        .unwrap_or_default();
    let address = format!("{site}{}?{}", incoming.path, incoming.query.to_text());
    if let Some(fields) = body.as_object_mut() {
        if lever {
            fields.insert("hasNext".to_owned(), json!(true));
            fields.insert("next".to_owned(), json!(again));
        } else {
            fields.insert("next_page".to_owned(), json!(address));
        }
    }
}

/// A token that leads to the first row of a list in Lever.
fn first_token(incoming: &Incoming) -> &'static str {
    if incoming.path.ends_with("/opportunities") {
        "%5B0%2C0%2C%22%22%5D"
    } else {
        "0"
    }
}

fn empty_page(body: &mut Value, incoming: &Incoming) {
    if let Some(fields) = body.as_object_mut() {
        for name in ["data", "pads", "events"] {
            if fields.contains_key(name) {
                fields.insert(name.to_owned(), json!([]));
            }
        }
        if fields.contains_key("hasNext") {
            fields.insert("hasNext".to_owned(), json!(true));
            fields.insert("next".to_owned(), json!(first_token(incoming)));
        }
    }
}

/// Fields that the contracts know as null, somewhere and sometimes.
const NULLABLE: &[&str] = &[
    "updatedAt",
    "owner",
    "snoozedUntil",
    "sourcedBy",
    "dataProtection",
    "urls",
    "notes",
    "language",
    "user_name",
    "user_email",
    "contents",
    "active_environment_id",
    "drawing",
    "photo",
];

fn nulls(body: &mut Value) {
    match body {
        Value::Array(items) => items.iter_mut().for_each(nulls),
        Value::Object(fields) => {
            for (name, value) in fields {
                if NULLABLE.contains(&name.as_str()) {
                    *value = Value::Null;
                } else {
                    nulls(value);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use exchange::Request;

    use super::*;

    fn incoming(path: &str) -> Incoming {
        Incoming::from_request(&Request::get(
            format!("http://127.0.0.1:1{path}").parse().unwrap(),
        ))
    }

    fn effects(faults: &mut Faults, path: &str, requests: usize) -> Vec<bool> {
        let mut ids = Ids::seeded(3);
        (0..requests)
            .map(|_| {
                faults
                    .strike(Service::Lever, &incoming(path), &mut ids)
                    .is_some()
            })
            .collect()
    }

    #[test]
    fn patterns_fit_whole_paths() {
        assert!(path_fits(
            "/v1/opportunities/*/addLinks",
            "/v1/opportunities/x/addLinks/"
        ));
        assert!(!path_fits(
            "/v1/opportunities/*",
            "/v1/opportunities/x/addLinks"
        ));
        assert!(!path_fits("/v1/opportunities/*", "/v1/opportunities"));
        assert!(path_fits("/v1/**", "/v1/opportunities/x/addLinks"));
    }

    #[test]
    fn a_rule_can_wait_for_the_nth_request_and_strike_a_number_of_times() {
        let mut faults = Faults::default();
        let matching = Matching {
            skip: 2,
            ..Matching::of(Service::Lever, "get", "/v1/stages")
        };
        faults.set(Rule {
            name: String::new(),
            matching,
            effect: Effect::DropBefore,
            times: Some(2),
        });
        assert_eq!(effects(&mut faults, "/v1/tags", 3), [false; 3]);
        assert_eq!(
            effects(&mut faults, "/v1/stages", 6),
            [false, false, true, true, false, false]
        );
    }

    #[test]
    fn chance_strikes_about_as_often_as_it_says() {
        let mut faults = Faults::default();
        faults.always(
            Matching {
                chance: 0.25,
                ..Matching::default()
            },
            Effect::DropAfter,
        );
        let struck = effects(&mut faults, "/v1/tags", 1000)
            .iter()
            .filter(|struck| **struck)
            .count();
        assert!((200..300).contains(&struck), "{struck} of 1000");
    }

    #[test]
    fn rules_are_read_from_json() {
        let rule: Rule = serde_json::from_value(json!({
            "match": {"service": "coderpad", "method": "POST", "path": "/api/pads"},
            "effect": {"kind": "status", "status": 503, "body": "html", "done": true, "delayMs": 5},
            "times": 1,
        }))
        .unwrap();
        assert_eq!(rule.matching, Matching::creating_a_pad());
        assert!(rule.effect.lets_work());
    }
}
