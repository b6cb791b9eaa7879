use serde::Deserialize;

use crate::UserId;
use crate::lenient::{self, or_default};

/// A user of Lever.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The id.
    pub id: UserId,
    /// The full name.
    #[serde(default, deserialize_with = "or_default")]
    pub name: String,
    /// The name behind the `@` of a mention.
    #[serde(default, deserialize_with = "lenient::named")]
    pub username: Option<String>,
    /// The e-mail address.
    #[serde(default, deserialize_with = "lenient::named")]
    pub email: Option<String>,
    /// `super admin`, `admin`, `team member`, … or the id of a role of the company's own.
    #[serde(default, deserialize_with = "lenient::named")]
    pub access_role: Option<String>,
    /// When the account was closed, in ms since the epoch.
    #[serde(default, rename = "deactivatedAt", deserialize_with = "or_default")]
    pub deactivated_at_ms: Option<i64>,
}
