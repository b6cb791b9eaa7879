//! How webhooks are doing: codes and facts.

pub use padwatch_receiver::Refusal;

/// How webhooks are doing, in a word.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
        /// What is wrong.
        trouble: WebhookTrouble,
    },
}

/// What is wrong with webhooks, the most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookTrouble {
    /// There is no port to listen on.
    CannotListen,
    /// Events come whose signature fits no known token.
    TokenChanged,
    /// Rightly signed events come from the future.
    ClockBehind,
    /// Events come, and no signing token is known.
    NoToken,
    /// Another program has the port.
    PortChanged {
        /// The port now.
        port: u16,
        /// The one before, that the tunnel may still lead to.
        before: u16,
    },
    /// A move was found of which no event told.
    EventsMissing,
}

/// Everything about webhooks that a person may want to see. Times in ms since the epoch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookStatus {
    /// How they are doing, in a word.
    pub state: WebhookState,
    /// Where events are received.
    pub place: WebhookPlace,
    /// How many signing tokens there are.
    pub signing_tokens: u32,
    /// The webhooks that Padwatch made in Lever, by the name of their event.
    pub made: Vec<String>,
    /// True if those lead to another address than the one that is used now.
    pub made_for_another_address: bool,
    /// When the last event came that was signed with one of the tokens.
    pub last_event_ms: Option<i64>,
    /// The last press of Lever's Verify button.
    pub last_test: Option<WebhookTest>,
    /// Events accepted since the receiver was started.
    pub accepted: u64,
    /// Requests that were refused since then, by reason, most frequent first.
    pub refused: Vec<RefusedRequests>,
    /// Opportunities that were hinted at and wait to be looked up.
    pub waiting: u32,
    /// How often a part of the receiver failed and was started again.
    pub restarts: u32,
    /// When the last restart was.
    pub last_restart_ms: Option<i64>,
    /// How often Lever is asked, in seconds.
    pub asks_every_seconds: u32,
}

/// Where events are received.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// One press of Lever's Verify button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WebhookTest {
    /// When it came, in ms since the epoch.
    pub at_ms: i64,
    /// True if one of the signing tokens fits. Otherwise there is none yet.
    pub verified: bool,
}

/// Requests that were refused for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedRequests {
    /// Why.
    pub reason: Refusal,
    /// How many.
    pub count: u64,
}
