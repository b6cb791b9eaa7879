//! The tray menu and its rows as values, and what they depend on.

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

/// The menu.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Menu {
    /// From the top.
    pub rows: Vec<Row>,
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

impl Click {
    /// The candidate it is about, if any.
    #[must_use]
    pub fn candidate(&self) -> Option<&OpportunityId> {
        match self {
            Self::CopyLink { opportunity, .. }
            | Self::MarkSent { opportunity, .. }
            | Self::PlayBack(opportunity)
            | Self::CopyInvitation(opportunity)
            | Self::OpenInLever(opportunity)
            | Self::OpenCandidate(opportunity) => Some(opportunity),
            Self::OpenPage(_)
            | Self::CheckNow
            | Self::PauseHour
            | Self::PauseUntilTomorrow
            | Self::PauseUntilResumed
            | Self::Resume
            | Self::OpenWindow
            | Self::OpenSandbox
            | Self::Quit => None,
        }
    }

    /// Returns true if it opens the window.
    #[must_use]
    pub fn opens_window(&self) -> bool {
        matches!(
            self,
            Self::OpenWindow | Self::OpenPage(_) | Self::OpenCandidate(_)
        )
    }
}

impl Menu {
    /// Returns true if a menu differs from this one in its words alone, so that a native menu can be
    /// changed in place. Replacing one closes it under the person's hand.
    #[must_use]
    pub fn same_shape(&self, other: &Self) -> bool {
        let (mut own, mut others) = (Vec::new(), Vec::new());
        shape(&self.rows, &mut own);
        shape(&other.rows, &mut others);
        own == others
    }

    /// The words of all rows that have some, from the top, submenus after their own row.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        let mut texts = Vec::new();
        collect_texts(&self.rows, &mut texts);
        texts
    }
}

/// Whose link was copied a moment ago.
#[must_use]
pub(super) fn is_just_copied<'a>(input: &MenuInput<'a>) -> Option<&'a OpportunityId> {
    let (opportunity, at_ms) = input.copied?;
    (input.now_ms - at_ms < COPIED_FOR_MS).then_some(opportunity)
}

/// What stays when only the words of a menu change.
#[derive(Debug, PartialEq, Eq)]
enum Shape<'a> {
    Words,
    Item(&'a Click),
    Submenu,
    EndOfSubmenu,
    Line,
}

fn shape<'a>(rows: &'a [Row], into: &mut Vec<Shape<'a>>) {
    for row in rows {
        match row {
            Row::Words(_) => into.push(Shape::Words),
            Row::Item(_, click) => into.push(Shape::Item(click)),
            Row::Line => into.push(Shape::Line),
            Row::Submenu(_, rows) => {
                into.push(Shape::Submenu);
                shape(rows, into);
                into.push(Shape::EndOfSubmenu);
            }
        }
    }
}

fn collect_texts<'a>(rows: &'a [Row], into: &mut Vec<&'a str>) {
    for row in rows {
        match row {
            Row::Words(text) | Row::Item(text, _) => into.push(text),
            Row::Submenu(text, rows) => {
                into.push(text);
                collect_texts(rows, into);
            }
            Row::Line => {}
        }
    }
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
