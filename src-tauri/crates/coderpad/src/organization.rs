use serde::Deserialize;

use crate::{TeamId, lenient};

/// The organization that the key's user belongs to (contracts/coderpad.md, 3).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Organization {
    /// Its name; empty where the service doesn't say one.
    #[serde(
        rename = "organization_name",
        default,
        deserialize_with = "lenient::or_default"
    )]
    pub name: String,
    /// Text or number at the service. `None` when it isn't said.
    #[serde(default, deserialize_with = "lenient::text_of_id")]
    pub id: Option<String>,
    /// The language of a pad for which none is chosen. One page of the documents names it without
    /// the prefix.
    #[serde(
        rename = "organization_default_language",
        alias = "default_language",
        default,
        deserialize_with = "lenient::or_default"
    )]
    pub default_language: Option<String>,
    /// Its people.
    #[serde(default, deserialize_with = "lenient::those_that_fit")]
    pub users: Vec<Person>,
    /// Its teams.
    #[serde(default, deserialize_with = "lenient::those_that_fit")]
    pub teams: Vec<Team>,
}

/// A person who can own pads.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Person {
    /// The address that [`crate::NewPad::owner_email`] wants.
    pub email: String,
    /// As colleagues see it.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub name: Option<String>,
}

/// A team of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Team {
    /// What [`crate::NewPad::team`] takes.
    pub id: TeamId,
    /// As colleagues see it.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub name: Option<String>,
}

/// The key's user, where the service names it (contracts/coderpad.md, 3).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Account {
    /// As colleagues see it.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub name: Option<String>,
    /// True if this user may create pads. `None` where the service doesn't say it.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub allow_pad_creation: Option<bool>,
    /// The user's own id, the same for all of their keys. `None` where the service doesn't say it.
    #[serde(default, deserialize_with = "lenient::text_of_id")]
    pub analytics_id: Option<String>,
}
