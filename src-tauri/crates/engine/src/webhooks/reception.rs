//! What the owner knows of the webhooks.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use padwatch_receiver::{Health, Refusal};
use tokio::sync::Semaphore;

use super::symptoms::{Symptoms, refused};
use super::{DeliveryHealth, Kept};
use crate::snapshot::webhooks::{WebhookPlace, WebhookState, WebhookStatus, WebhookTest};
use padwatch_domain::problem::Problem;
use padwatch_ledger::Stored;

/// What the owner knows of the webhooks.
pub(crate) struct Reception {
    /// What is kept from one start to the next.
    pub(crate) kept: Kept,
    /// What was kept can't be read: webhooks are off until the user chooses again.
    pub(crate) is_unreadable: bool,
    /// The receiver's health, as it last said.
    pub(crate) health: Health,
    /// How well events are delivered.
    pub(crate) deliveries: DeliveryHealth,
    /// When the last signed event came, of this run of the program or an earlier one.
    pub(crate) last_event_ms: Option<i64>,
    /// One change of the webhooks in Lever at a time: two would each make all of them.
    pub(crate) one_at_a_time: Arc<Semaphore>,
    /// True if the last one found that none is left there.
    pub(crate) none_left: Arc<AtomicBool>,
    /// Wrong signatures in a row from before the signing tokens changed.
    forgiven: u32,
}

/// What [`Reception::status`] needs context.
pub(crate) struct StatusContext {
    /// How many signing tokens there are.
    pub(crate) signing_tokens: usize,
    /// How many hints wait.
    pub(crate) waiting: usize,
    /// How often Lever is asked.
    pub(crate) asks_every: Duration,
}

impl Reception {
    /// As the ledger has it.
    pub(crate) fn new(stored: Stored<Kept>, last_event_ms: Option<i64>, _now: Duration) -> Self {
        Self {
            is_unreadable: stored.is_unreadable(),
            kept: stored
                .or_when_unreadable(Kept::default())
                .unwrap_or_default(),
            health: Health::default(),
            deliveries: DeliveryHealth::default(),
            last_event_ms,
            one_at_a_time: Arc::new(Semaphore::new(1)),
            none_left: Arc::default(),
            forgiven: 0,
        }
    }

    /// What is wrong although nothing else shows it.
    pub(crate) fn problem(&self) -> Option<Problem> {
        self.is_unreadable
            .then_some(Problem::WebhookSettingsUnreadable)
    }

    /// Takes the receiver's health. Returns true if what is kept has changed with it.
    pub(super) fn update(&mut self, health: Health, now: Duration, now_ms: i64) -> bool {
        let before = std::mem::replace(&mut self.health, health);
        let health = &self.health;
        let mut changed = false;
        if let Some(port) = health.port.filter(|_| self.kept.on) {
            self.deliveries.listening(now_ms);
            if self.kept.port != Some(port) {
                self.kept.port_changed_from = health.port_changed_from;
                self.kept.port = Some(port);
                changed = true;
            }
        }
        if health.wrong_signatures_in_a_row < self.forgiven {
            self.forgiven = 0;
        }
        let is_new_event =
            health.last_event_ms.is_some() && health.last_event_ms != before.last_event_ms;
        if is_new_event {
            self.last_event_ms = health.last_event_ms;
            self.deliveries.received(now);
        }
        let verified_ms = health.last_test.filter(|test| test.verified);
        let verified_ms = verified_ms.map(|test| test.at_ms);
        if verified_ms.is_some() && verified_ms != self.kept.verified_ms {
            self.kept.verified_ms = verified_ms;
            changed = true;
        }
        // A receiver that was just started knows of no press yet.
        let is_new_test = health.last_test.is_some() && health.last_test != before.last_test;
        let tunnel_knows = is_new_event || is_new_test;
        if tunnel_knows && self.kept.port_changed_from.take().is_some() {
            changed = true;
        }
        changed
    }

    /// Other signing tokens are known from now on: what didn't fit the old ones tells nothing.
    pub(super) fn tokens_changed(&mut self) {
        self.forgiven = self.health.wrong_signatures_in_a_row;
    }

    /// How webhooks are doing, in a word.
    pub(crate) fn state(&self, has_token: bool, now: Duration) -> WebhookState {
        if !self.kept.on {
            return WebhookState::Off;
        }
        let unchecked = self.health.refused.contains_key(&Refusal::NoSigningToken);
        let has_no_port = self.health.port.is_none();
        let symptoms = Symptoms {
            failed_starts: if has_no_port { self.health.restarts } else { 0 },
            wrong_signatures: self
                .health
                .wrong_signatures_in_a_row
                .saturating_sub(self.forgiven),
            from_the_future: self.health.from_the_future_in_a_row,
            is_without_token: unchecked && !has_token,
            port_changed: self.kept.port.zip(self.kept.port_changed_from),
            is_overdue: self.deliveries.is_overdue(),
        };
        match symptoms.trouble() {
            Some(trouble) => WebhookState::Troubled { trouble },
            None if self.deliveries.is_healthy(now) => WebhookState::Arriving,
            None => WebhookState::Waiting,
        }
    }

