//! The record of a finished interview: when, how long, who, what was run, and the code.
//!
//! Everything is read from CoderPad when it is asked for and kept nowhere: it is a candidate's
//! work, and CoderPad keeps it.

pub mod code;
pub mod compose;
mod extras;
pub mod file_text;
mod mentions;
pub mod people;
mod presence;
pub mod view;

use coderpad::PadId;

use crate::lifecycle::Ending;
use crate::note::{NoteStatus, Offers};

pub use crate::note::words::LanguageRuns;
pub use extras::Extras;
pub use view::Source;

/// Where a pad is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PadLinks {
    pub id: PadId,
    /// The link for candidate and interviewer.
    pub link: String,
    /// The recording, once finished.
    pub playback: String,
}

/// A finished interview, for the window. All names are as strangers typed them: escape before
/// showing.
#[derive(Debug, Clone, PartialEq)]
pub struct FinishedView {
    /// The candidate's name in Lever; may be empty.
    pub name: String,
    /// The job; may be empty.
    pub posting: String,
    /// The candidate's page in Lever.
    pub profile_url: Option<String>,
    /// Where pad and recording are found.
    pub pad: PadLinks,
    /// How it ended.
    pub ending: Ending,
    /// When it ended, in ms since the epoch.
    pub ended_ms: i64,
    /// When people came together in it, in ms since the epoch; `None`: no one came.
    pub began_ms: Option<i64>,
    /// How long people were together in it, in ms; alone, if no one else came.
    pub lasted_ms: Option<i64>,
    /// Who took part, in the order in which they came, 100 at the most.
    pub people: Vec<Participant>,
    /// The languages run, the most often run first.
    pub runs: Vec<LanguageRuns>,
    /// Whether these are all events; with very many, the oldest are left out.
    pub complete: bool,
    /// What CoderPad offers that a note can include.
    pub offers: Offers,
    /// Whether something was drawn.
    pub drawing: bool,
    /// The note, if there is one.
    pub note: Option<NoteStatus>,
}

/// A person who was in a pad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// The name as it was typed, at most 100 characters, in one line.
    pub name: String,
    /// True for a person with a CoderPad account.
    pub has_account: bool,
    /// Whether they watched without being seen.
    pub unseen: bool,
}
