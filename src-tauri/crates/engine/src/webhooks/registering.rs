//! Webhooks that are made through Lever's API: which are needed, which are ours, which are good.

use exchange::SecretString;
use lever::webhook::EventKind;
use lever::{Client, Error, NewWebhook, Webhook, WebhookId};
use serde::{Deserialize, Serialize};

use crate::problem::Problem;
use crate::trouble::of_lever;

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
    /// Its id in Lever.
    pub id: WebhookId,
    /// The name of its event.
    pub event: String,
    /// What its signing token makes of its id: tells which of the tokens in the keyring is its
    /// own, and tells nothing of the token.
    mark: String,
}

/// What came of a registration.
#[derive(Debug, Default)]
pub struct Registered {
    /// The webhooks that lead here now.
    pub made: Vec<MadeWebhook>,
    /// The signing tokens of those that are new.
    pub new_tokens: Vec<SecretString>,
    /// Those that no longer exist: nobody signs with their tokens any more.
    pub gone: Vec<MadeWebhook>,
    /// Why it is not complete, if it isn't.
    pub problem: Option<Problem>,
}

/// What a registration needs to know.
pub(crate) struct Registration {
    /// Where the webhooks shall lead.
    pub(crate) url: String,
    /// The secret in its path: what leads to it by another way was ours too.
    pub(crate) path: String,
    /// Those that were made before.
    pub(crate) made: Vec<MadeWebhook>,
    /// The signing tokens that are known.
    pub(crate) tokens: Vec<SecretString>,
}

/// What is to be done.
#[derive(Debug, Default, PartialEq, Eq)]
struct Plan {
    keep: Vec<MadeWebhook>,
    make: Vec<EventKind>,
    delete: Vec<WebhookId>,
}

impl MadeWebhook {
    fn new(webhook: &Webhook, token: &SecretString) -> Self {
        Self {
            id: webhook.id.clone(),
            event: webhook.event.to_string(),
            mark: mark(&webhook.id, token),
        }
    }

    /// Whether its events are signed with this token.
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
    fn plan(&self, existing: &[Webhook]) -> Plan {
        let mut plan = Plan::default();
        for event in EVENTS {
            match existing.iter().find_map(|hook| self.good(hook, &event)) {
                Some(made) => plan.keep.push(made),
                None => plan.make.push(event),
            }
        }
        let is_kept = |hook: &Webhook| plan.keep.iter().any(|made| made.id == hook.id);
        plan.delete = existing
            .iter()
            .filter(|hook| self.is_ours(hook) && !is_kept(hook))
            .map(|hook| hook.id.clone())
            .collect();
        plan
    }

    /// A webhook as it should be, whose token we have: Lever never tells it again.
    fn good(&self, hook: &Webhook, event: &EventKind) -> Option<MadeWebhook> {
        let made = self.made.iter().find(|made| made.id == hook.id)?;
        let has_token = self.tokens.iter().any(|token| made.is_signed_with(token));
        (hook.event == *event && hook.url == self.url && has_token).then(|| made.clone())
    }

    fn is_ours(&self, hook: &Webhook) -> bool {
        let leads_here = hook.url.ends_with(&format!("/lever/{}", self.path));
        leads_here || self.made.iter().any(|made| made.id == hook.id)
    }
}

/// Makes what is missing, and only then deletes what is of no use: so that no event finds nobody.
///
/// # Errors
/// When nothing was changed.
pub(crate) async fn register(
    lever: &Client,
    registration: &Registration,
) -> Result<Registered, Problem> {
    let existing = lever.webhooks().await.map_err(|error| in_words(&error))?;
    let plan = registration.plan(&existing.rows);
    let is_kept = |made: &MadeWebhook| plan.keep.iter().any(|kept| kept.id == made.id);
    let before = registration.made.iter();
    let of_no_use: Vec<_> = before.filter(|made| !is_kept(made)).cloned().collect();
    let mut registered = Registered {
        made: plan.keep,
        ..Registered::default()
    };
    registered.problem = make(lever, registration, plan.make, &mut registered)
        .await
        .err();
    if registered.problem.is_none() {
        registered.problem = delete(lever, &plan.delete).await.err();
    }
    // What may still be there is still known.
    match registered.problem {
        None => registered.gone = of_no_use,
        Some(_) => registered.made.extend(of_no_use),
    }
    Ok(registered)
}

