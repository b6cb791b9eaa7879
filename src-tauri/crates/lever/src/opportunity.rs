use serde::Deserialize;
use serde_json::Value;

use crate::lenient::{self, Reference, or_default, short};
use crate::{ArchiveReasonId, ContactId, OpportunityId, PostingId, StageId, UserId};

/// One person's candidacy for one job, as Lever tells it (contracts/lever.md, 3.3).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "Told")]
pub struct Opportunity {
    /// Its id.
    pub id: OpportunityId,
    /// The person. Links, e-mail addresses and the name belong to it, and show on all its
    /// opportunities.
    pub contact: Option<ContactId>,
    /// The person's name. May be empty.
    pub name: String,
    /// Where the person works or worked. May be empty.
    pub headline: String,
    /// The stage it is in, or was in when it was archived.
    pub stage: Option<StageId>,
    /// What that stage is called, where Lever said it along with the id.
    pub stage_text: Option<String>,
    /// Its own tags and those of its posting.
    pub tags: Vec<String>,
    /// The person's links, as they were added.
    pub links: Vec<String>,
    /// The person's e-mail addresses.
    pub emails: Vec<String>,
    /// Who is in charge of it.
    pub owner: Option<UserId>,
    /// What the owner is called, where Lever said it along with the id.
    pub owner_name: Option<String>,
    /// Who follows it.
    pub followers: Vec<UserId>,
    /// The job. `None` without an application, or where the applications came as bare ids.
    pub posting: Option<PostingId>,
    /// Set once it is archived, whatever stage it shows.
    pub archived: Option<Archived>,
    /// When it was created, in ms since the epoch.
    pub created_at_ms: Option<i64>,
    /// When it last changed, in ms since the epoch. Missing for many older ones.
    pub updated_at_ms: Option<i64>,
    /// When it came to its stage, in ms since the epoch.
    pub last_advanced_at_ms: Option<i64>,
    /// The stages it went through, oldest first; the first is the one it was created in.
    pub stage_changes: Vec<StageChange>,
    /// Its page in Lever.
    pub profile_url: Option<String>,
    /// Whether the personal data was taken away.
    pub is_anonymized: bool,
    /// Whether only some people and keys may see it.
    pub confidential: bool,
    /// How the person came in: applied, referred, sourced, …
    pub origin: Option<String>,
}

/// That and why an opportunity was archived.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Archived {
    /// The archive reason.
    #[serde(default, deserialize_with = "or_default")]
    pub reason: Option<ArchiveReasonId>,
    /// When, in ms since the epoch.
    #[serde(default, rename = "archivedAt", deserialize_with = "or_default")]
    pub archived_at_ms: Option<i64>,
}

/// One move to another stage.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct StageChange {
    /// Where it went.
    #[serde(rename = "toStageId")]
    pub to_stage: StageId,
    /// When, in ms since the epoch.
    #[serde(default, rename = "updatedAt", deserialize_with = "or_default")]
    pub updated_at_ms: Option<i64>,
    /// Who moved it. Missing for imports and the like.
    #[serde(default, rename = "userId", deserialize_with = "or_default")]
    pub user: Option<UserId>,
}

/// An opportunity that was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DeletedOpportunity {
    /// Its id.
    pub id: OpportunityId,
    /// When it was deleted, in ms since the epoch.
    #[serde(default, rename = "deletedAt", deserialize_with = "or_default")]
    pub deleted_at_ms: Option<i64>,
}

/// The object as it comes, before bare and expanded references are brought together.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    id: OpportunityId,
    #[serde(default, deserialize_with = "lenient::reference")]
    contact: Option<Reference>,
    #[serde(default, deserialize_with = "or_default")]
    name: String,
    #[serde(default, deserialize_with = "or_default")]
    headline: String,
    // Stage, tags and links decide about somebody: what can't be read of them is never taken for
    // "has left", "is not tagged" or "has no pad".
    #[serde(default, deserialize_with = "lenient::decisive")]
    stage: Option<Reference>,
    #[serde(default, deserialize_with = "lenient::texts")]
    tags: Vec<String>,
    #[serde(default, deserialize_with = "lenient::texts")]
    links: Vec<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    emails: Vec<String>,
    #[serde(default, deserialize_with = "lenient::reference")]
    owner: Option<Reference>,
    #[serde(default, deserialize_with = "lenient::list")]
    followers: Vec<Reference>,
    #[serde(default, deserialize_with = "lenient::list")]
    applications: Vec<Application>,
    #[serde(default)]
    archived: Value,
    #[serde(default, deserialize_with = "or_default")]
    created_at: Option<i64>,
    #[serde(default, deserialize_with = "or_default")]
    updated_at: Option<i64>,
    #[serde(default, deserialize_with = "or_default")]
    last_advanced_at: Option<i64>,
    #[serde(default, deserialize_with = "lenient::list")]
    stage_changes: Vec<StageChange>,
    #[serde(default, deserialize_with = "or_default")]
    urls: Urls,
    #[serde(default, deserialize_with = "or_default")]
    is_anonymized: bool,
    #[serde(
        default,
        rename = "confidentiality",
        deserialize_with = "lenient::confidential"
    )]
    confidential: bool,
    #[serde(default, deserialize_with = "lenient::named")]
    origin: Option<String>,
}

#[derive(Deserialize, Default)]
struct Urls {
    #[serde(default, deserialize_with = "lenient::named")]
    show: Option<String>,
}

/// An application; a bare id is no object and so never gets here.
#[derive(Deserialize)]
struct Application {
    #[serde(default, deserialize_with = "lenient::reference")]
    posting: Option<Reference>,
    #[serde(default)]
    archived: Value,
}

impl From<Told> for Opportunity {
    fn from(told: Told) -> Self {
        let (stage, stage_text) = parted(told.stage);
        let (owner, owner_name) = parted(told.owner);
        let followers = told.followers.into_iter().map(Reference::into_id);
        Self {
            id: told.id,
            contact: parted(told.contact).0.map(ContactId::new),
            name: short(told.name),
            headline: short(told.headline),
            stage: stage.map(StageId::new),
            stage_text: stage_text.map(short),
            tags: told.tags,
            links: told.links,
            emails: told.emails,
            owner: owner.map(UserId::new),
            owner_name: owner_name.map(short),
            followers: followers.map(UserId::new).collect(),
            posting: posting(told.applications),
            archived: archived(told.archived),
            created_at_ms: told.created_at,
            updated_at_ms: told.updated_at,
            last_advanced_at_ms: told.last_advanced_at,
            stage_changes: told.stage_changes,
            profile_url: told.urls.show,
            is_anonymized: told.is_anonymized,
            confidential: told.confidential,
            origin: told.origin,
        }
    }
}

fn parted(reference: Option<Reference>) -> (Option<String>, Option<String>) {
    match reference.map(Reference::into_parts) {
        Some((id, name)) => (Some(id), name),
        None => (None, None),
    }
}

/// The job applied for. There is at most one application today; should there be more, one that
/// still runs counts for more than one that was archived.
fn posting(mut applications: Vec<Application>) -> Option<PostingId> {
    applications.sort_by_key(|application| !application.archived.is_null());
    let mut postings = applications.into_iter().filter_map(|one| one.posting);
    postings.next().map(|one| PostingId::new(one.into_id()))
}

/// Anything but null and `false` means archived. A shape that we can't read must not bring an
/// archived candidate back.
fn archived(told: Value) -> Option<Archived> {
    match told {
        Value::Null | Value::Bool(false) => None,
        told => Some(serde_json::from_value(told).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests;
