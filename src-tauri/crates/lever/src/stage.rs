use serde::Deserialize;

use crate::StageId;
use crate::lenient::{self, or_default};

/// A stage of the pipeline. The names are free text, and differ from company to company.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Stage {
    /// Its id; a slug for the built-in ones.
    pub id: StageId,
    /// Its name.
    #[serde(default, deserialize_with = "or_default")]
    pub text: String,
}

/// A stage with its place in the pipeline. Undocumented by Lever (contracts/lever.md, 4.1): good
/// for a hint, not to be relied on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DispositionStage {
    /// Its id.
    pub id: StageId,
    /// Its name.
    #[serde(default, deserialize_with = "or_default")]
    pub text: String,
    /// The part of the pipeline: lead, applicant, screen, onsite or offer.
    #[serde(default, deserialize_with = "lenient::named")]
    pub pipeline: Option<String>,
    /// Where it stands; lists of opportunities are ordered by it.
    #[serde(default, deserialize_with = "or_default")]
    pub rank: Option<i64>,
    /// Whether interviews are held in it.
    #[serde(default, deserialize_with = "or_default")]
    pub has_interview: bool,
}

/// `{"stages": […], "archiveReasons": […]}`
#[derive(Debug, Default, Deserialize)]
pub(crate) struct DispositionStages {
    #[serde(default, deserialize_with = "lenient::list")]
    pub(crate) stages: Vec<DispositionStage>,
}
