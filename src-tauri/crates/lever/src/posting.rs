use serde::Deserialize;

use crate::lenient::{self, or_default};
use crate::{Confidentiality, PostingId};

/// A job.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "RawPosting")]
pub struct Posting {
    /// What an opportunity's application names.
    pub id: PostingId,
    /// The title, cut after 500 characters. May be empty.
    pub text: String,
    /// `None` where Lever doesn't say it.
    pub state: Option<PostingState>,
    /// Its own tags. Opportunities inherit these, and the categories too.
    pub tags: Vec<String>,
    /// A category: titles repeat from team to team.
    pub team: Option<String>,
    /// A category: titles repeat from place to place.
    pub location: Option<String>,
    /// True if only some people and keys may see it. The API can't change such a posting.
    pub confidential: bool,
}

/// The state of a posting.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PostingState {
    /// Open to everyone.
    Published,
    /// Open to the company's own people.
    Internal,
    /// No longer open.
    Closed,
    /// Not finished.
    Draft,
    /// Not approved yet.
    Pending,
    /// Not approved.
    Rejected,
    /// A state that Lever has added since.
    Other(String),
}

/// Where a published posting is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// On the public site.
    Public,
    /// To the company's own people.
    Internal,
}

/// Which postings to find. Without filters: all, in any state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PostingQuery {
    /// Only those in this state.
    pub state: Option<PostingState>,
    /// Only those that are shown there. Without it, a list of published ones leaves out those that
    /// are shown to the company's own people alone (contracts/lever.md, 4.1).
    pub channel: Option<Channel>,
    /// Any of these tags. Lever compares them exactly, case included.
    pub tags: Vec<String>,
    /// Confidential ones too, or not.
    pub confidentiality: Confidentiality,
}

impl Channel {
    /// The channel as Lever writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
        }
    }
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

/// The object as it comes: team and place are within the categories.
#[derive(Deserialize)]
struct RawPosting {
    id: PostingId,
    #[serde(default, deserialize_with = "lenient::short")]
    text: String,
    #[serde(default, deserialize_with = "lenient::named")]
    state: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    tags: Vec<String>,
    #[serde(default, deserialize_with = "or_default")]
    categories: Categories,
    #[serde(
        default,
        rename = "confidentiality",
        deserialize_with = "lenient::confidential"
    )]
    confidential: bool,
}

#[derive(Deserialize, Default)]
struct Categories {
    #[serde(default, deserialize_with = "lenient::named")]
    team: Option<String>,
    #[serde(default, deserialize_with = "lenient::named")]
    location: Option<String>,
}

impl From<RawPosting> for Posting {
    fn from(raw: RawPosting) -> Self {
        let categories = raw.categories;
        Self {
            id: raw.id,
            text: raw.text,
            state: raw.state.map(PostingState::from),
            tags: raw.tags,
            team: categories.team,
            location: categories.location,
            confidential: raw.confidential,
        }
    }
}
