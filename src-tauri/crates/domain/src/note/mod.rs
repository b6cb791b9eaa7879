//! The note about an interview: composed, looked over by the person, and added to the candidate in
//! Lever once.
//!
//! A second note would be a second note (contracts/lever.md, 1.7), so each part of it is sent like
//! a pad is made: written down first, sent once, and after an unclear answer looked for by its
//! marker before anything is sent again.
//!
//! ```text
//! prepared ──► sending: part by part: waiting ─► in flight ─► there
//!     ▲                                ▲            └► uncertain ─► there, or waiting again
//!     └── refused, nothing was sent    └── halted: some parts are there, the user continues
//! ```

mod marker;
pub mod notice;
pub mod outcome;
pub mod split;
pub mod transition;
pub mod words;

use coderpad::PadId;
use lever::OpportunityId;
use serde::{Deserialize, Serialize};

use crate::codes;
use crate::problem::{self, Problem};
use crate::search::Looks;
use notice::Notice;

pub use marker::NoteMarker;
pub use split::{MOST_PARTS, split};

/// A note as the ledger keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    pub opportunity: OpportunityId,
    pub pad: PadId,
    pub stage: Stage,
}

/// Where a note stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "state",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Stage {
    /// It waits for the user. Nothing was sent.
    Prepared {
        draft: Draft,
        /// Why it could not be sent at the last try.
        #[serde(default, deserialize_with = "problem::or_words_if_any")]
        refused: Option<Problem>,
        /// When it was composed, in ms since the epoch.
        since_ms: i64,
    },
    /// The user sent it.
    Sending {
        draft: Draft,
        parts: Vec<Part>,
        /// Why it waits for the user.
        #[serde(default, deserialize_with = "problem::or_words_if_any")]
        halted: Option<Problem>,
        /// When the user sent it, in ms since the epoch.
        since_ms: i64,
    },
    /// It is on the candidate.
    Added {
        /// When, in ms since the epoch.
        at_ms: i64,
        /// Parts that were sent twice, whose first try may still turn up.
        doubtful: Vec<Part>,
    },
}

/// What CoderPad gives of an interview besides code and events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Offers {
    /// An outline or highlights.
    pub summary: bool,
    /// What was said.
    pub transcript: bool,
    /// Reports of reviews.
    pub reports: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// As the user sees it.
    pub text: String,
    /// Whether only some people may see it.
    pub secret: bool,
    pub choice: NoteChoice,
    /// What CoderPad offers besides.
    pub offers: Offers,
    /// The file to attach, if the code goes there; its text stands beside the draft.
    pub file: Option<DraftFile>,
    /// What has to be said about the code.
    #[serde(deserialize_with = "codes::or_texts")]
    pub notices: Vec<Notice>,
}

/// A file to attach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DraftFile {
    /// Its name, which holds the marker.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u32,
    /// What it is known by in Lever.
    pub marker: NoteMarker,
}

/// One thing that is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// What it is known by in Lever.
    pub marker: NoteMarker,
    pub what: What,
    pub state: PartState,
    pub tries: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum What {
    /// A file, by its name, which holds the marker.
    File { name: String },
    Text {
        /// The text without the marker.
        text: String,
    },
}

/// How far a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "state",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum PartState {
    /// It is its turn, or will be.
    Waiting,
    /// The request may be on its way.
    InFlight,
    /// It may be there, or not: it is looked for.
    Uncertain {
        /// The looks since the last start, in ms since the epoch.
        #[serde(flatten)]
        looks: Looks<i64>,
    },
    /// It is there.
    There,
}

/// What a note holds, as far as it can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NoteChoice {
    /// Where the code goes; `None`: into the note while it fits into one, and otherwise into a
    /// file, if it is known on whose behalf Padwatch writes.
    pub code: Option<CodeIn>,
    /// Include CoderPad's outline and highlights.
    pub summary: bool,
    /// Include what was said.
    pub transcript: bool,
    /// Include the reports of reviews.
    pub reports: bool,
}

/// Where the code goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CodeIn {
    /// Into the note; a long one is split into several.
    Note,
    /// Into a file that is attached.
    File,
    /// Nowhere.
    Nowhere,
}

