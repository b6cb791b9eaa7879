use crate::{ContactId, PostingId, StageId};

/// Which opportunities to find. Different filters all have to fit; of several tags, stages or
/// postings any one is enough (contracts/lever.md, 3.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpportunityQuery {
    /// Only archived ones, only active ones, or both.
    pub archived: Option<bool>,
    /// Any of these tags. Lever compares them exactly, case included: list every spelling.
    pub tags: Vec<String>,
    /// In any of these stages now.
    pub stages: Vec<StageId>,
    /// For any of these jobs.
    pub postings: Vec<PostingId>,
    /// Of this person.
    pub contact: Option<ContactId>,
    /// That last changed in this time. Leaves out those that Lever gives no such time for, which
    /// are older ones (contracts/lever.md, 3.2).
    pub updated: Option<Updated>,
    /// Confidential ones too, or not.
    pub confidentiality: Confidentiality,
    /// Rows a page, 1 to 100.
    pub limit: u8,
}

/// From when on and until when, in ms since the epoch, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Updated {
    pub from_ms: i64,
    /// `None`: until now.
    pub to_ms: Option<i64>,
}

/// Which records are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Confidentiality {
    /// Only what every key may see.
    #[default]
    NonConfidential,
    /// Confidential records too. A key without the grant gets [`crate::Error::NotAllowed`] for
    /// asking (contracts/lever.md, 1.4).
    All,
}

impl Default for OpportunityQuery {
    fn default() -> Self {
        Self {
            archived: None,
            tags: Vec::new(),
            stages: Vec::new(),
            postings: Vec::new(),
            contact: None,
            updated: None,
            confidentiality: Confidentiality::default(),
            limit: 100,
        }
    }
}
