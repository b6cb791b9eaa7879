//! What is wrong with webhooks, from what shows.

use padwatch_receiver::Health;

use crate::snapshot::webhooks::{RefusedRequests, WebhookTrouble};

/// Wrong signatures in a row that look like a replaced signing token. One may be a
/// stranger's; Lever itself tries six times.
const TOKEN_CHANGED: u32 = 3;
/// So many rightly signed events from the future are no accident.
const CLOCK_BEHIND: u32 = 2;

/// Failed starts of the receiver, half a second apart, that are more than a bad moment.
const FAILED_STARTS: u32 = 3;

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
    use crate::snapshot::webhooks::Refusal;

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
