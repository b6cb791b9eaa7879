//! How webhooks are doing: codes and facts.

use padwatch_receiver::Health;
pub use padwatch_receiver::Refusal;

/// Wrong signatures in a row that look like a replaced signing token. One may be a
/// stranger's; Lever itself tries six times.
const TOKEN_CHANGED: u32 = 3;
/// So many rightly signed events from the future are no accident.
const CLOCK_BEHIND: u32 = 2;

/// Failed starts of the receiver, half a second apart, that are more than a bad moment.
const FAILED_STARTS: u32 = 3;

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

/// What can be wrong with webhooks.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Symptoms {
    /// How often the receiver failed to start, while it has no port.
    pub(crate) failed_starts: u32,
    /// Wrong signatures in a row, with the tokens of now.
    pub(crate) wrong_signatures: u32,
    /// Rightly signed events from the future in a row: the clock here is behind.
    pub(crate) from_the_future: u32,
    /// Events came that could not be checked, and still can't.
    pub(crate) is_without_token: bool,
    /// The port now, and the one before that the tunnel may still lead to.
    pub(crate) port_changed: Option<(u16, u16)>,
    /// A move was found of which no event told.
    pub(crate) is_overdue: bool,
}

impl Symptoms {
    /// What is wrong, most pressing first.
    #[must_use]
    pub(crate) fn trouble(self) -> Option<WebhookTrouble> {
        if self.failed_starts >= FAILED_STARTS {
            return Some(WebhookTrouble::CannotListen);
        }
        if self.wrong_signatures >= TOKEN_CHANGED {
            return Some(WebhookTrouble::TokenChanged);
        }
        if self.from_the_future >= CLOCK_BEHIND {
            return Some(WebhookTrouble::ClockBehind);
        }
        if self.is_without_token {
            return Some(WebhookTrouble::NoToken);
        }
        if let Some((port, before)) = self.port_changed {
            return Some(WebhookTrouble::PortChanged { port, before });
        }
        self.is_overdue.then_some(WebhookTrouble::EventsMissing)
    }
}

/// Refusals, most frequent first.
#[must_use]
pub(crate) fn refused(health: &Health) -> Vec<RefusedRequests> {
    let mut refused: Vec<RefusedRequests> = health
        .refused
        .iter()
        .map(|(reason, count)| RefusedRequests {
            reason: *reason,
            count: *count,
        })
        .collect();
    refused.sort_by_key(|refused| std::cmp::Reverse(refused.count));
    refused
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORT_CHANGED: WebhookTrouble = WebhookTrouble::PortChanged {
        port: 4001,
        before: 4000,
    };

    #[test]
    fn the_most_pressing_symptom_comes_first() {
        let trouble = Symptoms::trouble;
        let mut symptoms = Symptoms::default();
        assert_eq!(trouble(symptoms), None);
        symptoms.is_overdue = true;
        assert_eq!(trouble(symptoms), Some(WebhookTrouble::EventsMissing));
        symptoms.port_changed = Some((4001, 4000));
        assert_eq!(trouble(symptoms), Some(PORT_CHANGED));
        symptoms.from_the_future = 1;
        assert_eq!(trouble(symptoms), Some(PORT_CHANGED), "one may be odd");
        symptoms.from_the_future = 2;
        assert_eq!(trouble(symptoms), Some(WebhookTrouble::ClockBehind));
        symptoms.from_the_future = 0;
        symptoms.is_without_token = true;
        assert_eq!(trouble(symptoms), Some(WebhookTrouble::NoToken));
        symptoms.wrong_signatures = 2;
        assert_eq!(
            trouble(symptoms),
            Some(WebhookTrouble::NoToken),
            "a stranger may be wrong"
        );
        symptoms.wrong_signatures = 3;
        assert_eq!(trouble(symptoms), Some(WebhookTrouble::TokenChanged));
        symptoms.failed_starts = 2;
        assert_eq!(trouble(symptoms), Some(WebhookTrouble::TokenChanged));
        symptoms.failed_starts = 3;
        assert_eq!(trouble(symptoms), Some(WebhookTrouble::CannotListen));
    }

    #[test]
    fn refusals_are_listed_with_the_most_frequent_first() {
        let mut health = Health::default();
        health.refused.insert(Refusal::OtherPath, 2);
        health.refused.insert(Refusal::WrongSignature, 7);
        let listed = refused(&health);
        assert_eq!(listed[0].reason, Refusal::WrongSignature);
        assert_eq!(listed[1].count, 2);
    }
}
