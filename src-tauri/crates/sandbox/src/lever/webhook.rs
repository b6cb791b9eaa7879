//! One webhook, and what it is called for.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::ids::{Ids, WebhookId};

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
    pub(super) fn shown(&self, with_token: bool) -> Value {
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

    pub(super) fn configure(&mut self, configuration: Option<Configuration>) {
        let wanted = configuration.and_then(|given| given.conditions?.origins);
        if let (Some(wanted), true) = (wanted, self.event.knows_conditions()) {
            self.origins = Some(wanted);
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Configuration {
    pub(super) conditions: Option<Conditions>,
}

#[derive(Deserialize)]
pub(super) struct Conditions {
    pub(super) origins: Option<Vec<String>>,
}
