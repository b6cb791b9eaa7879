//! Webhooks as they are registered with Lever. What they bring is in [`crate::webhook`].

use serde::Deserialize;
use serde_json::{Value, json};
use transport::SecretString;

use crate::WebhookId;
use crate::lenient::{self, or_default};
use crate::webhook::EventKind;

/// A registered webhook (contracts/lever.md, 5.8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// The event it is for.
    pub event: EventKind,
    /// Where Lever sends it.
    pub url: String,
    /// Only for opportunities that came in one of these ways; empty where Lever names none.
    pub origins: Vec<String>,
}

/// A webhook to register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWebhook {
    /// Where Lever shall send it. Lever takes https alone.
    pub url: String,
    /// The event it is for.
    pub event: EventKind,
    /// Only for opportunities that came in one of these ways; empty for all.
    pub origins: Vec<String>,
}

/// A webhook that was just registered.
#[derive(Debug, Clone)]
pub struct CreatedWebhook {
    /// The webhook.
    pub webhook: Webhook,
    /// What its events will be signed with. Lever never tells it again.
    pub signature_token: Option<SecretString>,
}

impl NewWebhook {
    pub(crate) fn to_json(&self) -> Value {
        let mut body = json!({ "url": self.url, "event": self.event.as_str() });
        if let (false, Value::Object(fields)) = (self.origins.is_empty(), &mut body) {
            let configuration = json!({ "conditions": { "origins": self.origins } });
            fields.insert("configuration".to_owned(), configuration);
        }
        body
    }
}

/// The object as it comes: by Lever's sample of a creation once more within `data`, in truth not
/// (contracts/lever.md, 5.8).
#[derive(Deserialize)]
#[serde(try_from = "Value")]
pub(crate) struct Told(Plain);

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

impl TryFrom<Value> for Told {
    type Error = serde_json::Error;

    fn try_from(mut told: Value) -> Result<Self, serde_json::Error> {
        while told.get("id").is_none() {
            match told.get_mut("data") {
                Some(inner) if inner.is_object() => told = inner.take(),
                _ => break,
            }
        }
        serde_json::from_value(told).map(Self)
    }
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Configuration {
    #[serde(default, deserialize_with = "or_default")]
    conditions: Conditions,
    #[serde(default, deserialize_with = "lenient::named")]
    signature_token: Option<String>,
}

#[derive(Deserialize, Default)]
struct Conditions {
    #[serde(default, deserialize_with = "lenient::list")]
    origins: Vec<String>,
}

impl From<Told> for CreatedWebhook {
    fn from(Told(told): Told) -> Self {
        let token = told.configuration.signature_token.or(told.signature_token);
        let webhook = Webhook {
            id: told.id,
            event: EventKind::from(told.event.as_str()),
            url: told.url,
            origins: told.configuration.conditions.origins,
        };
        Self {
            webhook,
            signature_token: token.map(SecretString::from),
        }
    }
}