async fn make(
    lever: &Client,
    registration: &Registration,
    events: Vec<EventKind>,
    registered: &mut Registered,
) -> Result<(), Problem> {
    for event in events {
        let new = NewWebhook {
            url: registration.url.clone(),
            event,
            origins: Vec::new(),
        };
        // One that was made all the same, behind an unclear answer, is found and deleted the next
        // time: it leads here, and nobody has its token.
        let created = lever.create_webhook(&new).await;
        let created = created.map_err(|error| in_words(&error))?;
        let token = created.signature_token.ok_or_else(unsigned)?;
        registered
            .made
            .push(MadeWebhook::new(&created.webhook, &token));
        registered.new_tokens.push(token);
    }
    Ok(())
}

/// Deletes all that were made here, and gives them.
///
/// # Errors
/// When some may be left.
pub(crate) async fn unregister(
    lever: &Client,
    registration: &Registration,
) -> Result<Vec<MadeWebhook>, Problem> {
    let known = registration.made.iter().map(|made| made.id.clone());
    let ours = match lever.webhooks().await {
        Ok(existing) => existing
            .rows
            .iter()
            .filter(|hook| registration.is_ours(hook))
            .map(|hook| hook.id.clone())
            .collect(),
        // A key that may delete but not list: those that we know.
        Err(Error::NotAllowed { .. }) => known.collect::<Vec<_>>(),
        Err(error) => return Err(in_words(&error)),
    };
    delete(lever, &ours).await?;
    Ok(registration.made.clone())
}

async fn delete(lever: &Client, webhooks: &[WebhookId]) -> Result<(), Problem> {
    for id in webhooks {
        match lever.delete_webhook(id).await {
            Ok(()) | Err(Error::Gone { .. }) => {}
            Err(error) => return Err(in_words(&error)),
        }
    }
    Ok(())
}

fn in_words(error: &Error) -> Problem {
    let mut problem = of_lever(error).problem;
    if matches!(error, Error::Refused { .. }) {
        "Make the webhooks by hand in Lever’s settings instead.".clone_into(&mut problem.hint);
    }
    problem
}

fn unsigned() -> Problem {
    Problem::new(
        crate::problem::ProblemCode::NotTheService,
        "Lever made a webhook, but did not say what its events are signed with.",
        "Make the webhooks by hand in Lever’s settings, and add their signing tokens here.",
    )
}

#[cfg(test)]
mod tests {
    use exchange::ExposeSecret as _;

    use super::*;

    const URL: &str = "https://pad.example.com/lever/0123456789abcdef0123456789abcdef";

    fn hook(id: &str, event: EventKind, url: &str) -> Webhook {
        Webhook {
            id: WebhookId::new(id),
            event,
            url: url.to_owned(),
            origins: Vec::new(),
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

    #[test]
    fn what_is_good_is_kept_and_nothing_else_is_done() {
        let (hooks, registration) = whole();
        let plan = registration.plan(&hooks);
        assert_eq!(plan.keep, registration.made);
        assert_eq!((plan.make, plan.delete), (vec![], vec![]));
    }

    #[test]
    fn what_is_missing_is_made_and_what_is_of_no_use_is_deleted() {
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
            plan.delete,
            [
                WebhookId::new("candidateArchiveChange"),
                WebhookId::new("candidateDeleted"),
                WebhookId::new("twice")
            ]
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
        assert_eq!(registration.plan(&hooks).delete, []);
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
