//! What a look at Lever asks for, and what it brings.

use lever::{Opportunity, Skipped, Stage};

use super::absence::LookKind;
use super::confidential::Access;
use crate::problem::Problem;
use crate::service_error::ServiceError;
use crate::settings::WatchSettings;
use crate::stages::Resolved;

/// What a look asks for.
#[derive(Debug)]
pub struct Plan {
    /// Whom to watch for.
    pub settings: WatchSettings,
    /// The stages as last read; none while they are not known.
    pub known_stages: Vec<Stage>,
    /// Whether they are read again with this look.
    pub reads_stages: bool,
    /// Whether the last reading lacked the watched stage.
    pub is_stage_in_doubt: bool,
    /// The known spellings of the tag.
    pub spellings: Vec<String>,
    /// Whether the tag counts.
    pub kind: LookKind,
    /// What is known of the access to confidential candidates.
    pub access: Access,
}

/// What a look brought.
#[derive(Debug)]
pub struct Look {
    /// What was read of the stages.
    pub stages: StagesRead,
    /// Which stages are watched.
    pub watched: Resolved,
    pub kind: LookKind,
    /// What is known now of the access to confidential candidates.
    pub access: Access,
    /// Whether confidential candidates are among them, if there are any.
    pub shows_confidential: bool,
    /// The active candidates in the watched stages that Lever listed.
    pub opportunities: Vec<Opportunity>,
    /// Those of Lever's list who could not be read: no one knows more of them than that they are
    /// there.
    pub skipped: Skipped,
}

/// The tags of the account.
#[derive(Debug)]
pub struct Tags {
    /// As they are spelled.
    pub texts: Vec<String>,
    /// Whether every row of the list could be read.
    pub are_all: bool,
}

/// What came of reading the stages.
#[derive(Debug)]
pub enum StagesRead {
    /// They were not asked for.
    NotAsked,
    /// These are they.
    Complete(Vec<Stage>),
    /// The watched one is missing among these, for the first time: it is watched as before.
    InDoubt(Vec<Stage>),
    /// They can't be read: they are watched as before.
    Failed(Problem),
}

/// Why a look brought nothing.
#[derive(Debug)]
pub enum NoLook {
    /// Lever can't be asked, or refuses.
    ServiceError(ServiceError),
    /// There is nothing to watch among these stages.
    NothingToWatch(Vec<Stage>, Problem),
}
