mod query;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::lenient::{self, or_default};
use crate::{ContactId, OpportunityId, PostingId, StageId, UserId};

pub use query::{Confidentiality, OpportunityQuery, Updated};

/// One person's candidacy for one job, as Lever shows it (contracts/lever.md, 3.3).
///
/// Stage, tags and links decide about someone: one of them that can't be read makes the whole
/// unreadable, and is never taken for "has left", "is not tagged" or "has no pad".
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Opportunity {
    /// The one field that must be there.
    pub id: OpportunityId,
    /// The person. Links, email addresses and the name belong to it, and show on all its
    /// opportunities.
    #[serde(default, deserialize_with = "lenient::reference")]
    pub contact: Option<ContactId>,
    /// The person's name, cut after 500 characters. May be empty.
    #[serde(default, deserialize_with = "lenient::short")]
    pub name: String,
    /// The stage it is in, or was in when it was archived.
    #[serde(default, deserialize_with = "lenient::decisive")]
    pub stage: Option<StageId>,
    /// Its own tags and those of its posting.
    #[serde(default, deserialize_with = "lenient::texts")]
    pub tags: Vec<String>,
    /// The person's links, as they were added.
    #[serde(default, deserialize_with = "lenient::texts")]
    pub links: Vec<String>,
    /// The person's email addresses.
    #[serde(default, deserialize_with = "lenient::list")]
    pub emails: Vec<String>,
    /// The user in charge of it.
    #[serde(default, deserialize_with = "lenient::reference")]
    pub owner: Option<UserId>,
    /// The job. `None` without an application, or where the applications came as bare ids.
    #[serde(default, rename = "applications", deserialize_with = "posting")]
    pub posting: Option<PostingId>,
    /// Set once it is archived, even if it still shows a stage.
    #[serde(default, deserialize_with = "archived")]
    pub archived: Option<Archived>,
    /// When it was created, moved and last changed.
    #[serde(flatten)]
    pub course: Course,
    /// Its page in Lever.
    #[serde(default, rename = "urls", deserialize_with = "profile_url")]
    pub profile_url: Option<String>,
    /// True once the personal data was removed.
    #[serde(default, deserialize_with = "or_default")]
    pub is_anonymized: bool,
    /// True if only some people and keys may see it.
    #[serde(
        default,
        rename = "confidentiality",
        deserialize_with = "lenient::confidential"
    )]
    pub confidential: bool,
}

/// What an opportunity went through so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Course {
    /// When it was created, in ms since the epoch.
    #[serde(default, rename = "createdAt", deserialize_with = "or_default")]
    pub created_at_ms: Option<i64>,
    /// When it last changed, in ms since the epoch. Missing for many older ones.
    #[serde(default, rename = "updatedAt", deserialize_with = "or_default")]
    pub updated_at_ms: Option<i64>,
    /// The stages it went through, oldest first; the first is the one it was created in.
    #[serde(default, deserialize_with = "lenient::list")]
    pub stage_changes: Vec<StageChange>,
}

/// That an opportunity was archived.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Archived {
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
}

/// An opportunity that was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DeletedOpportunity {
    /// No other opportunity gets it again.
    pub id: OpportunityId,
}

impl Opportunity {
    /// When it last came to the stage that it is in, in ms since the epoch.
    #[must_use]
    pub fn arrival_ms(&self) -> Option<i64> {
        let stage = self.stage.as_ref()?;
        self.course.last_arrival_ms(std::slice::from_ref(stage))
    }
}

impl Course {
    /// When it first came to one of these stages, in ms since the epoch. One that was created in
    /// such a stage has no move to it.
    #[must_use]
    pub fn first_arrival_ms(&self, stages: &[StageId]) -> Option<i64> {
        self.arrivals_ms(stages).min().or(self.created_at_ms)
    }

    /// The same for the last time.
    #[must_use]
    pub fn last_arrival_ms(&self, stages: &[StageId]) -> Option<i64> {
        self.arrivals_ms(stages).max().or(self.created_at_ms)
    }

    fn arrivals_ms(&self, stages: &[StageId]) -> impl Iterator<Item = i64> {
        let there = |change: &&StageChange| stages.contains(&change.to_stage);
        let changes = self.stage_changes.iter().filter(there);
        changes.filter_map(|change| change.updated_at_ms)
    }
}

/// The job applied for. There is at most one application today; should there be more, an active
/// one counts for more than one that was archived. One that came as a bare id is left out.
fn posting<'de, D: Deserializer<'de>>(from: D) -> Result<Option<PostingId>, D::Error> {
    #[derive(Deserialize)]
    struct Application {
        #[serde(default, deserialize_with = "lenient::reference")]
        posting: Option<PostingId>,
        #[serde(default)]
        archived: Value,
    }
    let mut applications: Vec<Application> = lenient::list(from)?;
    applications.sort_by_key(|application| !application.archived.is_null());
    Ok(applications.into_iter().find_map(|one| one.posting))
}

/// Anything but null and `false` means archived. A shape that we can't read must not bring an
/// archived candidate back.
fn archived<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Archived>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::Null | Value::Bool(false) => None,
        value => Some(serde_json::from_value(value).unwrap_or_default()),
    })
}

fn profile_url<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize, Default)]
    struct Urls {
        #[serde(default, deserialize_with = "lenient::named")]
        show: Option<String>,
    }
    let urls: Urls = or_default(from)?;
    Ok(urls.show)
}

#[cfg(test)]
mod tests;
