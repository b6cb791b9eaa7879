//! What an account has few of: stages, tags and users.

use serde::Deserialize;

use crate::lenient::{self, or_default};
use crate::{ArchiveReasonId, StageId, UserId};

/// A stage of the pipeline. The names are free text, and differ from company to company.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Stage {
    /// A UUID, or a slug for the built-in ones.
    pub id: StageId,
    /// What people read, such as `Phone Screen`. May be empty.
    #[serde(default, deserialize_with = "or_default")]
    pub text: String,
}

/// A stage with its place in the pipeline. Undocumented by Lever (contracts/lever.md, 4.1): good
/// for a hint, not to be relied on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DispositionStage {
    /// As in [`Stage`].
    pub id: StageId,
    /// As in [`Stage`].
    #[serde(default, deserialize_with = "or_default")]
    pub text: String,
    /// The part of the pipeline: lead, applicant, screen, onsite or offer.
    #[serde(default, deserialize_with = "lenient::named")]
    pub pipeline: Option<String>,
    /// Lists of opportunities are ordered by it.
    #[serde(default, deserialize_with = "or_default")]
    pub rank: Option<i64>,
    /// True for a stage in which interviews are held.
    #[serde(default, deserialize_with = "or_default")]
    pub has_interview: bool,
}

/// A tag and how often it is used. Spellings that differ in case are different tags.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TagCount {
    /// The tag, exactly as it is spelled.
    pub text: String,
    /// Opportunities with this tag, archived ones and inherited tags included.
    #[serde(default, deserialize_with = "or_default")]
    pub count: u64,
}

/// A user of Lever.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// What `perform_as` takes.
    pub id: UserId,
    /// The full name. May be empty.
    #[serde(default, deserialize_with = "or_default")]
    pub name: String,
    /// The address that the user signs in with.
    #[serde(default, deserialize_with = "lenient::named")]
    pub email: Option<String>,
    /// `super admin`, `admin`, `team member`, … or the id of a role of the company's own.
    #[serde(default, deserialize_with = "lenient::named")]
    pub access_role: Option<String>,
}

/// Why an opportunity may be archived.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ArchiveReason {
    /// What an archived opportunity names.
    pub id: ArchiveReasonId,
    /// What people read.
    #[serde(default, deserialize_with = "or_default")]
    pub text: String,
    /// What it says about the end of a candidacy.
    #[serde(default, rename = "type", deserialize_with = "or_default")]
    pub kind: ReasonKind,
}

/// What an archive reason says about the end of a candidacy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonKind {
    /// The person was hired.
    Hired,
    /// The person was not hired.
    #[default]
    NonHired,
}
