//! Webhooks as they are registered with Lever (contracts/lever.md, 5.8).

use transport::SecretString;

use super::event::EventKind;
use crate::WebhookId;

/// A registered webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// What [`crate::Client::delete_webhook`] takes.
    pub id: WebhookId,
    /// The one kind of event that it brings.
    pub event: EventKind,
    /// Where Lever sends it.
    pub url: String,
}

/// A webhook to register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWebhook {
    /// Where Lever sends it. Lever takes https alone.
    pub url: String,
    /// The one kind of event that it brings.
    pub event: EventKind,
}

/// A webhook that was just registered.
#[derive(Debug, Clone)]
pub struct CreatedWebhook {
    /// As Lever lists it from now on.
    pub webhook: Webhook,
    /// What its events will be signed with. Lever never shows it again.
    pub signature_token: Option<SecretString>,
}