    /// Everything that a person may want to see.
    pub(crate) fn status(&self, context: &StatusContext, now: Duration) -> WebhookStatus {
        let kept = &self.kept;
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let listens = self.health.port.is_some() && kept.on;
        let test = self.health.last_test.map(|test| WebhookTest {
            at_ms: test.at_ms,
            verified: test.verified,
        });
        let verified_before = kept.verified_ms.map(|at_ms| WebhookTest {
            at_ms,
            verified: true,
        });
        let url = kept.url();
        WebhookStatus {
            state: self.state(context.signing_tokens > 0, now),
            place: WebhookPlace {
                public_address: kept.public_address.clone(),
                url: url.clone(),
                local_url: kept.local_url().filter(|_| listens),
                port: kept.port,
                port_changed_from: kept.port_changed_from,
            },
            signing_tokens: count(context.signing_tokens),
            made: kept.made.iter().map(|made| made.event.clone()).collect(),
            made_for_another_address: !kept.made.is_empty() && kept.made_for != url,
            last_event_ms: self.last_event_ms,
            last_test: test.or(verified_before),
            accepted: self.health.accepted,
            refused: refused(&self.health),
            waiting: count(context.waiting),
            restarts: self.health.restarts,
            last_restart_ms: self.health.last_restart_ms,
            asks_every_seconds: u32::try_from(context.asks_every.as_secs()).unwrap_or(u32::MAX),
        }
    }

    /// The receiver is switched off: what it last said no longer holds.
    pub(super) fn not_listening(&mut self) {
        self.health = Health::default();
        self.deliveries.not_listening();
        self.forgiven = 0;
    }
}

#[cfg(test)]
mod tests {
    use padwatch_receiver::Test;

    use super::*;
    use crate::snapshot::webhooks::WebhookTrouble;

    const NOW: Duration = Duration::from_secs(9);
    const MOVED: WebhookTrouble = WebhookTrouble::PortChanged {
        port: 4001,
        before: 4000,
    };

    fn switched_on() -> Reception {
        let kept = Kept {
            on: true,
            ..Kept::default()
        };
        Reception::new(Stored::Read(kept), None, NOW)
    }

    fn listening_on(port: u16) -> Health {
        Health {
            port: Some(port),
            ..Health::default()
        }
    }

    fn trouble(reception: &Reception) -> Option<WebhookTrouble> {
        match reception.state(true, NOW) {
            WebhookState::Troubled { trouble } => Some(trouble),
            _ => None,
        }
    }

    #[test]
    fn a_changed_port_shows_until_something_comes_by_the_tunnel() {
        let mut reception = switched_on();
        assert!(reception.update(listening_on(4000), NOW, 1), "to be kept");
        assert!(!reception.update(listening_on(4000), NOW, 2));
        let moved = Health {
            port_changed_from: Some(4000),
            ..listening_on(4001)
        };
        assert!(reception.update(moved.clone(), NOW, 3));
        assert_eq!(trouble(&reception), Some(MOVED));
        let tested = Health {
            last_test: Some(Test {
                at_ms: 4,
                verified: true,
            }),
            ..moved
        };
        assert!(reception.update(tested.clone(), NOW, 4));
        assert_eq!(trouble(&reception), None);
        assert!(!reception.update(tested, NOW, 5), "it isn't said again");
        assert_eq!(trouble(&reception), None);
    }

    #[test]
    fn a_changed_port_shows_although_the_old_one_was_tested() {
        let mut reception = switched_on();
        let tested = Health {
            last_test: Some(Test {
                at_ms: 1,
                verified: true,
            }),
            ..listening_on(4000)
        };
        reception.update(tested, NOW, 1);
        let moved = Health {
            port_changed_from: Some(4000),
            ..listening_on(4001)
        };
        reception.update(moved, NOW, 2);
        assert_eq!(trouble(&reception), Some(MOVED));
    }

    #[test]
    fn wrong_signatures_are_forgotten_when_another_token_is_known() {
        let mut reception = switched_on();
        let wrong = |count| Health {
            wrong_signatures_in_a_row: count,
            ..listening_on(4000)
        };
        reception.update(wrong(5), NOW, 1);
        assert_eq!(trouble(&reception), Some(WebhookTrouble::TokenChanged));
        reception.tokens_changed();
        assert_eq!(trouble(&reception), None);
        reception.update(wrong(8), NOW, 2);
        assert_eq!(trouble(&reception), Some(WebhookTrouble::TokenChanged));
        reception.update(wrong(0), NOW, 3);
        reception.update(wrong(3), NOW, 4);
        assert_eq!(trouble(&reception), Some(WebhookTrouble::TokenChanged));
    }

    #[test]
    fn a_receiver_without_a_port_shows_until_it_has_one() {
        let mut reception = switched_on();
        let without_port = |restarts| Health {
            restarts,
            ..Health::default()
        };
        reception.update(without_port(1), NOW, 1);
        assert_eq!(trouble(&reception), None, "a bad moment");
        reception.update(without_port(3), NOW, 2);
        assert_eq!(trouble(&reception), Some(WebhookTrouble::CannotListen));
        let found = Health {
            restarts: 3,
            ..listening_on(4000)
        };
        reception.update(found, NOW, 3);
        assert_eq!(trouble(&reception), None);
    }

    #[test]
    fn an_event_makes_deliveries_healthy_and_is_remembered() {
        let mut reception = switched_on();
        assert_eq!(reception.state(true, NOW), WebhookState::Waiting);
        let heard = Health {
            last_event_ms: Some(77),
            ..listening_on(4000)
        };
        reception.update(heard, NOW, 78);
        assert_eq!(reception.state(true, NOW), WebhookState::Arriving);
        assert_eq!(reception.last_event_ms, Some(77));
    }
}
