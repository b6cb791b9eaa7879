//! Webhooks: on and off, their tokens, and those that are made through the API.

use padwatch_domain::problem::Problem;
use padwatch_engine::webhooks::WebhookChoice;
use padwatch_engine::{Answer, Handle};
use serde::Serialize;
use transport::SecretString;
use ts_rs::TS;

use crate::desktop::Desktop;
use crate::dto::convert::convert;
use crate::dto::webhooks::WebhookStatus;
use crate::signing_tokens;
use crate::tunnels::{Tunnel, installed};

/// Everything about webhooks that a person may want to see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Webhooks {
    /// How they are doing.
    #[serde(flatten)]
    pub status: WebhookStatus,
    /// The tunnels that are installed on this computer.
    pub tunnels: Vec<Tunnel>,
}

pub(crate) async fn status(engine: &Handle, desktop: &dyn Desktop) -> Answer<Webhooks> {
    let status: WebhookStatus = convert(engine.webhook_status().await?);
    let tunnels = status.place.port.map(|port| installed(desktop, port));
    Ok(Webhooks {
        status,
        tunnels: tunnels.unwrap_or_default(),
    })
}

/// Switches them on or off. What was made in Lever is taken out again with them.
pub(crate) async fn set(
    engine: &Handle,
    desktop: &dyn Desktop,
    on: bool,
    public_address: String,
) -> Answer<Webhooks> {
    let choice = WebhookChoice {
        on,
        public_address,
        port: None,
    };
    engine.choose_webhooks(choice).await?;
    if !on {
        return remove(engine, desktop).await;
    }
    status(engine, desktop).await
}

pub(crate) async fn add_token(
    engine: &Handle,
    desktop: &dyn Desktop,
    pasted: &SecretString,
) -> Answer<Webhooks> {
    signing_tokens::add(engine, desktop, pasted).await?;
    status(engine, desktop).await
}

pub(crate) async fn delete_tokens(engine: &Handle, desktop: &dyn Desktop) -> Answer<Webhooks> {
    signing_tokens::delete(engine, desktop).await?;
    status(engine, desktop).await
}

/// Makes or fixes the webhooks in Lever. Their tokens are told once, so they are stored whatever
/// else goes wrong.
pub(crate) async fn set_up(engine: &Handle, desktop: &dyn Desktop) -> Answer<Webhooks> {
    // Before anything is made: a keyring that can't be read now could not store the tokens either.
    signing_tokens::load_signing_tokens(desktop).await?;
    let registered = engine.register_webhooks().await?;
    signing_tokens::exchange(engine, desktop, registered.new_tokens, &registered.gone).await?;
    engine.webhooks_registered(registered.made).await?;
    match registered.problem {
        Some(problem) => Err(problem),
        None => status(engine, desktop).await,
    }
}

/// Takes the webhooks that were made here out of Lever, and their tokens out of the keyring.
pub(crate) async fn remove(engine: &Handle, desktop: &dyn Desktop) -> Answer<Webhooks> {
    let gone = engine.unregister_webhooks().await?;
    signing_tokens::exchange(engine, desktop, Vec::new(), &gone).await?;
    engine.webhooks_registered(Vec::new()).await?;
    status(engine, desktop).await
}

/// Before everything is forgotten: what is left in Lever would continue sending. Says what could not be
/// removed; it is forgotten here all the same.
pub(crate) async fn remove_before_forgetting(engine: &Handle) -> Option<Problem> {
    engine.unregister_webhooks().await.err()
}
