//! Which webhooks are needed, which are ours and which are good. Pure.

use lever::webhook::EventKind;
use lever::{Webhook, WebhookId};
use serde::{Deserialize, Serialize};
use transport::SecretString;

/// The events that tell of something worth a look.
const EVENTS: [EventKind; 8] = [
    EventKind::CandidateStageChange,
    EventKind::CandidateArchiveChange,
    EventKind::CandidateDeleted,
    EventKind::CandidateHired,
    EventKind::ApplicationCreated,
    EventKind::InterviewCreated,
    EventKind::InterviewUpdated,
    EventKind::InterviewDeleted,
];

/// A webhook that was made through the API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MadeWebhook {
    /// The id that Lever gave it.
    pub id: WebhookId,
    /// The name of its event.
    pub event: String,
    /// What its signing token makes of its id: tells which of the tokens in the keyring is its
    /// own, and tells nothing of the token.
    mark: String,
}

/// What a registration needs to know.
pub(crate) struct Registration {
    /// Where the webhooks have to lead.
    pub(crate) url: String,
    /// The secret in its path: what leads to it by another way was ours too.
    pub(crate) path: String,
    /// Those that were made before.
    pub(crate) made: Vec<MadeWebhook>,
    /// The signing tokens that are known.
    pub(crate) tokens: Vec<SecretString>,
}

/// What a registration keeps and what it creates.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) keep: Vec<MadeWebhook>,
    pub(super) make: Vec<EventKind>,
}

impl MadeWebhook {
    pub(super) fn new(webhook: &Webhook, token: &SecretString) -> Self {
        Self {
            id: webhook.id.clone(),
            event: webhook.event.to_string(),
            mark: mark(&webhook.id, token),
        }
    }

    /// Returns true if its events are signed with this token.
    #[must_use]
    pub fn is_signed_with(&self, token: &SecretString) -> bool {
        self.mark == mark(&self.id, token)
    }
}

/// A keyed hash of the id, with the token as the key, as Lever signs events (contracts/lever.md,
/// 5.3).
fn mark(id: &WebhookId, token: &SecretString) -> String {
    lever::webhook::sign(token, id.as_str(), 0)
}

impl Registration {
    pub(super) fn plan(&self, existing: &[Webhook]) -> Plan {
        let mut plan = Plan::default();
        for event in EVENTS {
            match existing.iter().find_map(|hook| self.good(hook, &event)) {
                Some(made) => plan.keep.push(made),
                None => plan.make.push(event),
            }
        }
        plan
    }

    /// A webhook as it should be, whose token we have: Lever shows it only once.
    fn good(&self, hook: &Webhook, event: &EventKind) -> Option<MadeWebhook> {
        let made = self.made.iter().find(|made| made.id == hook.id)?;
        let has_token = self.tokens.iter().any(|token| made.is_signed_with(token));
        (hook.event == *event && hook.url == self.url && has_token).then(|| made.clone())
    }

    /// Returns true if a webhook of ours that is not among the good ones can go: another one does its
    /// work, or it does none, since its token is unknown.
    pub(super) fn may_go(&self, hook: &Webhook, good: &[MadeWebhook]) -> bool {
        let is_good = good.iter().any(|made| made.id == hook.id);
        let event = hook.event.as_str();
        let is_replaced = good.iter().any(|made| made.event == event);
        let known = self.made.iter().find(|made| made.id == hook.id);
        let has_token =
            known.is_some_and(|made| self.tokens.iter().any(|token| made.is_signed_with(token)));
        !is_good && (is_replaced || !has_token)
    }

    /// Those of ours that came into being behind an unclear answer: their tokens are unknown.
    pub(super) fn unknown(
        &self,
        now: &[Webhook],
        before: &[Webhook],
        good: &[MadeWebhook],
    ) -> Vec<Row> {
        let is_new = |hook: &&Webhook| {
            before.iter().all(|known| known.id != hook.id)
                && good.iter().all(|made| made.id != hook.id)
        };
        let ours = now.iter().filter(|hook| self.is_ours(hook));
        ours.filter(is_new).map(Row::of).collect()
    }

