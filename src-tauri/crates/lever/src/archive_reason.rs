use serde::Deserialize;

use crate::ArchiveReasonId;
use crate::lenient::or_default;

/// Why an opportunity may be archived.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ArchiveReason {
    /// The id.
    pub id: ArchiveReasonId,
    /// What it is called.
    #[serde(default, deserialize_with = "or_default")]
    pub text: String,
    /// Whether it means that the person was hired.
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
