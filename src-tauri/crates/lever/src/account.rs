//! What an account has few of: stages, tags and users.

use serde::Deserialize;

use crate::lenient::{self, or_default};
use crate::{StageId, UserId};

/// A stage of the pipeline. The names are free text, and differ from company to company.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Stage {
    /// A UUID, or a slug for the built-in ones.
    pub id: StageId,
    /// What people read, such as `Phone Screen`. May be empty.
    #[serde(default, deserialize_with = "or_default")]
    pub text: String,
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