/// A note to be looked over before it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparedNote {
    /// The text; the person may change it. `@` in what others wrote is followed by a blank, since
    /// Lever notifies the user named after it.
    pub text: String,
    /// Whether only some people will see it.
    pub secret: bool,
    /// What was chosen; the code's place is filled in.
    pub choice: NoteChoice,
    /// What CoderPad offers besides.
    pub offers: Offers,
    /// How many notes this text makes: long ones are split.
    pub parts: u32,
    /// The file that will be attached, if the code goes there.
    pub file: Option<FileToAttach>,
    /// What has to be said about it.
    pub notices: Vec<Notice>,
    /// How it stands.
    pub status: NoteStatus,
}

/// A file to be attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileToAttach {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u32,
}

/// How a note stands, for a row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteStatus {
    /// Where it stands.
    pub state: NoteState,
    /// Since when, in ms since the epoch.
    pub since_ms: i64,
    /// How many of its parts are on the candidate.
    pub parts_there: u32,
    /// Of how many.
    pub parts: u32,
    /// Why it doesn't continue without the person.
    pub problem: Option<Problem>,
}

/// Where a note stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteState {
    /// It waits to be sent by the person.
    Prepared,
    /// It is on its way.
    Sending,
    /// It may be there or not; Padwatch is looking.
    Uncertain,
    /// Some of its parts are there; sending it again sends the others.
    Halted,
    /// It is on the candidate.
    Added,
}

impl Note {
    /// How it stands.
    #[must_use]
    pub fn status(&self) -> NoteStatus {
        match &self.stage {
            Stage::Prepared {
                refused, since_ms, ..
            } => NoteStatus {
                state: NoteState::Prepared,
                since_ms: *since_ms,
                parts_there: 0,
                parts: 0,
                problem: refused.clone(),
            },
            Stage::Sending {
                parts,
                halted,
                since_ms,
                ..
            } => NoteStatus {
                state: sending_state(parts, halted.is_some()),
                since_ms: *since_ms,
                parts_there: count(parts.iter().filter(|part| part.state == PartState::There)),
                parts: count(parts.iter()),
                problem: halted.clone(),
            },
            Stage::Added { at_ms, .. } => NoteStatus {
                state: NoteState::Added,
                since_ms: *at_ms,
                parts_there: 0,
                parts: 0,
                problem: None,
            },
        }
    }

    /// The part whose turn it is, by its place.
    #[must_use]
    pub fn turn(&self) -> Option<(usize, &Part)> {
        let parts = match &self.stage {
            Stage::Sending {
                parts,
                halted: None,
                ..
            } => parts,
            Stage::Added { doubtful, .. } => doubtful,
            Stage::Prepared { .. } | Stage::Sending { .. } => return None,
        };
        let mut left = parts.iter().enumerate();
        left.find(|(_, part)| part.state != PartState::There)
    }

    /// When it is due without the user, in ms since the epoch.
    #[must_use]
    pub fn due_ms(&self) -> Option<i64> {
        match self.turn()?.1.state {
            PartState::Waiting => Some(0),
            PartState::Uncertain { looks } => Some(looks.next),
            PartState::InFlight | PartState::There => None,
        }
    }
}

fn sending_state(parts: &[Part], is_halted: bool) -> NoteState {
    let is_uncertain = |part: &Part| matches!(part.state, PartState::Uncertain { .. });
    match (is_halted, parts.iter().any(is_uncertain)) {
        (true, _) => NoteState::Halted,
        (false, true) => NoteState::Uncertain,
        (false, false) => NoteState::Sending,
    }
}

fn count<T>(of: impl Iterator<Item = T>) -> u32 {
    u32::try_from(of.count()).unwrap_or(u32::MAX)
}

impl Stage {
    /// The name as it stands in the ledger's column.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Prepared { .. } => "prepared",
            Self::Sending { .. } => "sending",
            Self::Added { .. } => "added",
        }
    }
}

impl Draft {
    /// For the user to look over.
    #[must_use]
    pub fn prepared(&self, status: NoteStatus) -> PreparedNote {
        PreparedNote {
            text: self.text.clone(),
            secret: self.secret,
            choice: self.choice,
            offers: self.offers,
            parts: count(split(&self.text).iter()),
            file: self.file.as_ref().map(|file| FileToAttach {
                name: file.name.clone(),
                bytes: file.bytes,
            }),
            notices: self.notices.clone(),
            status,
        }
    }
}

#[cfg(test)]
mod status_tests;
