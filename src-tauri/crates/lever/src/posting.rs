use serde::Deserialize;

use crate::lenient::{self, or_default};
use crate::{Confidentiality, PostingId, UserId};

/// A job.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "Told")]
pub struct Posting {
    /// Its id.
    pub id: PostingId,
    /// Its title.
    pub text: String,
    /// Where it stands.
    pub state: Option<PostingState>,
    /// Its own tags. Opportunities inherit these, and the categories too.
    pub tags: Vec<String>,
    /// The team.
    pub team: Option<String>,
    /// The department.
    pub department: Option<String>,
    /// The place.
    pub location: Option<String>,
    /// Full-time and the like.
    pub commitment: Option<String>,
    /// Who is in charge of it.
    pub owner: Option<UserId>,
    /// Who hires.
    pub hiring_manager: Option<UserId>,
    /// Whether only some people and keys may see it. Such a one can't be changed by the API.
    pub confidential: bool,
    /// When it last changed, in ms since the epoch.
    pub updated_at_ms: Option<i64>,
}

/// Where a posting stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PostingState {
    /// Everybody can see it.
    Published,
    /// Only the company can see it.
    Internal,
    /// It is over.
    Closed,
    /// It is being written.
    Draft,
    /// It waits for approval.
    Pending,
    /// It was not approved.
    Rejected,
    /// Something that Lever added since.
    Other(String),
}

/// Which postings to find. Without filters: all, whatever their state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PostingQuery {
    /// Only those in this state.
    pub state: Option<PostingState>,
    /// Any of these tags, spelt exactly so.
    pub tags: Vec<String>,
    /// Whether confidential ones are asked for too.
    pub confidentiality: Confidentiality,
}

impl PostingState {
    /// The state as Lever writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Published => "published",
            Self::Internal => "internal",
            Self::Closed => "closed",
            Self::Draft => "draft",
            Self::Pending => "pending",
            Self::Rejected => "rejected",
            Self::Other(other) => other,
        }
    }
}

impl From<String> for PostingState {
    fn from(text: String) -> Self {
        match text.as_str() {
            "published" => Self::Published,
            "internal" => Self::Internal,
            "closed" => Self::Closed,
            "draft" => Self::Draft,
            "pending" => Self::Pending,
            "rejected" => Self::Rejected,
            _ => Self::Other(text),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    id: PostingId,
    #[serde(default, deserialize_with = "or_default")]
    text: String,
    #[serde(default, deserialize_with = "lenient::named")]
    state: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    tags: Vec<String>,
    #[serde(default, deserialize_with = "or_default")]
    categories: Categories,
    #[serde(default, deserialize_with = "lenient::user")]
    owner: Option<UserId>,
    #[serde(default, deserialize_with = "lenient::user")]
    hiring_manager: Option<UserId>,
    #[serde(
        default,
        rename = "confidentiality",
        deserialize_with = "lenient::confidential"
    )]
    confidential: bool,
    #[serde(default, deserialize_with = "or_default")]
    updated_at: Option<i64>,
}

#[derive(Deserialize, Default)]
struct Categories {
    #[serde(default, deserialize_with = "lenient::named")]
    team: Option<String>,
    #[serde(default, deserialize_with = "lenient::named")]
    department: Option<String>,
    #[serde(default, deserialize_with = "lenient::named")]
    location: Option<String>,
    #[serde(default, deserialize_with = "lenient::named")]
    commitment: Option<String>,
}

impl From<Told> for Posting {
    fn from(told: Told) -> Self {
        let categories = told.categories;
        Self {
            id: told.id,
            text: lenient::short(told.text),
            state: told.state.map(PostingState::from),
            tags: told.tags,
            team: categories.team,
            department: categories.department,
            location: categories.location,
            commitment: categories.commitment,
            owner: told.owner,
            hiring_manager: told.hiring_manager,
            confidential: told.confidential,
            updated_at_ms: told.updated_at,
        }
    }
}
