//! A rehearsal of the last weeks, for the window.

use lever::OpportunityId;
use serde::Serialize;
use ts_rs::TS;

/// What Padwatch would have done in the last weeks, and what happened in reality.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Rehearsal {
    /// What it comes to, a sentence each.
    pub summary: Vec<String>,
    /// The newest of those who came to a watched stage.
    pub rows: Vec<Rehearsed>,
    /// How many came in all.
    pub total: u32,
}

/// One candidate who came.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Rehearsed {
    /// The candidacy.
    pub opportunity: OpportunityId,
    /// The person's name; may be empty.
    pub name: String,
    /// When they came to the stage, in ms since the epoch.
    #[ts(type = "number")]
    pub came_ms: i64,
    /// What Padwatch would have done.
    pub verdict: String,
    /// What is on the profile.
    pub found: String,
}
