//! `/webhooks`: where Lever sends its events. What it sends is in [`crate::webhook`].

use http::Method;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use transport::{ApiRoot, Idempotency, Listed, SecretString};

use super::Client;
use super::call::{Call, Subject};
use crate::lenient::{self, or_default};
use crate::webhook::EventKind;
use crate::{CreatedWebhook, Error, NewWebhook, Permission, Webhook, WebhookId};

impl Client {
    /// The webhooks that this key can see: those created through the API at least.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn webhooks(&self) -> Result<Listed<Webhook>, Error> {
        let raw: Listed<RawWebhook> = self.all(list(self.root())).await?;
        Ok(raw.map(|one| CreatedWebhook::from(one).webhook))
    }

    /// Registers a webhook and learns its signing token. Sent once: after an unclear answer, list
    /// the webhooks, delete this one and create another, since Lever never shows the token again.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn create_webhook(&self, webhook: &NewWebhook) -> Result<CreatedWebhook, Error> {
        let raw: RawWebhook = self.one(create(self.root(), webhook)).await?;
        Ok(raw.into())
    }

    /// Deletes a webhook that was created through the API.
    ///
    /// # Errors
    /// [`Error::Gone`] if it is deleted already; any other [`Error`].
    pub async fn delete_webhook(&self, id: &WebhookId) -> Result<(), Error> {
        self.done(delete(self.root(), id)).await
    }
}

const ALL: Subject = Subject::All("webhooks");

/// `GET /webhooks`
pub(super) fn list(root: &ApiRoot) -> Call {
    Call::read(root.at(&["webhooks"]), Permission::FindAllWebhooks, ALL)
}

/// `POST /webhooks`. Lever keeps a second one with the same address and event beside the first
/// (contracts/lever.md, 5.8).
fn create(root: &ApiRoot, webhook: &NewWebhook) -> Call {
    let needs = Permission::CreateAWebhook;
    let body = Body {
        url: &webhook.url,
        event: webhook.event.as_str(),
    };
    let url = root.at(&["webhooks"]);
    Call::write(Method::POST, url, Idempotency::NotIdempotent, needs, ALL).json(&body)
}

/// `DELETE /webhooks/:id`
fn delete(root: &ApiRoot, id: &WebhookId) -> Call {
    let url = root.at(&["webhooks", id.as_str()]);
    let subject = Subject::Thing("webhook");
    let needs = Permission::DeleteAWebhook;
    Call::write(Method::DELETE, url, Idempotency::Idempotent, needs, subject)
}

#[derive(Serialize)]
struct Body<'a> {
    url: &'a str,
    event: &'a str,
}

/// The object as it comes: once more within `data` by Lever's sample of a creation, but not in
/// practice (contracts/lever.md, 5.8).
#[derive(Deserialize)]
#[serde(try_from = "Value")]
struct RawWebhook(Plain);

#[derive(Deserialize)]
struct Plain {
    id: WebhookId,
    #[serde(default, deserialize_with = "or_default")]
    event: String,
    #[serde(default, deserialize_with = "or_default")]
    url: String,
    #[serde(default, deserialize_with = "or_default")]
    configuration: Configuration,
    #[serde(
        default,
        rename = "signatureToken",
        deserialize_with = "lenient::named"
    )]
    signature_token: Option<String>,
}

#[derive(Deserialize, Default)]
struct Configuration {
    #[serde(
        default,
        rename = "signatureToken",
        deserialize_with = "lenient::named"
    )]
    signature_token: Option<String>,
}

impl TryFrom<Value> for RawWebhook {
    type Error = serde_json::Error;

    fn try_from(mut raw: Value) -> Result<Self, serde_json::Error> {
        while raw.get("id").is_none() {
            match raw.get_mut("data") {
                Some(inner) if inner.is_object() => raw = inner.take(),
                _ => break,
            }
        }
        serde_json::from_value(raw).map(Self)
    }
}

impl From<RawWebhook> for CreatedWebhook {
    fn from(RawWebhook(raw): RawWebhook) -> Self {
        let token = raw.configuration.signature_token.or(raw.signature_token);
        let webhook = Webhook {
            id: raw.id,
            event: EventKind::from(raw.event.as_str()),
            url: raw.url,
        };
        Self {
            webhook,
            signature_token: token.map(SecretString::from),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::client::call::tests::{body, line, root};

    #[test]
    fn a_webhook_is_created_once() {
        let new = NewWebhook {
            url: "https://hooks.example.com/lever/x".into(),
            event: EventKind::CandidateStageChange,
        };
        let expected = json!({"url": new.url, "event": "candidateStageChange"});
        let call = create(&root(), &new);
        assert_eq!(line(&call), "POST /webhooks");
        assert_eq!(call.request.idempotency, Idempotency::NotIdempotent);
        assert_eq!(body(&call), expected);
    }

    #[test]
    fn webhooks_are_listed_and_deleted_by_id() {
        assert_eq!(line(&list(&root())), "GET /webhooks");
        let call = delete(&root(), &WebhookId::new("w-1"));
        assert_eq!(line(&call), "DELETE /webhooks/w-1");
        assert_eq!(call.request.idempotency, Idempotency::Idempotent);
    }
}
