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
    /// The id. `None` when it isn't said.
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

/// Somebody who can own pads.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Person {
    /// The address that [`crate::NewPad::owner_email`] wants.
    pub email: String,
    /// The name.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub name: Option<String>,
}

/// A team of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Team {
    /// The id.
    pub id: TeamId,
    /// The name.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub name: Option<String>,
}
