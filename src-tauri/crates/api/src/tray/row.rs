//! A row of the tray menu as a value, and what the rows depend on.

use lever::OpportunityId;
use serde::{Deserialize, Serialize};

use crate::dto::page::Page;
use crate::dto::problem::Problem;
use crate::dto::snapshot::Snapshot;
use crate::locale::Times;

/// How long a row and the icon say that a link was copied, in ms.
pub const COPIED_FOR_MS: i64 = 2_000;

/// Everything that the menu depends on.
pub struct MenuInput<'a> {
    /// How things stand.
    pub snapshot: &'a Snapshot,
    /// What else a person should know.
    pub notices: &'a [Problem],
    /// The time, in ms since the epoch.
    pub now_ms: i64,
    /// Where the person is, and how times are written there.
    pub times: &'a Times,
    /// Whose link was copied last, and when.
    pub copied: Option<&'a (OpportunityId, i64)>,
    /// Whether the sandbox runs.
    pub sandbox: bool,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Something to read.
    Words(String),
    /// Something to click.
    Item(String, Click),
    /// Rows behind a row.
    Submenu(String, Vec<Row>),
    /// A line.
    Line,
}

/// What a click on a row does. It is the row's id, so that a click needs no look-up and can never
/// mean another candidate than the row that was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Click {
    /// Copies the link that the row stands for.
    CopyLink {
        /// Whose.
        opportunity: OpportunityId,
        /// As it was shown.
        link: String,
    },
    /// Opens the playback of this candidate's interview.
    PlayBack(OpportunityId),
    /// Copies the invitation.
    CopyInvitation(OpportunityId),
    /// Opens the candidate's page in Lever.
    OpenInLever(OpportunityId),
    /// Marks a link as sent, or as not sent.
    MarkSent {
        /// Whose.
        opportunity: OpportunityId,
        /// Which of the two.
        sent: bool,
    },
    /// Opens the window with this candidate selected.
    OpenCandidate(OpportunityId),
    /// Opens the window at this page.
    OpenPage(Page),
    /// Looks at Lever.
    CheckNow,
    /// Pauses for an hour.
    PauseHour,
    /// Pauses until tomorrow begins here.
    PauseUntilTomorrow,
    /// Pauses until the person resumes.
    PauseUntilResumed,
    /// Ends the pause.
    Resume,
    /// Opens the window.
    OpenWindow,
    /// Opens the demo's control page.
    OpenSandbox,
    /// Ends Padwatch.
    Quit,
}

/// Whose link was copied a moment ago.
#[must_use]
pub(super) fn is_just_copied<'a>(input: &MenuInput<'a>) -> Option<&'a OpportunityId> {
    let (opportunity, at_ms) = input.copied?;
    (input.now_ms - at_ms < COPIED_FOR_MS).then_some(opportunity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_click_survives_being_an_id() {
        for click in [
            Click::Quit,
            Click::OpenPage(Page::List),
            Click::PlayBack(OpportunityId::new("a\"b")),
        ] {
            let id = serde_json::to_string(&click).unwrap();
            assert_eq!(serde_json::from_str::<Click>(&id).unwrap(), click);
        }
    }
}
