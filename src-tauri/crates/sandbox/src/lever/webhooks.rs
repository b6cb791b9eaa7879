//! Webhooks: which there are, and the API that makes them (contracts/lever.md, 5.1, 5.7, 5.8).

use super::webhook::{Configuration, Event, Webhook};
use std::collections::BTreeSet;

use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use url::{Host, Url};

use super::Lever;
use super::call::{Call, Outcome, created, gone};
use super::delivery::{Deliveries, Manners};
use super::refusal::Refusal;
use crate::answer;
use crate::ids::{Moment, OpportunityId};

/// All webhooks of an account.
#[derive(Debug, Default)]
pub struct Webhooks {
    /// In the order in which they were made.
    pub hooks: Vec<Webhook>,
    /// The groups of events that a Super Admin has switched on. Nothing is sent without.
    pub switched_on: BTreeSet<Event>,
    /// What was sent, and is to be.
    pub deliveries: Deliveries,
    /// How they are sent.
    pub manners: Manners,
}

#[derive(Deserialize)]
struct NewWebhook {
    url: String,
    event: Event,
    configuration: Option<Configuration>,
}

impl Lever {
    /// Plans a delivery to every webhook that the event concerns.
    pub(crate) fn tell(
        &mut self,
        event: Event,
        id: &OpportunityId,
        data: Value,
        moment: &mut Moment<'_>,
    ) {
        let Some(opportunity) = self.opportunities.get(id) else {
            return;
        };
        if !self.webhooks.switched_on.contains(&event) {
            return;
        }
        let mut whole =
            json!({ "opportunityId": id, "candidateId": id, "contactId": opportunity.contact });
        if let (Some(fields), Value::Object(more)) = (whole.as_object_mut(), data) {
            fields.extend(more);
        }
        let fits = |hook: &&Webhook| {
            hook.event == event
                && hook
                    .origins
                    .as_ref()
                    .is_none_or(|origins| origins.contains(&opportunity.origin))
        };
        let Webhooks {
            hooks,
            deliveries,
            manners,
            ..
        } = &mut self.webhooks;
        for hook in hooks.iter().filter(fits) {
            deliveries.plan(hook, event, whole.clone(), manners, moment);
        }
    }
}

/// https alone is taken, and this computer itself where the switch says so.
fn checked(call: &Call<'_, '_>, url: &str) -> Result<(), Refusal> {
    let parsed = Url::parse(url).map_err(|_| Refusal::bad("url is not a valid URL"))?;
    let loopback = match parsed.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    let plain = loopback && call.lever.switches.webhooks_on_loopback && parsed.scheme() == "http";
    if parsed.scheme() == "https" || plain {
        return Ok(());
    }
    Err(Refusal::bad("url must use https"))
}

pub(super) fn list(call: &mut Call<'_, '_>, _: &[&str]) -> Outcome {
    let made = call.lever.webhooks.hooks.iter().filter(|hook| hook.by_key);
    let rows: Vec<Value> = made.map(|hook| hook.shown(false)).collect();
    Ok(answer::json(StatusCode::OK, &json!({ "data": rows })))
}

pub(super) fn create(call: &mut Call<'_, '_>, _: &[&str]) -> Outcome {
    let new: NewWebhook = call.body()?;
    checked(call, &new.url)?;
    let mut hook = Webhook::new(new.event, new.url, true, call.moment.now, call.moment.ids);
    hook.configure(new.configuration);
    let data = hook.shown(true);
    call.lever.webhooks.hooks.push(hook);
    call.lever.touched();
    Ok(created(&data))
}

pub(super) fn delete(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    let id = path.last().copied().unwrap_or_default();
    known(call, id)?;
    call.lever
        .webhooks
        .hooks
        .retain(|hook| hook.id.as_str() != id);
    call.lever.touched();
    Ok(gone())
}

fn known(call: &Call<'_, '_>, id: &str) -> Result<(), Refusal> {
    let found = call
        .lever
        .webhooks
        .hooks
        .iter()
        .find(|hook| hook.id.as_str() == id);
    match found {
        Some(hook) if hook.by_key => Ok(()),
        Some(_) => Err(Refusal::bad("This webhook was created in the settings.")),
        None => Err(Refusal::NotFound("webhooks", id.to_owned())),
    }
}