    pub(super) fn is_ours(&self, hook: &Webhook) -> bool {
        let leads_here = hook.url.ends_with(&format!("/lever/{}", self.path));
        leads_here || self.made.iter().any(|made| made.id == hook.id)
    }
}

/// A webhook in Lever's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) id: WebhookId,
    pub(super) event: EventKind,
}

impl Row {
    pub(super) fn of(hook: &Webhook) -> Self {
        Self {
            id: hook.id.clone(),
            event: hook.event.clone(),
        }
    }

    pub(super) fn known(made: &MadeWebhook) -> Self {
        Self {
            id: made.id.clone(),
            event: EventKind::from(made.event.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use transport::ExposeSecret as _;

    use super::*;

    const URL: &str = "https://pad.example.com/lever/0123456789abcdef0123456789abcdef";

    fn hook(id: &str, event: EventKind, url: &str) -> Webhook {
        Webhook {
            id: WebhookId::new(id),
            event,
            url: url.to_owned(),
        }
    }

    fn token(of: &str) -> SecretString {
        format!("signing-token-of-{of}").into()
    }

    /// All eight, as they should be.
    fn whole() -> (Vec<Webhook>, Registration) {
        let hooks: Vec<Webhook> = EVENTS
            .into_iter()
            .map(|event| hook(event.as_str(), event.clone(), URL))
            .collect();
        let made = hooks
            .iter()
            .map(|hook| MadeWebhook::new(hook, &token(hook.id.as_str())));
        let registration = Registration {
            url: URL.to_owned(),
            path: "0123456789abcdef0123456789abcdef".to_owned(),
            made: made.collect(),
            tokens: hooks.iter().map(|hook| token(hook.id.as_str())).collect(),
        };
        (hooks, registration)
    }

    /// What goes when nothing could be made.
    fn of_no_use<'h>(registration: &Registration, hooks: &'h [Webhook]) -> Vec<&'h str> {
        let good = registration.plan(hooks).keep;
        let ours = hooks.iter().filter(|hook| registration.is_ours(hook));
        ours.filter(|hook| registration.may_go(hook, &good))
            .map(|hook| hook.id.as_str())
            .collect()
    }

    #[test]
    fn good_webhooks_are_kept_and_nothing_else_is_done() {
        let (hooks, registration) = whole();
        let plan = registration.plan(&hooks);
        assert_eq!(plan.keep, registration.made);
        assert_eq!(plan.make, vec![]);
        assert_eq!(of_no_use(&registration, &hooks), [""; 0]);
    }

    #[test]
    fn missing_webhooks_are_made_and_useless_ones_deleted() {
        let (mut hooks, mut registration) = whole();
        hooks.remove(0);
        hooks[0].url = "https://old.example.com/lever/0123456789abcdef0123456789abcdef".into();
        registration.tokens.remove(2);
        let twice = hook("twice", EventKind::CandidateHired, URL);
        hooks.push(twice);
        let plan = registration.plan(&hooks);
        assert_eq!(plan.make, EVENTS[..3], "gone, elsewhere, token lost");
        assert_eq!(plan.keep.len(), 5);
        assert_eq!(
            of_no_use(&registration, &hooks),
            ["candidateDeleted", "twice"],
            "what leads elsewhere stays until another one does its work"
        );
    }

    #[test]
    fn webhooks_of_others_are_left_alone() {
        let (mut hooks, registration) = whole();
        hooks.push(hook(
            "theirs",
            EventKind::CandidateHired,
            "https://other.example.com/hook",
        ));
        assert_eq!(of_no_use(&registration, &hooks), [""; 0]);
    }

    #[test]
    fn a_mark_shows_nothing_of_the_token() {
        let (_, registration) = whole();
        let written = serde_json::to_string(&registration.made).unwrap();
        for token in &registration.tokens {
            assert!(!written.contains(token.expose_secret()));
        }
        assert!(registration.made[0].is_signed_with(&registration.tokens[0]));
        assert!(!registration.made[0].is_signed_with(&registration.tokens[1]));
    }
}
