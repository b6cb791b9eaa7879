//! One interview.

use crate::ids::StageId;
use crate::ids::UserId;

/// A scheduled talk.
#[derive(Debug, Clone)]
pub struct Interview {
    /// A UUID.
    pub id: String,
    /// The panel's id.
    pub panel: String,
    /// What the calendar says.
    pub subject: String,
    /// Start, in ms since the epoch.
    pub date: i64,
    /// In minutes.
    pub duration: u32,
    /// Who talks with the candidate.
    pub interviewer: Option<UserId>,
    /// That person's reply to the calendar's invitation.
    pub reply: &'static str,
    /// The stage in which it was scheduled.
    pub stage: StageId,
    /// When it was made, in ms since the epoch.
    pub created_at: i64,
    /// When it was called off, in ms since the epoch.
    pub canceled_at: Option<i64>,
}
