//! How webhooks are doing.

use padwatch_engine::snapshot::webhooks as status;
use serde::Serialize;
use ts_rs::TS;

use super::convert::{Convert, convert, mirror};
use super::problem::Problem;

/// How webhooks are doing, in a word.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, TS)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    tag = "kind"
)]
#[ts(export)]
pub enum WebhookState {
    /// Switched off.
    #[default]
    Off,
    /// Switched on; no event has come lately, and none is known to be missing. Lever is asked as
    /// often as without webhooks.
    Waiting,
    /// Events come. Lever is asked less often.
    Arriving,
    /// The user needs to act. Lever is asked as often as without webhooks.
    Troubled {
        /// What it is and what to do.
        problem: Problem,
    },
}

/// Everything about webhooks that a person may want to see. Times in ms since the epoch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct WebhookStatus {
    /// How they are doing, in a word.
    pub state: WebhookState,
    /// How many signing tokens there are.
    pub signing_tokens: u32,
    /// The webhooks that Padwatch made in Lever, by the name of their event.
    pub made: Vec<String>,
    /// True if those lead to another address than the one that is used now.
    pub made_for_another_address: bool,
    /// When the last event came that was signed with one of the tokens.
    #[ts(type = "number | null")]
    pub last_event_ms: Option<i64>,
    /// The last press of Lever's Verify button.
    pub last_test: Option<WebhookTest>,
    /// Events accepted since the receiver was started.
    #[ts(type = "number")]
    pub accepted: u64,
    /// Requests that were refused since then, by reason, most frequent first.
    pub refused: Vec<RefusedRequests>,
    /// Opportunities that were hinted at and wait to be looked up.
    pub waiting: u32,
    /// How often a part of the receiver failed and was started again.
    pub restarts: u32,
    /// When the last restart was.
    #[ts(type = "number | null")]
    pub last_restart_ms: Option<i64>,
    /// How often Lever is asked, in seconds.
    pub asks_every_seconds: u32,
    /// Where events are received.
    #[serde(flatten)]
    pub place: WebhookPlace,
}

/// Where events are received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WebhookPlace {
    /// The tunnel's address, as it is used.
    pub public_address: Option<String>,
    /// The address to paste in Lever; `None` while the tunnel's address isn't known.
    pub url: Option<String>,
    /// The same on this computer, for the tunnel to lead to; `None` while nothing listens.
    pub local_url: Option<String>,
    /// The port on 127.0.0.1.
    pub port: Option<u16>,
    /// The port before, which another program has: the tunnel must be told.
    pub port_changed_from: Option<u16>,
}

/// Requests that were refused for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RefusedRequests {
    /// Why, in words.
    pub reason: String,
    /// How many.
    #[ts(type = "number")]
    pub count: u64,
}

mirror! { out
    /// One press of Lever's Verify button.
    #[derive(Copy)]
    struct WebhookTest of status::WebhookTest {
        /// When it came, in ms since the epoch.
        #[ts(type = "number")]
        at_ms: i64,
        /// True if one of the signing tokens fits. Otherwise there is none yet.
        verified: bool,
    }
}

impl Convert<status::WebhookStatus> for WebhookStatus {
    fn convert(from: status::WebhookStatus) -> Self {
        Self {
            state: convert(from.state),
            signing_tokens: from.signing_tokens,
            made: from.made,
            made_for_another_address: from.made_for_another_address,
            last_event_ms: from.last_event_ms,
            last_test: convert(from.last_test),
            accepted: from.accepted,
            refused: convert(from.refused),
            waiting: from.waiting,
            restarts: from.restarts,
            last_restart_ms: from.last_restart_ms,
            asks_every_seconds: from.asks_every_seconds,
            place: convert(from.place),
        }
    }
}

impl Convert<status::WebhookPlace> for WebhookPlace {
    fn convert(from: status::WebhookPlace) -> Self {
        Self {
            public_address: from.public_address,
            url: from.url,
            local_url: from.local_url,
            port: from.port,
            port_changed_from: from.port_changed_from,
        }
    }
}
