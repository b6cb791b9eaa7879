//! What can happen in the demo.

use serde::Deserialize;
use ts_rs::TS;

/// Something that happens in the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum DemoStep {
    /// Someone with two applications and one pad link moves to Phone Screen.
    AskWhichJob,
    /// A tagged candidate moves to Phone Screen.
    MoveCandidate,
    /// The interviewer ends an interview.
    EndInterview,
    /// CoderPad can't be reached.
    StartOutage,
    /// CoderPad can be reached again.
    EndOutage,
}
