//! What goes wrong with a request, and what is answered then.

use std::time::Duration;

use http::{StatusCode, header};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use transport::Reply;

use super::rewriting::{empty_page, loop_next, nulls, set_next, without_id};
use crate::answer::{self, Answer, Wire};
use crate::incoming::{Incoming, Service};

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
    /// No one listens. Over real sockets as [`Effect::DropBefore`]; to be really refused there, use
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
    /// Done, but the answer has no end.
    Endless,
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
    /// Done, but this text in the body is another one: bad JSON, if that is wanted.
    Replace {
        /// What is replaced, wherever it stands.
        find: String,
        /// What it becomes.
        with: String,
    },
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

impl Effect {
    /// Returns true if the service still does the work, at once.
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
            Self::Endless => at_once(Wire::Endless(reply)),
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
            Self::Replace { find, with } => Reply {
                body: String::from_utf8_lossy(&reply.body)
                    .replace(find, with)
                    .into(),
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
        (Page::Html, _) => answer::html(status, answer::APPLICATION_ERROR),
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
