//! Lever's settings for webhooks: `GET` and `POST …/api/webhooks`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::fields::{flag, number};
use crate::ids::{OpportunityId, WebhookId};
use crate::lever::delivery::{Flaw, Manners};
use crate::lever::webhook::{Event, Webhook};
use crate::world::World;

/// One thing to do in the settings. As JSON an object with `do` and the fields:
/// `{"do":"verify","webhook":"…"}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[allow(missing_docs, reason = "the names of the fields say what they are")]
pub enum WebhookCommand {
    /// Adds a webhook. Gives `webhook` and `signatureToken`.
    Add {
        /// What it is told about.
        event: Event,
        /// Where.
        url: String,
    },
    /// Removes a webhook.
    Delete { webhook: WebhookId },
    /// Switches a group of events on or off, as a Super Admin does.
    SwitchEvents {
        /// The group.
        event: Event,
        /// Whether its events are sent.
        #[serde(deserialize_with = "flag")]
        on: bool,
    },
    /// Says how deliveries are made from now on.
    SetManners {
        /// Those that are left out are as at the start.
        manners: Manners,
    },
    /// Presses Verify. Gives `delivery`.
    Verify { webhook: WebhookId },
    /// Sends something that a receiver must not believe. Gives `delivery`.
    SendFlawed {
        webhook: WebhookId,
        /// What is wrong with it.
        flaw: Flaw,
        /// The candidate that it names.
        opportunity: Option<OpportunityId>,
    },
    /// Presses Rerun.
    Rerun {
        #[serde(deserialize_with = "number")]
        delivery: u64,
    },
    /// Makes a new token for a webhook. Gives `signatureToken`.
    RenewToken { webhook: WebhookId },
}

impl WebhookCommand {
    /// Does it.
    ///
    /// # Errors
    /// In words, when there is no such webhook or delivery.
    pub fn obey(self, world: &mut World) -> Result<Value, String> {
        let (lever, mut moment) = world.lever_and_moment();
        let hooks = &mut lever.webhooks;
        match self {
            Self::Add { event, url } => {
                let hook = Webhook::new(event, url, false, moment.now, moment.ids);
                let made = json!({ "webhook": hook.id, "signatureToken": hook.signature_token });
                hooks.hooks.push(hook);
                return Ok(made);
            }
            Self::Delete { webhook } => hooks.hooks.retain(|hook| hook.id != webhook),
            Self::SwitchEvents { event, on: true } => drop(hooks.switched_on.insert(event)),
            Self::SwitchEvents { event, on: false } => drop(hooks.switched_on.remove(&event)),
            Self::SetManners { manners } => hooks.manners = manners,
            Self::Verify { webhook } => {
                let hook = find(&mut hooks.hooks, &webhook)?;
                return Ok(json!({ "delivery": hooks.deliveries.verify(hook, &mut moment) }));
            }
            Self::SendFlawed {
                webhook,
                flaw,
                opportunity,
            } => {
                let hook = find(&mut hooks.hooks, &webhook)?;
                let data = json!({ "opportunityId": opportunity, "candidateId": opportunity });
                let sent = hooks.deliveries.flawed(hook, flaw, data, &mut moment);
                return Ok(json!({ "delivery": sent }));
            }
            Self::Rerun { delivery } => {
                if !hooks.deliveries.rerun(delivery, moment.now) {
                    return Err(format!("there is no delivery {delivery}"));
                }
            }
            Self::RenewToken { webhook } => {
                let token = moment.ids.hex(24);
                find(&mut hooks.hooks, &webhook)?
                    .signature_token
                    .clone_from(&token);
                return Ok(json!({ "signatureToken": token }));
            }
        }
        Ok(json!({}))
    }
}

fn find<'w>(hooks: &'w mut [Webhook], id: &WebhookId) -> Result<&'w mut Webhook, String> {
    let found = hooks.iter_mut().find(|hook| &hook.id == id);
    found.ok_or_else(|| format!("there is no webhook {id}"))
}

/// Webhooks with their tokens, what is switched on, and the deliveries, for scripts.
pub(super) fn shown(world: &World) -> Value {
    let hooks = &world.lever.webhooks;
    let deliveries: Vec<Value> = hooks
        .deliveries
        .iter()
        .map(|delivery| json!(delivery))
        .collect();
    json!({ "webhooks": hooks.hooks, "switchedOn": hooks.switched_on, "manners": hooks.manners,
            "deliveries": deliveries })
}
