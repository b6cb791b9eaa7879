//! Webhooks: which there are, and the API that makes them (contracts/lever.md, 5.1, 5.7, 5.8).

use std::collections::BTreeSet;

use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::{Host, Url};

use super::Lever;
use super::call::{Call, Outcome, created, gone};
use super::delivery::{Deliveries, Manners};
use super::refusal::Refusal;
use crate::answer;
use crate::ids::{Ids, OpportunityId, WebhookId};
use crate::moment::Moment;

const ORIGINS: &[&str] = &[
    "applied",
    "sourced",
    "referred",
    "university",
    "internal",
    "agency",
];

/// What Lever tells about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Event {
    /// A candidate was moved to another stage.
    #[serde(rename = "candidateStageChange")]
    StageChange,
    /// A candidate was archived, or taken out of the archive.
    #[serde(rename = "candidateArchiveChange")]
    ArchiveChange,
    /// A candidate was hired.
    #[serde(rename = "candidateHired")]
    Hired,
    /// A candidate was deleted.
    #[serde(rename = "candidateDeleted")]
    Deleted,
    /// A candidate applied.
    #[serde(rename = "applicationCreated")]
    ApplicationCreated,
    /// An interview was scheduled.
    #[serde(rename = "interviewCreated")]
    InterviewCreated,
    /// An interview was changed.
    #[serde(rename = "interviewUpdated")]
    InterviewUpdated,
    /// An interview was removed.
    #[serde(rename = "interviewDeleted")]
    InterviewDeleted,
    /// A person is new.
    #[serde(rename = "contactCreated")]
    ContactCreated,
    /// A person was changed.
    #[serde(rename = "contactUpdated")]
    ContactUpdated,
}

/// One address that is told about one kind of event.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// What it is told about.
    pub event: Event,
    /// Where.
    pub url: String,
    /// Only candidacies of these origins; all, for events that know no condition.
    pub origins: Option<Vec<String>>,
    /// What its deliveries are signed with: 48 hex digits, used as text.
    pub signature_token: String,
    /// Made with a key. Only such webhooks are seen and changed by one.
    pub by_key: bool,
    /// ms since the epoch.
    pub created_at: i64,
    /// ms since the epoch.
    pub updated_at: i64,
}

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

#[derive(Deserialize)]
struct Configuration {
    conditions: Option<Conditions>,
}

#[derive(Deserialize)]
struct Conditions {
    origins: Option<Vec<String>>,
}

impl Event {
    fn knows_conditions(self) -> bool {
        matches!(
            self,
            Self::StageChange | Self::ArchiveChange | Self::Hired | Self::ApplicationCreated
        )
    }
}

impl Webhook {
    /// A new one, with a token of its own.
    pub(crate) fn new(event: Event, url: String, by_key: bool, now: i64, ids: &mut Ids) -> Self {
        let all = || ORIGINS.iter().map(|origin| (*origin).to_owned()).collect();
        Self {
            id: WebhookId::from(ids.uuid()),
            event,
            url,
            origins: event.knows_conditions().then(all),
            signature_token: ids.hex(24),
            by_key,
            created_at: now,
            updated_at: now,
        }
    }

    /// As the API shows it. The token is shown once, when it is made.
    fn shown(&self, with_token: bool) -> Value {
        let mut configuration = serde_json::Map::new();
        if let Some(origins) = &self.origins {
            configuration.insert("conditions".to_owned(), json!({ "origins": origins }));
        }
        if with_token {
            configuration.insert("signatureToken".to_owned(), json!(self.signature_token));
        }
        json!({ "id": self.id, "event": self.event, "url": self.url, "configuration": configuration,
                "createdAt": self.created_at, "updatedAt": self.updated_at })
    }

    fn configure(&mut self, configuration: Option<Configuration>) {
        let wanted = configuration.and_then(|given| given.conditions?.origins);
        if let (Some(wanted), true) = (wanted, self.event.knows_conditions()) {
            self.origins = Some(wanted);
        }
    }
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
